"""Telling parents of our own dossiers: what they have not acknowledged yet, in order."""

import time
from collections.abc import Callable
from datetime import datetime
from secrets import token_hex

from django.db.models import F, Q
from django.utils.timezone import localtime

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.queries.outward import START, Place, last_place, settled_place
from motcua.kernel.errors import Refusal
from motcua.sync.models import Parent, Untaken
from motcua.sync.models.parents import ParentQuerySet
from motcua.sync.operations.carrying import Lost, carry_native
from motcua.sync.operations.composing import STEPS, next_batch
from motcua.sync.operations.legacy_carrying import carry_legacy
from motcua.sync.rules.outward import Batch, Carried, Kind, next_try

__all__ = ["begin_anew", "new_stream", "parents_to_tell", "tell_parent"]

LEGACY_STEPS = 100
"""Steps told in one go by the old interface."""
MOST_EXAMPLES = 1000
"""How many things not taken are kept for a parent."""


def parents_to_tell(*, at: datetime) -> list[int]:
    """Return the parents that do not know of the last step, unless paused or left alone a while."""
    rows = list(_open(at).order_by("id").values_list("id", "step", "due"))
    last = last_place() if rows else START
    return [number for number, *place in rows if _is_behind(Place(*place), last)]


def tell_parent(
    number: int, *, clock: Callable[[], datetime], sleep: Callable[[float], None] = time.sleep
) -> int:
    """
    Tell a parent all it has not acknowledged; return how many rows it was sent.

    The place moves only after it has acknowledged a message, so nothing is lost whenever this or
    they stop; what was read and not acknowledged is told again, which changes nothing there. A
    refusal is kept with its reason, and the next try is put off longer each time.
    """
    sent = 0
    while (parent := _whose_turn(number, at=clock())) is not None:
        since, until = Place(parent.step, parent.due), settled_place(sleep=sleep)
        if until is None or not _is_behind(since, until):
            break
        limit = STEPS if parent.kind == Kind.NATIVE else LEGACY_STEPS
        timed = parent.kind == Kind.LEGACY
        place, batch = next_batch(since, until, top=parent.about, limit=limit, timed=timed)
        if not batch:
            _pass_by(parent, place)
            continue
        _begin(parent, at=clock())
        try:
            carried = _carried(parent, batch, clock=clock)
        except Lost as lost:
            begin_anew(parent.id, at=clock())
            _note_failure(parent, lost, at=clock())
            break
        except Refusal as refusal:
            _note_failure(parent, refusal, at=clock())
            break
        _acknowledge(parent, place, carried, at=clock())
        sent += carried.sent - parent.sent
    return sent


def new_stream(at: datetime) -> str:
    """Return a name that no stream of ours had before."""
    return f"{localtime(at):%Y%m%d}-{token_hex(4)}"


def begin_anew(number: int, *, at: datetime) -> None:
    """Have a parent told everything again, in a new stream, from the first step on."""
    Parent.objects.filter(pk=number).update(
        stream=new_stream(at), sent=0, step=START.step, due=START.due
    )
    Untaken.objects.filter(parent=number).delete()


def _carried(parent: Parent, batch: Batch, *, clock: Callable[[], datetime]) -> Carried:
    if parent.kind == Kind.NATIVE:
        return carry_native(parent, batch, clock=clock)
    return carry_legacy(parent, batch)


def _open(at: datetime) -> ParentQuerySet:
    return Parent.objects.filter(Q(try_at=None) | Q(try_at__lte=at), paused_at=None)


def _whose_turn(number: int, *, at: datetime) -> Parent | None:
    return _open(at).filter(pk=number).first()


def _is_behind(place: Place, other: Place) -> bool:
    return place.step < other.step or place.due < other.due


def _here(parent: Parent) -> ParentQuerySet:
    """Return the parent's row as long as nobody has begun anew or moved on meanwhile."""
    return Parent.objects.filter(
        pk=parent.pk, stream=parent.stream, step=parent.step, due=parent.due
    )


def _pass_by(parent: Parent, place: Place) -> None:
    """Move on where there was nothing to tell: the steps were other members' dossiers'."""
    _here(parent).update(step=place.step, due=place.due)


def _begin(parent: Parent, *, at: datetime) -> None:
    """Put the next try off already now, in case this one ends without a word."""
    later = next_try(at, failures=parent.failures + 1)
    Parent.objects.filter(pk=parent.pk).update(try_at=later)


def _note_failure(parent: Parent, refusal: Refusal, *, at: datetime) -> None:
    headers = getattr(refusal, "headers", {})
    failures = parent.failures + 1
    Parent.objects.filter(pk=parent.pk).update(
        failures=failures,
        tried_at=at,
        try_at=next_try(at, failures=failures, asked=headers.get("retry-after", "")),
        error={"code": refusal.code, "message": refusal.message, "facts": _facts(refusal)},
    )


def _facts(refusal: Refusal) -> dict[str, str]:
    return {name: str(value)[:300] for name, value in refusal.facts.items()}


@one_transaction
def _acknowledge(parent: Parent, place: Place, carried: Carried, *, at: datetime) -> None:
    """Move on, and keep what was not taken."""
    facts = {"tried_at": at, "told_at": at, "error": None, "warned_at": None}
    moved = _here(parent).update(
        step=place.step, due=place.due, sent=carried.sent, failures=0, try_at=None, **facts
    )
    if moved:
        for each in carried.refused:
            _keep(parent, each.code, each.reason, each.example, each.times, at=at)


def _keep(
    parent: Parent, code: str, reason: str, example: str, times: int, *, at: datetime
) -> None:
    kept = Untaken.objects.filter(parent=parent)
    if kept.filter(code=code, reason=reason).update(times=F("times") + times, at=at):
        return
    if kept.count() < MOST_EXAMPLES:
        Untaken.objects.create(
            parent=parent, code=code, reason=reason, example=example, times=times, at=at
        )
