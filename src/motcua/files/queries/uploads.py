"""How far the actor's uploads are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.files.models.uploads import KEPT_FOR, Upload
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_


class NoSuchUpload(NotFound):
    code = "files.no-such-upload"
    message = N_("This file is no longer on its way. Send it again from the beginning.")


@dataclass(frozen=True, slots=True)
class UploadSeen:
    """
    A file on its way: ``offset`` of ``length`` bytes are here.

    ``file`` is the id of the file it became, once all was here and the file was taken.
    """

    id: str
    name: str
    length: int
    offset: int
    expires: datetime
    file: str | None

    @property
    def arrived(self) -> bool:
        """Tell whether all bytes are here."""
        return self.offset == self.length


def upload(id: UUID, *, by: Actor, at: datetime) -> UploadSeen:  # noqa: A002
    """
    Return one of the actor's uploads.

    :raises NoSuchUpload: if there is none, it is another's, or its 24 hours are over
    """
    found = Upload.objects.visible_to(by).alive(at).filter(pk=id).first()
    if found is None:
        raise NoSuchUpload
    return upload_seen(found)


@for_rooms
def upload_seen(found: Upload) -> UploadSeen:
    """Return a row as its owner sees it."""
    return UploadSeen(
        id=str(found.pk),
        name=found.name,
        length=found.length,
        offset=found.offset,
        expires=found.at + KEPT_FOR,
        file=str(found.file_id) if found.file_id else None,
    )
