"""The service ``forwarding.v1``: what other members call over the exchange."""

import re
from collections.abc import Callable

import msgspec
from django.conf import settings

from motcua.backbone.http.refusals import TooLarge
from motcua.exchange.operations.serving import Call, Reply, serve
from motcua.forwarding.operations.collecting import open_payment, renew
from motcua.forwarding.operations.giving import hear_given_out
from motcua.forwarding.operations.supplementing import take_answer
from motcua.forwarding.operations.taking import Arrived, take_dossier
from motcua.forwarding.queries.directory import SERVICE
from motcua.forwarding.queries.taken import result_of, standing_of
from motcua.forwarding.rules.answers import Opened
from motcua.forwarding.rules.manifest import MOST_LINE, Answered, read_line
from motcua.forwarding.rules.openapi import description
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_

_encode = msgspec.json.encode


class NoSuchPart(NotFound):
    code = "forwarding.no-such-part"
    message = N_("{service} has no {path}. It has dossiers and supplements.")


class DossierTooLarge(TooLarge):
    code = "forwarding.too-large"
    message = N_("A dossier may have at most {most} bytes with its files.")


def register_service() -> None:
    """Answer calls of the service; once, when the program starts."""
    serve(
        SERVICE,
        answer,
        openapi=description,
        title_vi="Chuyển hồ sơ để giải quyết",
        title_en="Dossiers handed on for processing",
    )


def answer(call: Call) -> Reply:
    """
    Answer one call.

    :raises NoSuchPart: if there is no such path
    :raises DossierTooLarge: if the body is more than a dossier may be
    """
    most = settings.DOSSIER_MOST_BYTES + MOST_LINE
    if call.size > most:
        raise DossierTooLarge(most=most)
    for method, pattern, part in _PARTS:
        found = pattern.fullmatch(call.path.strip("/"))
        if found and method == call.method:
            return part(call, *found.groups())
    raise NoSuchPart(service=SERVICE, path=f"{call.method} {call.path}"[:60])


def _take(call: Call) -> Reply:
    return Reply(body=_encode(take_dossier(call.body, _came(call))))


def _supply(call: Call) -> Reply:
    code, _digest = read_line(call.body, Answered)
    call.body.seek(0)
    take_answer(call.body, _came(call))
    return Reply(body=_encode(standing_of(code.code, by=call.by)))


def _standing(call: Call, code: str) -> Reply:
    return Reply(body=_encode(standing_of(code, by=call.by)))


def _result(call: Call, code: str, file: str) -> Reply:
    content, media_type = result_of(code, file, by=call.by)
    return Reply(body=content, content_type=media_type)


def _came(call: Call) -> Arrived:
    return Arrived(call.consumer, call.entry, call.by, call.at)


def _renew(call: Call, code: str, bill: str) -> Reply:
    renew(code, bill, _came(call))
    return _standing(call, code)


def _open(call: Call, code: str, bill: str) -> Reply:
    address = open_payment(code, bill, call.body, _came(call))
    return Reply(body=_encode(Opened(address)))


def _given(call: Call, code: str) -> Reply:
    hear_given_out(code, call.body, _came(call))
    return _standing(call, code)


_BILL = r"dossiers/([A-Z0-9.-]{6,60})/bills/([0-9a-f-]{36})"
_PARTS: tuple[tuple[str, "re.Pattern[str]", Callable[..., Reply]], ...] = (
    ("POST", re.compile("dossiers"), _take),
    ("POST", re.compile("supplements"), _supply),
    ("GET", re.compile(r"dossiers/([A-Z0-9.-]{6,60})"), _standing),
    ("GET", re.compile(r"dossiers/([A-Z0-9.-]{6,60})/results/([0-9a-f-]{36})"), _result),
    ("POST", re.compile(r"dossiers/([A-Z0-9.-]{6,60})/given"), _given),
    ("POST", re.compile(f"{_BILL}/renewals"), _renew),
    ("POST", re.compile(f"{_BILL}/payments"), _open),
)
