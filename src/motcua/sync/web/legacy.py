"""``/dich-vu-cong/auth`` and ``/service``: the old portal's interface, for systems."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.backbone.http.refusals import TooOften, sentence_of
from motcua.backbone.http.requests import address_of
from motcua.backbone.limits import check_rate
from motcua.kernel.errors import Invalid, Refusal, Unavailable
from motcua.kernel.text import N_
from motcua.sync.operations.legacy_taking import (
    TooManyItems,
    note_call,
    take_dossiers,
    take_steps,
    take_told,
)
from motcua.sync.operations.looking_up import look_up_ours
from motcua.sync.operations.systems import (
    SessionOver,
    System,
    check_destination,
    is_open,
    sign_in,
    system_of,
)
from motcua.sync.queries.archives import put_away
from motcua.sync.queries.elsewhere import YearPutAway
from motcua.sync.queries.legacy import (
    agencies_listed,
    dossier_told,
    fields_listed,
    procedure_told,
    procedures_listed,
)
from motcua.sync.rules.legacy.reading import Item
from motcua.sync.rules.legacy.shapes import Envelope, InSession, Sign
from motcua.sync.rules.legacy.texts import texts_of
from motcua.sync.rules.legacy.things import named_in
from motcua.sync.rules.words import REASONS

MOST = {Sign: 64 << 10, Envelope: 16 << 20}
"""Bytes of a message: whoever signs in is not known yet."""
TRIES, WINDOW = 60, 300
"""How often one address may try in five minutes; counting by name, others could lock one out."""
OVER, AGAIN = "401", "503"
T = TypeVar("T", Sign, Envelope)


class NotJson(Invalid):
    code = "sync.not-json"
    message = N_("The message is no JSON object of at most {most} kB.")


class NoSuchVerb(Invalid):
    code = "sync.no-such-verb"
    message = N_("There is no service {verb} here.")


class NoSuchDossier(Invalid):
    code = "sync.no-such-dossier"
    message = N_("There is no dossier {dossier} that your system has told of or may look up.")


@csrf_exempt
@require_POST
def auth(request: HttpRequest) -> HttpResponse:
    """Give a session for a name and a password."""
    _check_open()
    with override("vi"):
        try:
            told = _read(_body(request, Sign), Sign)
            check_rate("sync.sign-in", address_of(request), times=TRIES, seconds=WINDOW, at=now())
            dstcode = request.headers.get("dstcode", "")
            session = sign_in(told.username, told.password, dstcode=dstcode, at=now())
        except Refusal as refusal:
            return _refused(refusal, {"session": ""})
        return _answer({"session": session, "error_code": 0, "message": ""})


@csrf_exempt
@require_POST
def service(request: HttpRequest) -> HttpResponse:
    """Answer a verb; what was not taken is told by place and reason."""
    _check_open()
    with override("vi"):
        try:
            body = _body(request, Envelope)
            system = system_of(_session_in(body))
            if dstcode := request.headers.get("dstcode", ""):
                check_destination(system, dstcode)
            return _served(request, system, body)
        except Refusal as refusal:
            return _refused(refusal, {"result": []})


def _served(request: HttpRequest, system: System, body: bytes) -> HttpResponse:
    asked, items = _read(body, Envelope), list[Item]()
    said = "0"
    try:
        if asked.service in _TAKES:
            items = _TAKES[asked.service](system, asked, at=now())
            return _answer(_told(items))
        if asked.service not in _GIVES:
            raise NoSuchVerb(verb=asked.service[:40])
        result = _GIVES[asked.service](system, asked)
        return _answer({"error_code": "0", "message": "", "result": result})
    except Refusal as refusal:
        said = refusal.code
        raise
    finally:
        where, at = address_of(request), now()
        note_call(system, asked.service, body, items, said=said, address=where, at=at)


def _told(items: list[Item]) -> dict[str, Any]:
    untaken = [item for item in items if item.problem]
    result = [
        {
            "stt": str(item.number),
            "MaHoSo": item.code,
            "error_code": item.problem.partition(":")[0],
            "message": gettext(REASONS[item.problem.partition(":")[0]]),
        }
        for item in untaken
    ]
    taken = [item for item in items if not item.problem]
    result += [_left_out(item) for item in taken if _is_cut(item)]
    result += [_unread(item) for item in taken if item.unread]
    said = ""
    if untaken:
        said = gettext("{count} of {total} were not taken; the result says which and why.")
        said = said.format(count=len(untaken), total=len(items))
    return {"error_code": "1" if untaken else "0", "message": said, "result": result}


def _is_cut(item: Item) -> bool:
    return item.detail is not None and bool(item.detail.left_out)


def _left_out(item: Item) -> dict[str, str]:
    names = ", ".join(item.detail.left_out) if item.detail else ""
    words = gettext("Taken, but without {names}: together they are more than 32 kB.")
    told = {"stt": str(item.number), "MaHoSo": item.code, "error_code": "0"}
    return {**told, "message": words.format(names=names)}


def _unread(item: Item) -> dict[str, str]:
    words = gettext("Taken, but without {names}: what they say cannot be read.")
    told = {"stt": str(item.number), "MaHoSo": item.code, "error_code": "0"}
    return {**told, "message": words.format(names=", ".join(item.unread))}


def _find(system: System, asked: Envelope) -> list[dict[str, Any]]:
    """Return one dossier; where its year was put away, say so and whom to ask, as pages do."""
    if not asked.MaHoSo and not asked.data:
        raise NoSuchDossier(dossier="")
    codes = [asked.MaHoSo] if asked.MaHoSo else named_in(asked.data)
    if len(codes) > 1:
        raise TooManyItems(most=1)
    code = codes[0][:60]
    found = dossier_told(system, code) or look_up_ours(system, code, at=now())
    if found is None and (away := put_away(code)) is not None:
        raise YearPutAway(year=away.year, ask=away.ask)
    if found is None:
        raise NoSuchDossier(dossier=code)
    return [found]


_TAKES: dict[str, Callable[..., list[Item]]] = {
    "DongBoHoSoMC": take_dossiers,
    "CapNhatTienDoHoSoMC": take_steps,
    "DongBoTrangThaiHoSo": take_told,
}
_GIVES: dict[str, Callable[[System, Envelope], list[dict[str, Any]]]] = {
    "LayDanhSachTTHC": lambda _system, _asked: [*procedures_listed(on=localdate())],
    "LayThuTuc": lambda _system, asked: [procedure_told(asked.maTTHC[:60])],
    "LayDanhMucCoQuan": lambda _system, _asked: [*agencies_listed()],
    "LayDanhMucLinhVuc": lambda _system, _asked: [*fields_listed()],
    "TraCuuHoSo": _find,
}


def _check_open() -> None:
    if not is_open():
        raise Http404


def _body(request: HttpRequest, shape: type[Sign | Envelope]) -> bytes:
    """Return what came; no more of it is read than may come."""
    body = request.read(MOST[shape] + 1)
    if len(body) > MOST[shape]:
        raise NotJson(most=MOST[shape] >> 10)
    return body


def _session_in(body: bytes) -> str:
    """Return the session that a call names: nothing else of it is made for who has none."""
    with _reading(Envelope):
        return str(texts_of(msgspec.json.decode(body, type=InSession).session))


def _read(body: bytes, shape: type[T]) -> T:
    """Return a message as a shape of texts."""
    with _reading(shape):
        found = msgspec.json.decode(body, type=dict[str, Any])
        data = found.pop("data", None)
        told = msgspec.convert(texts_of(found), shape)
    if isinstance(told, Envelope):
        told.data = data
    return told


@contextmanager
def _reading(shape: type[Sign | Envelope]) -> Iterator[None]:
    try:
        yield
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise NotJson(most=MOST[shape] >> 10) from None


def _refused(refusal: Refusal, more: dict[str, Any]) -> HttpResponse:
    code: str | int = refusal.code
    status = 200
    if isinstance(refusal, SessionOver):
        code = OVER
    elif isinstance(refusal, TooOften):
        code, status = AGAIN, 429
    elif isinstance(refusal, Unavailable):
        code, status = AGAIN, 503
    answer = _answer({"error_code": code, "message": sentence_of(refusal), **more})
    answer.status_code = status
    if status != 200:
        answer["Retry-After"] = str(refusal.facts.get("seconds", 5))
    return answer


def _answer(told: dict[str, Any]) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(told), content_type="application/json")
