"""Taking what systems tell by the old interface: read, merged like native rows, answered."""

import hashlib
import io
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import msgspec

from motcua.backbone.transactions import one_transaction
from motcua.exchange.queries.members import own_members
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.sync.models import System, SystemCall
from motcua.sync.models.details import keep_details
from motcua.sync.operations.taking import Busy, Taken, take
from motcua.sync.rules.codes import member_of, place_of
from motcua.sync.rules.legacy.reading import (
    Item,
    read_dossier,
    read_items,
    read_step,
    read_told,
)
from motcua.sync.rules.legacy.shapes import Envelope
from motcua.sync.rules.legacy.things import things_in

__all__ = ["TooManyItems", "note_call", "take_dossiers", "take_steps", "take_told"]

MOST_ITEMS = 1000
PATIENCE = 5
_PAUSE = 0.4


class TooManyItems(Invalid):
    code = "sync.too-many-items"
    message = N_("A message may have at most {most} things. Send the others in the next one.")


class NotThatType(Invalid):
    code = "sync.not-that-type"
    message = N_("Only type 2, a change of status, is taken.")


def take_dossiers(system: System, asked: Envelope, *, at: datetime) -> list[Item]:
    """
    Take the dossiers of ``DongBoHoSoMC``; return each, with why where it was not taken.

    :raises NoThings: if its data is neither a list nor an object
    :raises TooManyItems: if it has more than a message may
    """
    update = asked.isUpdating.lower() in {"true", "1"}
    return _take(system, asked.data, partial(read_dossier, update=update), at=at)


def take_steps(system: System, asked: Envelope, *, at: datetime) -> list[Item]:
    """Take the steps of ``CapNhatTienDoHoSoMC``, likewise."""
    return _take(system, asked.data, read_step, at=at)


def take_told(system: System, asked: Envelope, *, at: datetime) -> list[Item]:
    """
    Take the status of ``DongBoTrangThaiHoSo``: what a portal above says of a dossier.

    It is kept as what that portal told, and never moves a dossier of ours: that is for its agency.

    :raises NotThatType: if it is not a status
    """
    if asked.type not in {"", "2"}:
        raise NotThatType
    return _take(system, asked.data, read_told, at=at, above=system.above)


@one_transaction
def note_call(
    system: System,
    verb: str,
    body: bytes,
    items: Iterable[Item],
    *,
    said: str,
    address: str,
    at: datetime,
) -> None:
    """Write down that a system called; a plain record, which nobody has signed."""
    given = list(items)
    SystemCall.objects.create(
        system=system,
        verb=verb[:40],
        digest=hashlib.sha256(body).digest(),
        items=len(given),
        untaken=sum(bool(item.problem) for item in given),
        said=said[:200],
        address=address,
        at=at,
    )


def _take(
    system: System, data: Any, read: Callable[..., Any], *, at: datetime, above: bool = False
) -> list[Item]:
    given = things_in(data)
    if len(given) > MOST_ITEMS:
        raise TooManyItems(most=MOST_ITEMS)
    items = read_items(given, read)
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(_member_for(system, item.code, above=above), []).append(item)
    done: dict[int, Item] = {}
    for member, group in groups.items():
        problems = _merged(system, member, group, given, at=at)
        for item in group:
            done[item.number] = replace(item, problem=item.problem or problems.get(item.number, ""))
    taken = [done[item.number] for item in items]
    _keep(taken, at=at)
    return taken


@one_transaction
def _keep(items: Iterable[Item], *, at: datetime) -> None:
    """Keep what is told besides, of what was taken."""
    kept = [(item.code, item.detail) for item in items if item.detail and not item.problem]
    keep_details(kept, at=at)


def _member_for(system: System, code: str, *, above: bool) -> str:
    """Return whose dossier a system may tell of: its member's; from above also our members'."""
    place = place_of(code)
    if above and place is not None and member_of(place.member) in own_members():
        return member_of(place.member)
    return system.member


def _merged(
    system: System, member: str, items: list[Item], given: list[Any], *, at: datetime
) -> dict[int, str]:
    """Merge what can be read, and have the rest noted as not taken; return why not, by number."""
    lines: list[bytes] = []
    owners: list[int] = []
    for item in items:
        rows = item.lines() or [_odd(given[item.number - 1])]
        lines += rows
        owners += [item.number] * len(rows)
    stream = f"legacy:{system.username}"
    taken = _patiently(b"\n".join(lines) + b"\n", member, stream, at=at)
    found: dict[int, str] = {}
    for run in taken.refused:
        for row in range(run.first, run.last + 1):
            found.setdefault(owners[row - taken.first], run.reason)
    return found


def _odd(given: Any) -> bytes:
    """Return something that is not taken as a row that cannot be: it is noted with its example."""
    try:
        return msgspec.json.encode({"legacy": given})
    except RecursionError:
        return b'{"legacy":null}'


def _patiently(body: bytes, member: str, stream: str, *, at: datetime) -> Taken:
    """
    Take rows as the next of their stream; wait a little for others of the member being merged.

    :raises Busy: if they take longer; nothing was taken
    """
    for last in (*[False] * PATIENCE, True):
        try:
            return take(
                io.BytesIO(body), member=member, stream_id=stream, offset=None, encoding="", at=at
            )
        except Busy:
            if last:
                raise
            time.sleep(_PAUSE)
    raise AssertionError("not reached")
