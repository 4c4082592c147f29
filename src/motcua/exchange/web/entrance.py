"""``/trao-doi/goi/…``: systems of our own agencies call other members through this portal."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of
from motcua.backbone.http.bearer import Bearer
from motcua.backbone.http.refusals import NotSignedIn, problem_answer
from motcua.exchange.operations.arrivals import BodyTooLarge, LengthNeeded
from motcua.exchange.operations.calling import OWN_ENTRY, CallRefused, Reply, call
from motcua.exchange.operations.systems import member_of_system
from motcua.exchange.rules.paths import encoded
from motcua.kernel.errors import Refusal

IN_MEMORY = 2**20
SIGNED = ("Content-Encoding", "Stream", "Stream-Offset")
TOLD = ("motcua-entry", OWN_ENTRY, "retry-after", "etag")
PATIENCE = 30.0
_known = Bearer()


@csrf_exempt
@require_http_methods(["GET", "POST"])
def call_for_system(request: HttpRequest, provider: str, service: str, rest: str) -> HttpResponse:
    """
    Sign a system's request in our member's name, send it, check the answer, hand it on.

    The system shows a token of an administrator's account that acts for its agency; the header
    ``Motcua-Purpose`` says what it is for, ``Motcua-Subject`` whom it is about.
    """
    try:
        return _answer(_called(request, provider, service, rest))
    except CallRefused as error:
        return _answer(Reply(error.status, error.body, "application/problem+json", error.headers))
    except Refusal as error:
        return problem_answer(error, request)


def _called(request: HttpRequest, provider: str, service: str, rest: str) -> Reply:
    if _known(request) is None:
        raise NotSignedIn
    by, query = actor_of(request), request.META.get("QUERY_STRING", "")
    headers = request.headers
    path = encoded(rest)
    with _body(request) as body:
        return call(
            provider,
            service,
            f"{path}?{query}" if query else path,
            method=request.method or "POST",
            body=body,
            content_type=request.content_type or "application/octet-stream",
            headers={name: headers[name] for name in SIGNED if name in headers},
            purpose=headers.get("Motcua-Purpose", ""),
            at=now(),
            consumer=member_of_system(service, by=by),
            timeout=PATIENCE,
            subject=headers.get("Motcua-Subject", ""),
            by=by,
        )


@contextmanager
def _body(request: HttpRequest) -> Iterator[bytes | Path]:
    if "HTTP_TRANSFER_ENCODING" in request.META:
        raise LengthNeeded
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > settings.EXCHANGE_MOST_BYTES:
        raise BodyTooLarge(most=settings.EXCHANGE_MOST_BYTES)
    if length <= IN_MEMORY:
        yield request.read()
        return
    place = Path(settings.VAR, "spool")
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place) as file:
        while piece := request.read(IN_MEMORY):
            file.write(piece)
        file.flush()
        yield Path(file.name)


def _answer(reply: Reply) -> HttpResponse:
    headers = {name: reply.headers[name] for name in TOLD if name in reply.headers}
    return HttpResponse(
        reply.body, status=reply.status, content_type=reply.content_type, headers=headers
    )
