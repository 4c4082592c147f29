"""Do a write once however often it is sent; change only what the caller has seen."""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.refusals import StaleVersion, VersionNeeded, answer_to
from motcua.backbone.models import GivenAnswer
from motcua.backbone.statements import Insert
from motcua.kernel.errors import Conflict, Invalid, Refusal
from motcua.kernel.text import N_

_write = Insert(GivenAnswer)
KEPT_HEADERS = ("Content-Type", "ETag", "Location")


class KeyNeeded(Invalid):
    code = "idempotency-key-needed"
    message = N_("Send an Idempotency-Key header (1 to 200 characters) with this request.")


class KeyReused(Conflict):
    code = "idempotency-key-reused"
    message = N_("This Idempotency-Key was used for another request. Use a new key.")


def once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """
    Make a JSON write idempotent by its ``Idempotency-Key`` (one statement when it is new).

    The write and the record of its answer are one transaction, so equal requests at once give one
    effect and the same answer to each, also where the rules refuse the later ones because the
    first is done. An error answer is not kept: nothing was done. The view answers with a whole
    ``HttpResponse``.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if not 0 < len(key) <= 200:
            return answer_to(KeyNeeded(), request)
        seen = _digest(request)
        try:
            with transaction.atomic():
                answer = view(request, *args, **kwargs)
                if answer.status_code < 400:
                    _keep(request, key, seen, answer)
                else:
                    transaction.set_rollback(True)
        except (IntegrityError, Refusal):
            if (given := _given(request, key)) is None:
                raise
            return _again(given, seen, request)
        if answer.status_code >= 400 and (given := _given(request, key)) is not None:
            return _again(given, seen, request)
        return answer

    return guarded


def _digest(request: HttpRequest) -> bytes:
    asked = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(asked + request.body).digest()


def _given(request: HttpRequest, key: str) -> GivenAnswer | None:
    return GivenAnswer.objects.filter(actor=actor_of(request).id, key=key).first()


def _keep(request: HttpRequest, key: str, seen: bytes, answer: HttpResponse) -> None:
    kept = GivenAnswer(
        actor=actor_of(request).id,
        key=key,
        digest=seen,
        status=answer.status_code,
        headers={name: answer[name] for name in KEPT_HEADERS if name in answer},
        body=answer.content,
        at=now(),
    )
    _write(kept)


def _again(given: GivenAnswer, seen: bytes, request: HttpRequest) -> HttpResponse:
    if bytes(given.digest) != seen:
        return answer_to(KeyReused(), request)
    answer = HttpResponse(bytes(given.body), status=given.status, headers=given.headers)
    answer["Idempotency-Replayed"] = "true"
    return answer


def etag(version: int) -> str:
    """Return the entity tag of a version number."""
    return f'"{version}"'


def version_seen(request: HttpRequest) -> int:
    """
    Return the version number that the caller's ``If-Match`` names.

    :raises VersionNeeded: if there is no ``If-Match``
    :raises StaleVersion: if it is not one of our tags
    """
    tag = request.headers.get("If-Match", "").strip()
    if not tag:
        raise VersionNeeded
    if not (len(tag) > 2 and tag[0] == tag[-1] == '"' and tag[1:-1].isdecimal()):
        raise StaleVersion
    return int(tag[1:-1])
