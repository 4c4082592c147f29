"""Take in the call of another member: trust it, write it down, have it answered and signed."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast
from uuid import UUID

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils.timezone import localtime

from motcua.backbone.failures import is_full, told_of
from motcua.backbone.http.refusals import NoRoom, TooOften
from motcua.exchange.models.hot import Asked, Begun, Limits, begin, end
from motcua.exchange.operations.answering import Answered, refusal, signed_answer
from motcua.exchange.operations.arrivals import (
    OPEN_TO_MEMBERS,
    Altered,
    Arrival,
    BodyTooLarge,
    check_is_ours,
    check_signature,
    check_still,
    length_of,
    signature_of,
    terms_of,
)
from motcua.exchange.operations.keeping import Bodies, keep_bodies, keeps_bodies, small_enough
from motcua.exchange.operations.noting import note_refused
from motcua.exchange.operations.serving import Call, Handler, Reply, served
from motcua.exchange.operations.upstreams import upstream_handler
from motcua.exchange.queries.agreements import Terms
from motcua.exchange.queries.heads import head_shown
from motcua.exchange.rules.digests import DigestDiffers, TooMuch, copy_hashed, read_digest
from motcua.exchange.rules.signatures import OF_REQUEST, WHERE_SENT, Signed, signature_in
from motcua.exchange.rules.states import NoSuchService
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Refusal, Unavailable
from motcua.kernel.text import N_

log = structlog.get_logger("motcua.exchange")

IN_MEMORY = 2**20
NO_SERVER = (OperationalError, InterfaceError)
_SIGNED = frozenset(n for n in (*OF_REQUEST, *WHERE_SENT) if not n.startswith("@"))


class Replayed(Conflict):
    code = "exchange.replayed"
    message = N_("This signature was used before. Sign each message anew, with its own nonce.")


class OverQuota(TooOften):
    code = "exchange.over-quota"
    message = N_(
        "The agreement's limit is reached. Wait {seconds} seconds, or ask for a higher limit."
    )


class NotWrittenDown(Unavailable):
    code = "exchange.not-written-down"
    message = N_(
        "The message log cannot be written just now. Sign the same message anew and send it again "
        "in a while: doing it twice does it once."
    )


@dataclass(frozen=True, slots=True)
class _Taken:
    """A call that has its place in the log."""

    arrival: Arrival
    signed: Signed
    at: datetime
    entry: UUID
    part: str


class _Clock:
    """Time that goes on from a moment that was given."""

    def __init__(self, at: datetime) -> None:
        self._at, self._start = at, time.monotonic()

    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._start)


def receive(arrival: Arrival, *, at: datetime) -> Answered:
    """
    Answer a call by another member; a refusal is an answer too, signed like any other.

    The order is: signature (which covers the body's digest), agreement, body, log, handler. So
    nothing is read from who is not known, and nothing is done that is not written down.
    """
    clock, signature = _Clock(at), signature_in(arrival.headers)
    try:
        check_is_ours(arrival.provider)
        signed = signature_of(arrival)
        check_signature(signed, arrival.consumer, at=at)
        terms_of(arrival, at=at)
        handler, most = _handler_of(arrival)
        with _body_of(arrival, most) as body:
            terms = check_still(signed, arrival, at=clock.now())
            entry, part = _begun(arrival, signed, terms, at=at)
            return _answered(_Taken(arrival, signed, at, entry, part), handler, body, clock)
    except Refusal as error:
        note_refused(error, arrival, at=at)
        return _refused(error, arrival.provider, signature, at=clock.now())
    except Exception as error:
        log.exception("the gateway failed", service=arrival.service)
        return _refused(told_of(error), arrival.provider, signature, at=clock.now())


def _refused(error: Refusal, provider: str, to: bytes | None, *, at: datetime) -> Answered:
    """Say no, signed; without a signature where the database does not tell which key is ours."""
    reply = refusal(error, at=at)
    try:
        return signed_answer(reply, provider, to=to, at=at)
    except NO_SERVER:
        return Answered(reply.status, {"content-type": reply.content_type}, reply.body, None)


def _handler_of(arrival: Arrival) -> tuple[Handler, int | None]:
    """Return what answers a service, and how many bytes it takes at most."""
    forward = upstream_handler(arrival.provider, arrival.service)
    if forward is not None:
        return forward
    found = served(arrival.service)
    if found is None:
        raise NoSuchService(provider=arrival.provider, service=arrival.service[:40])
    return found.handler, found.most


@contextmanager
def _body_of(arrival: Arrival, most: int | None) -> Iterator[BinaryIO]:
    """Have the body in memory or on disk, once it is what the signed digest says."""
    length = length_of(arrival, most)
    with BytesIO() if length <= IN_MEMORY else _file() as body:
        try:
            digest = copy_hashed(arrival.body, body, most=length)
            if digest != read_digest(arrival.headers["content-digest"]):
                raise Altered(part="body")
        except TooMuch as reason:
            raise BodyTooLarge(most=length) from reason
        except DigestDiffers as reason:
            raise Altered(part="content-digest") from reason
        except OSError as reason:
            raise NoRoom if is_full(reason) else Altered(part="body") from reason
        body.seek(0)
        yield body


def _file() -> BinaryIO:
    place = Path(settings.VAR, "spool")
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return cast(BinaryIO, TemporaryFile(dir=place))


def _begun(
    arrival: Arrival, signed: Signed, terms: Terms | None, *, at: datetime
) -> tuple[UUID, str]:
    asked = Asked(
        at=at,
        consumer=arrival.consumer,
        provider=arrival.provider,
        service=arrival.service,
        agreement=terms.id if terms else None,
        purpose=arrival.purpose,
        size=arrival.length or 0,
        text=signed.base.decode(),
        signature=signed.signature,
        key=signed.key,
    )
    limits = Limits(terms.per_day, terms.per_minute) if terms else Limits()
    nonce = hashlib.sha256(f"{signed.key}\n{signed.times.nonce}".encode()).digest()[:16]
    ends = signed.times.expires + 2 * settings.EXCHANGE_CLOCK_SKEW
    until = datetime.fromtimestamp(ends, UTC)
    try:
        begun = begin(asked, limits, nonce=nonce, until=until)
    except NO_SERVER as reason:
        raise NotWrittenDown from reason
    return _check_begun(begun, at)


def _check_begun(begun: Begun, at: datetime) -> tuple[UUID, str]:
    if begun.used:
        raise Replayed
    if begun.entry is None:
        local = localtime(at)
        in_day = local.hour * 3600 + local.minute * 60 + local.second
        left = 86_400 - in_day if begun.full == "d" else 60 - local.second
        raise OverQuota(seconds=left)
    return begun.entry, begun.part


def _answered(taken: _Taken, handler: Handler, body: BinaryIO, clock: _Clock) -> Answered:
    provider, entry = taken.arrival.provider, taken.entry
    keeps = keeps_bodies(provider, agreed=taken.arrival.service not in OPEN_TO_MEMBERS)
    sent = small_enough(body, taken.arrival.length or 0) if keeps else None
    reply = _reply(handler, _call(taken, body, clock), clock)
    if connection.errors_occurred and not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    headers = {**reply.headers, "motcua-entry": str(entry), **head_shown(provider)}
    answered = signed_answer(
        replace(reply, headers=headers),
        provider,
        to=taken.signed.signature,
        at=clock.now(),
        nonce=entry.hex,
    )
    _keep(taken, answered, at=clock.now())
    if keeps:
        said = small_enough(answered.body, len(answered.body)) if answered.signed else None
        keep_bodies(entry, provider, Bodies(sent, said), at=taken.at)
    return answered


def _call(taken: _Taken, body: BinaryIO, clock: _Clock) -> Call:
    arrival = taken.arrival
    consumer = arrival.consumer
    return Call(
        consumer=consumer,
        provider=arrival.provider,
        service=arrival.service,
        method=arrival.method,
        path=arrival.rest,
        query=arrival.query,
        headers={name: text for name, text in arrival.headers.items() if name in _SIGNED},
        body=body,
        size=arrival.length or 0,
        agreement=arrival.headers["motcua-agreement"],
        purpose=arrival.purpose,
        entry=taken.entry,
        at=taken.at,
        by=Actor(id=f"member:{consumer}", name=consumer, agency=consumer),
        still=lambda: _check_still(taken, clock),
    )


def _check_still(taken: _Taken, clock: _Clock) -> None:
    check_still(taken.signed, taken.arrival, at=clock.now())


def _reply(handler: Handler, call: Call, clock: _Clock) -> Reply:
    try:
        return handler(call)
    except Refusal as error:
        return refusal(error, at=clock.now())
    except Exception as error:
        log.exception("a handler failed", service=call.service, entry=str(call.entry))
        return refusal(told_of(error), at=clock.now())


def _keep(taken: _Taken, answered: Answered, *, at: datetime) -> None:
    """Write the answer down; a database that was started anew meanwhile is asked once more."""
    given = answered.given(at)
    try:
        kept = end(taken.entry, taken.part, taken.at, given)
    except NO_SERVER:
        connection.close()
        try:
            kept = end(taken.entry, taken.part, taken.at, given)
        except NO_SERVER as reason:
            raise NotWrittenDown from reason
    if not kept:
        log.warning("the answer came after its entry was closed", entry=str(taken.entry))
