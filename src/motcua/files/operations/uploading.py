"""
Take a file in by parts, over a line that drops: begin, add what follows, finish, or give up.

Parts lie in the database, so any process of any machine may take the next one, also after a
restart. A part is kept only at the offset that follows what is here; whoever sends it again, or
sends at the same time, is told where the upload really is. So whatever is sent in whatever order,
the file is made of exactly the bytes that were taken, once each.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from motcua.backbone.http.refusals import TooLarge
from motcua.backbone.journal import announce
from motcua.backbone.limits import check_rate
from motcua.backbone.transactions import one_transaction
from motcua.files.events import UploadsSwept
from motcua.files.models.uploads import KEPT_FOR, Part, Upload
from motcua.files.operations.keeping import SignInToSend, checked, keep
from motcua.files.queries.uploads import NoSuchUpload, UploadSeen, upload, upload_seen
from motcua.files.rules.acceptance import Accepted, EmptyFile, FileTooLarge
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.text import N_

PART_MOST_BYTES = 2**20
MOST_OPEN = 30
"""How many uploads of one person are kept at a time; the oldest give way to new ones."""
MOST_BEGUN = 300
MOST_PARTS = 6000
"""How many uploads one person may begin, and how many parts they may send, in an hour."""


class TooLargeToSend(TooLarge):
    code = FileTooLarge.code
    message = FileTooLarge.message


class MoreThanSaid(TooLarge):
    code = "files.more-than-said"
    message = N_("More was sent than was announced ({length} bytes). Send the file again.")


class WrongOffset(Conflict):
    code = "files.wrong-offset"
    message = N_("This part does not follow what has arrived: go on at byte {offset}.")


class NotAllThere(Invalid):
    code = "files.not-all-there"
    message = N_("This file has not arrived as a whole yet: go on at byte {offset}.")


def begin_upload(length: int, name: str, *, by: Actor, at: datetime) -> UploadSeen:
    """
    Begin an upload of ``length`` bytes; it must be finished within 24 hours.

    :raises SignInToSend: if nobody is signed in
    :raises TooOften: at more than 300 uploads an hour
    :raises EmptyFile: if there is nothing to send
    :raises TooLargeToSend: if it is more than a file may have
    """
    if by.is_anonymous:
        raise SignInToSend
    check_rate("files.upload-begun", by.id, times=MOST_BEGUN, seconds=3600, at=at)
    if length == 0:
        raise EmptyFile
    if length > settings.FILE_MOST_BYTES:
        raise TooLargeToSend(megabytes=settings.FILE_MOST_BYTES // 2**20)
    return _begun(length, name, by=by, at=at)


def count_parts(*, by: Actor, at: datetime) -> None:
    """
    Count one request that brings parts.

    :raises TooOften: at more than 6,000 an hour
    """
    check_rate("files.upload-part", by.id, times=MOST_PARTS, seconds=3600, at=at)


@one_transaction
def add_part(id: UUID, data: bytes, *, offset: int, by: Actor, at: datetime) -> UploadSeen:  # noqa: A002
    """
    Keep at most 1 MiB that follows what is here, and return how far the upload is.

    :raises NoSuchUpload: if there is none, it is another's, or its 24 hours are over
    :raises WrongOffset: if ``offset`` is not how far the upload is; nothing is kept
    :raises MoreThanSaid: if it would be more than was announced; nothing is kept
    """
    found = Upload.objects.visible_to(by).alive(at).select_for_update().filter(pk=id).first()
    if found is None:
        raise NoSuchUpload
    if offset != found.offset:
        raise WrongOffset(offset=found.offset)
    if offset + len(data) > found.length:
        raise MoreThanSaid(length=found.length)
    if data:
        Part.objects.create(upload=found, start=offset, data=data)
        found.offset += len(data)
        found.save(update_fields=["offset"])
    return upload_seen(found)


def finish_upload(id: UUID, *, by: Actor, at: datetime) -> UploadSeen:  # noqa: A002
    """
    Take in the file whose bytes are all here, checked like any other; again changes nothing.

    A file that is refused stays as it came until it is given up or its 24 hours are over, so that
    whoever did not hear the refusal can ask again.

    :raises NoSuchUpload: if there is none, it is another's, or its 24 hours are over
    :raises NotAllThere: if bytes are missing
    :raises TooOften: at more than 300 files an hour
    :raises Invalid: if the portal does not take such a file; the message says what to send
    """
    parts = Part.objects.filter(upload=id, upload__owner=by.id).order_by("start")
    content = b"".join(bytes(data) for data in parts.values_list("data", flat=True))
    seen = upload(id, by=by, at=at)
    if seen.file is not None:
        return seen
    if len(content) != seen.length:
        raise NotAllThere(offset=seen.offset)
    return _taken_in(id, checked(content, seen.name, by=by, at=at), by=by, at=at)


@one_transaction
def give_up(id: UUID, *, by: Actor, at: datetime) -> None:  # noqa: A002
    """
    Forget an upload and its parts; a file that was taken in stays.

    :raises NoSuchUpload: if there is none, it is another's, or its 24 hours are over
    """
    gone, _ = Upload.objects.visible_to(by).alive(at).filter(pk=id).delete()
    if not gone:
        raise NoSuchUpload


@one_transaction
def sweep_uploads(*, by: Actor, at: datetime, batch: int = 100) -> int:
    """Forget uploads begun more than 24 hours ago; return how many, at most ``batch``."""
    late = Upload.objects.filter(at__lte=at - KEPT_FOR).order_by("at")
    ids = list(late.select_for_update(skip_locked=True).values_list("pk", flat=True)[:batch])
    if ids:
        Upload.objects.filter(pk__in=ids).delete()
        announce(UploadsSwept(subject="files", count=len(ids)), by=by, at=at)
    return len(ids)


@one_transaction
def _begun(length: int, name: str, *, by: Actor, at: datetime) -> UploadSeen:
    mine = Upload.objects.visible_to(by).filter(file=None).order_by("-at", "-pk")
    if too_many := list(mine.values_list("pk", flat=True)[MOST_OPEN - 1 :]):
        Upload.objects.filter(pk__in=too_many).delete()
    made = Upload.objects.create(owner=by.id, name=name[:200], length=length, at=at)
    return upload_seen(made)


@one_transaction
def _taken_in(id: UUID, accepted: Accepted, *, by: Actor, at: datetime) -> UploadSeen:  # noqa: A002
    """Keep the file once, whoever else is finishing the same upload."""
    found = Upload.objects.select_for_update().filter(pk=id).first()
    if found is None:
        raise NoSuchUpload
    if found.file_id is None:
        found.file_id = UUID(keep(accepted, owner=by.id, attached_to="", by=by, at=at).id)
        found.save(update_fields=["file"])
        found.parts.all().delete()
    return upload_seen(found)
