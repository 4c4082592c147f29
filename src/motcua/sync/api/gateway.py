"""The service ``dossiers.v1``: what other members call over the exchange."""

from collections.abc import Callable
from dataclasses import fields
from urllib.parse import parse_qs

import msgspec

from motcua.exchange.operations.answering import PROBLEM, problem_of
from motcua.exchange.operations.serving import Call, Reply, serve
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_
from motcua.sync.operations.taking import Busy, NotAStream, Taken, take
from motcua.sync.operations.turns import WAIT
from motcua.sync.queries.quality import quality_of
from motcua.sync.queries.streams import cursor_of, refused_rows, streams_of
from motcua.sync.rules.openapi import description

SERVICE, PURPOSE = "dossiers.v1", "synchronise"

_TOLD = [each.name for each in fields(Taken) if each.name != "first"]
_encode = msgspec.json.encode


class NoSuchPart(NotFound):
    code = "sync.no-such-part"
    message = N_("{service} has no {path}. It has stream, cursor, refused and quality.")


def register_service() -> None:
    """Answer calls of the service; once, when the program starts."""
    serve(
        SERVICE,
        answer,
        openapi=description,
        title_vi="Đồng bộ hồ sơ và trạng thái hồ sơ",
        title_en="Dossiers and their statuses",
        most=None,
    )


def answer(call: Call) -> Reply:
    """
    Answer one call.

    :raises PurposeNotServed: if it is called for anything but synchronising
    :raises NoSuchPart: if there is no such path
    """
    call.check_purpose({PURPOSE})
    part = _PARTS.get((call.method, call.path.strip("/")))
    if part is None:
        raise NoSuchPart(service=SERVICE, path=f"{call.method} {call.path}"[:60])
    return part(call)


def _stream(call: Call) -> Reply:
    offset = call.headers.get("stream-offset", "0")
    if not (offset.isdecimal() and len(offset) < 16):
        raise NotAStream
    try:
        taken = take(
            call.body,
            member=call.consumer,
            stream_id=call.headers.get("stream", ""),
            offset=int(offset),
            encoding=call.headers.get("content-encoding", ""),
            at=call.at,
            still=call.still,
        )
    except Busy as busy:
        told = _encode(problem_of(busy, at=call.at))
        return Reply(503, told, PROBLEM, {"Retry-After": str(WAIT)})
    facts = {name: getattr(taken, name) for name in _TOLD}
    facts["refused"] = [
        {"from": run.first, "to": run.last, "reason": run.reason, "example": run.example}
        for run in taken.refused
    ]
    return Reply(body=_encode(facts))


def _cursor(call: Call) -> Reply:
    stream = _asked(call, "stream")
    if stream:
        return Reply(body=_encode(cursor_of(call.consumer, stream, by=call.by)))
    return Reply(body=_encode({"streams": streams_of(call.consumer, by=call.by)}))


def _refused(call: Call) -> Reply:
    before = _asked(call, "before")
    runs = refused_rows(
        call.consumer,
        by=call.by,
        stream=_asked(call, "stream"),
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
    )
    return Reply(body=_encode({"refused": runs}))


def _quality(call: Call) -> Reply:
    return Reply(body=_encode(quality_of(call.consumer, by=call.by)))


_PARTS: dict[tuple[str, str], Callable[[Call], Reply]] = {
    ("POST", "stream"): _stream,
    ("GET", "cursor"): _cursor,
    ("GET", "refused"): _refused,
    ("GET", "quality"): _quality,
}


def _asked(call: Call, name: str) -> str:
    asked = parse_qs(call.query).get(name, [""])[0]
    if "\0" in asked:
        raise NotAStream
    return asked
