"""Sending rows to another member: split, packed, signed; gone on with from where they have come."""

import gzip
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec

from motcua.exchange.operations.calling import CallRefused, MemberDown, call
from motcua.kernel.errors import Conflict, Unavailable
from motcua.kernel.reading import NotReadable, read_json
from motcua.kernel.text import N_
from motcua.sync.rules.answered import Answered, Reached

__all__ = ["AnswersOddly", "Pushed", "StillBusy", "StreamLost", "post", "push"]

SERVICE, PURPOSE = "dossiers.v1", "synchronise"
MESSAGE_ROWS = 200_000
TRIES = 20
LONGEST_WAIT = 30
LONGEST_PAUSE = 300.0
TIMEOUT = 600.0
T = TypeVar("T", Answered, Reached)


class StillBusy(Unavailable):
    code = "sync.still-busy"
    message = N_(
        "{member} did not take the rows in {tries} tries. Nothing is lost: push again later, and "
        "it goes on from row {cursor}."
    )


class AnswersOddly(Unavailable):
    code = "sync.answers-oddly"
    message = N_(
        "{member} answered something that cannot be read. Nothing is lost: the rows are sent again."
    )


class StreamLost(Conflict):
    code = "sync.stream-lost"
    message = N_(
        "They say that {cursor} rows of this stream have come, after they had said {before}. Push "
        "again: it begins where they are now."
    )


@dataclass(slots=True)
class Pushed:
    """
    How far a push has come: ``cursor`` rows of the stream are with them.

    ``counts`` sums what their answers count; ``refused`` are the runs of rows they did not take.
    """

    cursor: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    refused: list[dict[str, Any]] = field(default_factory=list)


def push(
    rows: Iterable[bytes],
    *,
    to: str,
    stream: str,
    clock: Callable[[], datetime],
    consumer: str | None = None,
    told: Callable[[Pushed], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Pushed:
    """
    Send a stream's rows to a member, those that they have not read yet.

    The same rows under the same stream may be pushed as often as one likes.

    :param rows: every row of the stream from its first, each one line with its end
    :param clock: says what time it is, for each message's signature
    :param told: hears after each message how far it has come
    :raises StillBusy: if they stay away or busy; push again later
    :raises AnswersOddly: if what they answer cannot be read
    :raises StreamLost: if they go back behind what they had acknowledged
    :raises CallRefused: if they refuse it for another reason
    """
    pushed = Pushed(_cursor(to, stream, clock, consumer))
    lines = iter(rows)
    for _ in islice(lines, pushed.cursor):
        pass
    for message in _messages(lines):
        _send(message, pushed, to=to, stream=stream, clock=clock, consumer=consumer, sleep=sleep)
        told(pushed)
    return pushed


def post(
    rows: list[bytes],
    offset: int,
    *,
    to: str,
    stream: str,
    clock: Callable[[], datetime],
    consumer: str | None = None,
) -> dict[str, Any]:
    """
    Send rows as one message, once; return what their answer counts.

    :param offset: how many rows of the stream come before these
    :raises MemberDown: if there is no answer
    :raises AnswersOddly: if it cannot be read
    :raises CallRefused: if they refuse it
    """
    headers = {"content-encoding": "gzip", "stream": stream, "stream-offset": str(offset)}
    reply = call(
        *(to, SERVICE, "stream"),
        body=gzip.compress(b"".join(rows), compresslevel=3, mtime=0),
        content_type="application/x-ndjson",
        headers=headers,
        purpose=PURPOSE,
        at=clock(),
        consumer=consumer,
        timeout=TIMEOUT,
    )
    answer: dict[str, Any] = msgspec.to_builtins(_read(reply.body, Answered, to))
    return answer


def _cursor(to: str, stream: str, clock: Callable[[], datetime], consumer: str | None) -> int:
    reply = call(
        *(to, SERVICE, f"cursor?stream={quote(stream)}"),
        method="GET",
        purpose=PURPOSE,
        at=clock(),
        consumer=consumer,
        timeout=10.0,
    )
    return _read(reply.body, Reached, to).cursor


def _read(body: bytes, kind: type[T], member: str) -> T:
    try:
        return read_json(body, kind)
    except NotReadable as problem:
        raise AnswersOddly(member=member) from problem


def _messages(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    while message := list(islice(lines, MESSAGE_ROWS)):
        yield message


def _send(
    message: list[bytes],
    pushed: Pushed,
    *,
    to: str,
    stream: str,
    clock: Callable[[], datetime],
    consumer: str | None,
    sleep: Callable[[float], None],
) -> None:
    """
    Send one message until all of it was read, from where they have come each time.

    :raises StillBusy: if they did not go on in so many tries
    """
    first, wait, left = pushed.cursor, 1.0, TRIES
    while rest := message[pushed.cursor - first :]:
        if not left:
            raise StillBusy(member=to, tries=TRIES, cursor=pushed.cursor)
        before, left = pushed.cursor, left - 1
        try:
            answer = post(
                *(rest, pushed.cursor),
                to=to,
                stream=stream,
                clock=clock,
                consumer=consumer,
            )
        except MemberDown:
            sleep(wait)
        except CallRefused as refused:
            if not refused.again_later:
                raise
            sleep(_pause(refused.headers.get("retry-after", ""), wait))
        else:
            _note(pushed, answer)
        wait = min(wait * 2, LONGEST_WAIT)
        if pushed.cursor > before:
            wait, left = 1.0, TRIES


def _pause(said: str, usual: float) -> float:
    """Return how long to wait: as they say, but never so long that it is for ever."""
    return min(float(said), LONGEST_PAUSE) if said.isdecimal() else usual


def _note(pushed: Pushed, answer: dict[str, Any]) -> None:
    """
    Go on from where they have come.

    :raises StreamLost: if they have fewer rows than before: what they lost must not be skipped
    """
    if not answer["cursor"] >= pushed.cursor:
        raise StreamLost(cursor=answer["cursor"], before=pushed.cursor)
    pushed.cursor = answer["cursor"]
    pushed.refused += answer["refused"]
    for name, value in answer.items():
        if isinstance(value, int) and name not in ("cursor", "stopped"):
            pushed.counts[name] = pushed.counts.get(name, 0) + value
