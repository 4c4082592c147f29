"""
Which files there are, and what they contain.

Rooms above that use a file check for themselves who may see it, and then ask the questions
marked for rooms; everybody else sees their own files only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from motcua.files.models.papers import Content, Paper, PaperQuerySet, Thumbnail
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_


class NoSuchFile(NotFound):
    code = "files.no-such-file"
    message = N_("We could not find this file. It may have been removed; send it again.")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """
    What is known of a file without opening it.

    ``size`` in bytes; ``sha256`` in hex; ``width`` and ``height`` in pixels for a picture;
    ``pages`` of a PDF where they can be counted.
    """

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    at: datetime
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    has_thumbnail: bool = False

    @property
    def is_picture(self) -> bool:
        """Tell whether a browser can show it as a picture."""
        return self.media_type.startswith("image/")


def files_named(ids: Iterable[str], *, by: Actor) -> list[KeptFile]:
    """Return the actor's own files among ``ids``, in that order; one statement."""
    return _in_order(ids, Paper.objects.visible_to(by))


def file_named(id: str, *, by: Actor) -> KeptFile:  # noqa: A002
    """
    Return one of the actor's own files.

    :raises NoSuchFile: if there is none, or it is another's
    """
    return _only(files_named([id], by=by))


def content_of(id: str, *, by: Actor) -> bytes:  # noqa: A002
    """
    Return what one of the actor's own files contains.

    :raises NoSuchFile: if there is none, or it is another's
    """
    file_named(id, by=by)
    return content_for_room(id)


def thumbnail_of(id: str, *, by: Actor) -> bytes:  # noqa: A002
    """
    Return a small JPEG of one of the actor's own pictures.

    :raises NoSuchFile: if there is none, it is another's, or it is no picture
    """
    file_named(id, by=by)
    return thumbnail_for_room(id)


@for_rooms
def infos_for_room(ids: Iterable[str]) -> list[KeptFile]:
    """Return those of ``ids`` that exist, in that order; one statement."""
    return _in_order(ids, Paper.objects.all())


@for_rooms
def bytes_for_room(ids: Iterable[str]) -> int:
    """Return how many bytes those of ``ids`` that exist have together; one statement."""
    wanted = {uuid for uuid in map(_uuid, ids) if uuid is not None}
    sizes = Paper.objects.filter(pk__in=wanted).aggregate(all=Sum("size"))
    return int(sizes["all"] or 0)


@for_rooms
def content_for_room(id: str) -> bytes:  # noqa: A002
    """
    Return what a file contains.

    :raises NoSuchFile: if there is no such file
    """
    data = Content.objects.filter(pk=_uuid(id)).values_list("data", flat=True).first()
    if data is None:
        raise NoSuchFile
    return bytes(data)


@for_rooms
def thumbnail_for_room(id: str) -> bytes:  # noqa: A002
    """
    Return a small JPEG of a picture.

    :raises NoSuchFile: if there is no such file, or it is no picture
    """
    data = Thumbnail.objects.filter(pk=_uuid(id)).values_list("data", flat=True).first()
    if data is None:
        raise NoSuchFile
    return bytes(data)


@for_rooms
def seen(paper: Paper) -> KeptFile:
    """Return a row as its readers see it."""
    return KeptFile(
        id=str(paper.pk),
        name=paper.name,
        media_type=paper.media_type,
        size=paper.size,
        sha256=paper.sha256,
        at=paper.at,
        width=paper.width,
        height=paper.height,
        pages=paper.pages,
        has_thumbnail=paper.has_thumbnail,
    )


def _in_order(ids: Iterable[str], papers: PaperQuerySet) -> list[KeptFile]:
    wanted = [uuid for uuid in map(_uuid, ids) if uuid is not None]
    found = papers.in_bulk(wanted) if wanted else {}
    return [seen(found[uuid]) for uuid in wanted if uuid in found]


def _only(files: list[KeptFile]) -> KeptFile:
    if not files:
        raise NoSuchFile
    return files[0]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except (ValueError, AttributeError):
        return None
