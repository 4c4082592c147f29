"""
The gateway: ``/trao-doi/<member>/<service>/…``, where other members' calls come in.

It stands before sessions, languages, forms' tokens and compression, none of which belong to it: a
call is known by its signature alone, and nothing may read or change its body.
"""

import re
from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from motcua.backbone.http.refusals import problem_answer
from motcua.backbone.http.requests import address_of
from motcua.exchange.operations.answering import Answered
from motcua.exchange.operations.arrivals import Arrival
from motcua.exchange.operations.receiving import receive
from motcua.exchange.rules.paths import check_straight, encoded
from motcua.exchange.rules.signatures import INPUT, OF_REQUEST, SIGNATURE, WHERE_SENT
from motcua.kernel.errors import Invalid, Refusal
from motcua.kernel.text import N_

_ADDRESS = re.compile(
    r"/trao-doi/(\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})/([a-z][a-z0-9.-]{0,39})/(.*)", re.ASCII
)
METHODS = {"GET", "POST"}
MOST_HEADERS = 16_384
_READ = {
    "CONTENT_TYPE": "content-type",
    **{
        f"HTTP_{name.upper().replace('-', '_')}": name
        for name in (*OF_REQUEST, *WHERE_SENT, INPUT, SIGNATURE)
        if not name.startswith("@") and name != "content-type"
    },
}


class HeadersTooLarge(Invalid):
    code = "exchange.headers-too-large"
    message = N_("The headers of a message may have at most {most} bytes. Send fewer of them.")


class OtherHost(Invalid):
    code = "exchange.other-host"
    message = N_("This is not one of our host names. Use the address in the list of members.")


class WrongMethod(Refusal):
    code = "exchange.wrong-method"
    message = N_("Messages are sent by POST, or asked for by GET.")


class GatewayMiddleware:
    """Answer calls of other members; everything else goes its usual way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = _ADDRESS.fullmatch(request.path)
        if address is None:
            return self.get_response(request)
        try:
            answer = _answer(receive(_arrival(request, *address.groups()), at=now()))
        except Refusal as error:
            answer = problem_answer(error, request)
        answer["Cache-Control"] = "no-store"
        answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 (by ourselves)
        answer.measured_as = f"exchange:{address[2]}"  # type: ignore[attr-defined]
        return answer


def _arrival(request: HttpRequest, provider: str, service: str, rest: str) -> Arrival:
    if request.method not in METHODS:
        raise WrongMethod
    meta = request.META
    sent = (len(name) + len(str(text)) for name, text in meta.items() if name[:5] == "HTTP_")
    if sum(sent) > MOST_HEADERS:
        raise HeadersTooLarge(most=MOST_HEADERS)
    check_straight(rest)
    return Arrival(
        method=request.method or "",
        authority=_host(request),
        path=encoded(request.path),
        query=meta.get("QUERY_STRING", ""),
        headers={_READ[key]: text for key in _READ if (text := meta.get(key, "").strip(" \t"))},
        length=_length(request),
        body=request,
        provider=provider,
        service=service,
        rest=rest,
        address=address_of(request),
    )


def _host(request: HttpRequest) -> str:
    try:
        return request.get_host()
    except DisallowedHost as error:
        raise OtherHost from error


def _length(request: HttpRequest) -> int | None:
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return None
    try:
        return max(0, int(request.META.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return None


def _answer(answered: Answered) -> HttpResponse:
    return HttpResponse(answered.body, status=answered.status, headers=dict(answered.headers))
