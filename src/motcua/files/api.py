"""Papers sent by programs, to be named in a filing."""

from http import HTTPStatus

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.problems import PROBLEMS
from motcua.files.operations.keeping import keep_upload

router = Router(tags=["files"])


class FileOut(Schema):
    """A file as it was kept; ``size`` in bytes, ``sha256`` in hex."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str


@router.post("/files", response={201: FileOut, **PROBLEMS}, summary="Send a paper")
def send(request: HttpRequest, file: File[UploadedFile]) -> Status[FileOut]:
    """Send one PDF or photo; it is yours alone until a dossier is filed with its id."""
    kept = keep_upload(file.read(), file.name or "", by=actor_of(request), at=now())
    out = FileOut(
        id=kept.id,
        name=kept.name,
        media_type=kept.media_type,
        size=kept.size,
        sha256=kept.sha256,
    )
    return Status(HTTPStatus.CREATED, out)
