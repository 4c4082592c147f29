"""
The two statements that a provider pays for each call, and the one of a consumer.

All that has to be known before a handler runs is one statement that commits by itself: the
signature is used up, the call is counted, the entry is written, or none of them.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.utils.timezone import localtime

from motcua.backbone.statements import Statement

NOBODYS_TURN = 8
"""In how many slots calls without a limit are counted, so that they need not wait in a line."""

UNLIMITED = 2**31 - 1
NO_AGREEMENT = UUID(int=0)
"""Under what calls of services are counted that are open to every member."""

_SPENT = """spent AS (
  SELECT 1 FROM exchange_usage WHERE agreement = %s AND period = 'd' AND starts = %s AND slot = %s
  AND calls >= %s
), """
_COUNTED = """{name} AS (
  INSERT INTO exchange_usage AS known (agreement, period, starts, slot, calls, most)
  SELECT %s, period, starts, slot, 1, most
  FROM {after}, (VALUES (%s::text, %s::timestamptz, %s::smallint, %s::int))
    AS asked (period, starts, slot, most) {where}
  ON CONFLICT (agreement, period, starts, slot)
  DO UPDATE SET calls = known.calls + 1, most = excluded.most
  WHERE known.calls < coalesce(excluded.most, 2147483647) RETURNING 1
)"""
_BEGIN_TEXT = """
WITH nonce AS (
  INSERT INTO exchange_nonce (digest, until) VALUES (%s, %s)
  ON CONFLICT (digest) DO NOTHING RETURNING 1
), {counted}, entry AS (
  INSERT INTO exchange_logentry (at, log, side, consumer, provider, service, agreement, purpose,
    size, asked, asked_signature, asked_key, answered, answered_key)
  SELECT %s, %s, 'provider', %s, %s, %s, %s, %s, %s, %s, %s, %s, '', '' FROM day
  RETURNING id, tableoid::regclass::text AS part
)
SELECT (SELECT count(*) FROM nonce), {minute_full}, id, part
FROM (VALUES (1)) AS one LEFT JOIN entry ON true
"""
_DAY = Statement(
    _BEGIN_TEXT.format(
        counted=_COUNTED.format(name="day", after="nonce", where=""), minute_full="false"
    )
)
_MINUTE_AND_DAY = Statement(
    _BEGIN_TEXT.format(
        counted=_SPENT
        + _COUNTED.format(
            name="minute", after="nonce", where="WHERE NOT EXISTS (SELECT FROM spent)"
        )
        + ", "
        + _COUNTED.format(name="day", after="minute", where=""),
        minute_full="NOT EXISTS (SELECT FROM minute) AND NOT EXISTS (SELECT FROM spent)",
    )
)
"""What the minute refuses does not count for the day, nor the other way round."""
_END = """
UPDATE {part} SET status = %s, answered = %s, answered_signature = %s,
  answered_key = %s, answered_at = %s
FROM set_config('synchronous_commit', 'off', true)
WHERE id = %s AND at = %s AND status IS NULL AND leaf IS NULL
"""
_WHOLE = "exchange_logentry"
_OWN = Statement(
    """
INSERT INTO exchange_logentry (at, log, side, consumer, provider, service, agreement, purpose,
  size, asked, asked_signature, asked_key, person, status, answered, answered_signature,
  answered_key, answered_at)
VALUES (%s, %s, 'consumer', %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
RETURNING id
"""
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request leaves in the log; ``text`` is what was signed."""

    at: datetime
    consumer: str
    provider: str
    service: str
    agreement: UUID | None
    purpose: str
    size: int
    text: str
    signature: bytes
    key: str


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer leaves in the log; ``status`` is 0 where there was none."""

    status: int
    text: str = ""
    signature: bytes | None = None
    key: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How often an agreement may be used; no limit where ``None``."""

    per_day: int | None = None
    per_minute: int | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """
    Whether a call may begin: with an ``entry``, it may; ``part`` is the table that holds it.

    Otherwise its signature was ``used`` before, or the limit of its day or its minute is reached,
    as ``full`` says: ``d`` or ``m``.
    """

    entry: UUID | None
    part: str
    used: bool
    full: str


def begin(asked: Asked, limits: Limits, *, nonce: bytes, until: datetime) -> Begun:
    """Use up a signature, count the call, write the entry: one statement."""
    agreement, day = asked.agreement or NO_AGREEMENT, _day(limits, asked.at)
    counted: tuple[object, ...] = (agreement, "d", *day)
    if limits.per_minute is not None:
        minute = asked.at.replace(second=0, microsecond=0)
        spent = (agreement, *day[:2], UNLIMITED if limits.per_day is None else limits.per_day)
        counted = (*spent, agreement, "m", minute, 0, limits.per_minute, *counted)
    row = (_DAY if limits.per_minute is None else _MINUTE_AND_DAY).first(
        *(nonce, until, *counted),
        *(asked.at, asked.provider, asked.consumer, asked.provider, asked.service),
        *(asked.agreement, asked.purpose, asked.size, asked.text, asked.signature, asked.key),
    )
    new, minute_full, entry, part = row or (0, False, None, None)
    full = "" if entry or not new else "m" if minute_full else "d"
    return Begun(entry, part or _WHOLE, not new, full)


def end(entry: UUID, part: str, begun_at: datetime, given: Given) -> bool:
    """
    Write the answer beside the request, and tell whether the entry still waited for one.

    The partition is named because to find it out among all of them takes the server three times as
    long as the rest; an entry that was moved meanwhile is looked for everywhere.

    Its commit does not wait for the disk: what a power cut takes of the last moments the consumer
    still has, signed by us, and the entry itself is there.
    """
    row = (given.status, given.text, given.signature, given.key, given.at, entry, begun_at)
    return any(_end_in(where).run(*row) for where in dict.fromkeys((part, _WHOLE)))


@lru_cache(maxsize=64)
def _end_in(part: str) -> Statement:
    return Statement(_END.format(part=part))


def keep_own(asked: Asked, given: Given, person: bytes | None) -> UUID:
    """Write a call of ours with its answer, and return the entry."""
    row = _OWN.first(
        *(asked.at, asked.consumer, asked.consumer, asked.provider, asked.service),
        *(asked.agreement, asked.purpose, asked.size, asked.text, asked.signature, asked.key),
        *(person, given.status, given.text, given.signature, given.key, given.at),
    )
    assert row is not None
    found: UUID = row[0]
    return found


def _day(limits: Limits, at: datetime) -> tuple[datetime, int, int | None]:
    """Return when the day began, in which slot its calls are counted, and how many may be."""
    begins = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    slot = secrets.randbelow(NOBODYS_TURN) if limits.per_day is None else 0
    return begins, slot, limits.per_day
