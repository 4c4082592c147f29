"""
Resumable uploads: any tus client, and our own page script, goes on where the line dropped.

Protocol: tus 1.0.0 (tus.io), its core with creation, expiration, termination and checksum.
The answer to the last part, and to HEAD after it, gives the id of the file in ``Upload-File``;
a PATCH without content at the end asks again for the answer that was lost. Refusals are problem
documents (RFC 9457), a wrong offset also gives the right one in ``Upload-Offset``.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from io import BytesIO
from typing import BinaryIO, Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils.http import http_date
from django.utils.timezone import now

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.refusals import (
    NotSignedIn,
    TooOften,
    WrongWay,
    note_refusal,
    problem_of,
)
from motcua.files.operations.keeping import SignInToSend
from motcua.files.operations.uploading import (
    PART_MOST_BYTES,
    MoreThanSaid,
    WrongOffset,
    add_part,
    begin_upload,
    count_parts,
    finish_upload,
    give_up,
)
from motcua.files.queries.uploads import UploadSeen, upload
from motcua.files.rules.tus import (
    ALGORITHMS,
    EXTENSIONS,
    VERSION,
    HeaderNotUnderstood,
    filename_in,
    matches,
    number_in,
)
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid, Refusal
from motcua.kernel.text import N_

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
PART_TYPE = "application/offset+octet-stream"


class NobodyHere(NotSignedIn):
    code = SignInToSend.code
    message = SignInToSend.message


class UnknownVersion(Invalid):
    code = "files.tus-version"
    message = N_("Send the header Tus-Resumable: {version}.")


class NotAPart(Invalid):
    code = "files.not-a-part"
    message = N_("Send parts of a file as {media_type}.")


class Damaged(Invalid):
    code = "files.damaged-part"
    message = N_("This part was damaged on its way. Send it again.")


_STATUS: dict[type[Refusal], int] = {
    HeaderNotUnderstood: 400,
    UnknownVersion: 412,
    NotAPart: 415,
    Damaged: 460,
}
"""What tus asks for where it differs from what the house answers."""


def _tus(view: View[P]) -> View[P]:
    """Check who and which version, answer refusals as the protocol does, and name the version."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            if request.method == "OPTIONS":
                answer = _described()
            else:
                _check(request)
                answer = view(request, *args, **kwargs)
        except Refusal as refusal:
            answer = _refused(refusal, request)
        answer["Tus-Resumable"] = VERSION
        answer["Cache-Control"] = "no-store"
        return answer

    return guarded


@_tus
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an upload (POST); its address is in ``Location``."""
    if request.method != "POST":
        raise WrongWay
    length = number_in(request.headers, "Upload-Length")
    name = filename_in(request.headers.get("Upload-Metadata", ""))
    made = begin_upload(length, name, by=actor_of(request), at=now())
    answer = _told(HttpResponse(status=201), made)
    answer["Location"] = reverse("files:upload", kwargs={"upload_id": made.id})
    return answer


@_tus
def one(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Tell how far an upload is (HEAD), take its next part (PATCH), or forget it (DELETE)."""
    by, method = actor_of(request), request.method
    if method == "POST":
        method = request.headers.get("X-HTTP-Method-Override", method)
    if method == "HEAD":
        return _told(HttpResponse(), upload(upload_id, by=by, at=now()))
    if method == "PATCH":
        return _told(HttpResponse(status=204), _added(request, upload_id, by))
    if method == "DELETE":
        give_up(upload_id, by=by, at=now())
        return HttpResponse(status=204)
    raise WrongWay


def _added(request: HttpRequest, upload_id: UUID, by: Actor) -> UploadSeen:
    if request.content_type != PART_TYPE:
        raise NotAPart(media_type=PART_TYPE)
    offset = number_in(request.headers, "Upload-Offset")
    count_parts(by=by, at=now())
    seen = upload(upload_id, by=by, at=now())
    if offset != seen.offset:
        raise WrongOffset(offset=seen.offset)
    if offset + int(request.META.get("CONTENT_LENGTH") or 0) > seen.length:
        raise MoreThanSaid(length=seen.length)
    for data in _pieces(request):
        seen = add_part(upload_id, data, offset=seen.offset, by=by, at=now())
    return finish_upload(upload_id, by=by, at=now()) if seen.arrived else seen


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    """
    Give what the request brings, a piece at a time; each is kept, should the line drop in the next.

    A checksum is of all that the request brings, which is therefore read before any is kept.
    """
    source: BinaryIO | HttpRequest = request
    if checksum := request.headers.get("Upload-Checksum"):
        whole = request.read(settings.FILE_MOST_BYTES)
        if not matches(whole, checksum):
            raise Damaged
        source = BytesIO(whole)
    with suppress(UnreadablePostError):
        while data := source.read(PART_MOST_BYTES):
            yield data


def _check(request: HttpRequest) -> None:
    if actor_of(request).is_anonymous:
        raise NobodyHere
    if request.headers.get("Tus-Resumable") != VERSION:
        raise UnknownVersion(version=VERSION)


def _described() -> HttpResponse:
    answer = HttpResponse(status=204)
    answer["Tus-Version"] = VERSION
    answer["Tus-Extension"] = EXTENSIONS
    answer["Tus-Checksum-Algorithm"] = ALGORITHMS
    answer["Tus-Max-Size"] = str(settings.FILE_MOST_BYTES)
    return answer


def _told(answer: HttpResponse, seen: UploadSeen) -> HttpResponse:
    answer["Upload-Offset"] = str(seen.offset)
    answer["Upload-Length"] = str(seen.length)
    if seen.file is None:
        answer["Upload-Expires"] = http_date(seen.expires.timestamp())
    else:
        answer["Upload-File"] = seen.file
    return answer


def _refused(refusal: Refusal, request: HttpRequest) -> HttpResponse:
    note_refusal(refusal)
    problem = problem_of(refusal, request)
    problem["status"] = _STATUS.get(type(refusal), problem["status"])
    answer = HttpResponse(
        json.dumps(problem, ensure_ascii=False),
        status=problem["status"],
        content_type="application/problem+json",
    )
    if isinstance(refusal, WrongOffset):
        answer["Upload-Offset"] = str(refusal.facts["offset"])
    if isinstance(refusal, UnknownVersion):
        answer["Tus-Version"] = VERSION
    if isinstance(refusal, WrongWay):
        answer["Allow"] = "OPTIONS, POST, HEAD, PATCH, DELETE"
    if isinstance(refusal, TooOften):
        answer["Retry-After"] = str(refusal.facts["seconds"])
    return answer
