"""The packs that come with the portal, published."""

from motcua.packs.models.versions import PackVersion
from motcua.packs.operations.publishing import publish_folders
from motcua.packs.queries.packs import forget_newest

_kept = []


def publish_shipped(*, by, at):
    """
    Have every shipped pack published.

    Only the first of a process checks them, which draws their papers and tries their examples;
    the next put the same versions there.
    """
    if not _kept:
        list(publish_folders(by=by, at=at))
        _kept.extend(PackVersion.objects.values())
        return
    said = {"published_at": at, "published_by": by.name}
    PackVersion.objects.bulk_create(PackVersion(**row | said) for row in _kept)
    forget_newest()
