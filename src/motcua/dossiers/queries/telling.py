"""What a notice about a dossier needs to know."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from motcua.backbone.built import Built
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.rules.lifecycle import UNSETTLED, WAITING, State, Step
from motcua.dossiers.rules.returning import ReturnBy
from motcua.kernel.scope import for_rooms
from motcua.packs.queries.packs import pack


@dataclass(frozen=True, slots=True)
class Told:
    """
    Whom to tell about a dossier, and its name in both languages.

    ``whom`` may be empty: an applicant without an account, for whom nobody may act, is told on
    paper. ``awaits_fee``: its agency waits for a fee. ``is_done``: its result is ready.
    """

    code: str
    whom: tuple[str, ...]
    title: str
    title_en: str
    due_at: datetime
    wait_until: datetime | None
    fee: int
    awaits_fee: bool
    is_done: bool


COLUMNS = tuple("code applicant agent claim title pack due_at fee wait_until state".split())


_named = Built(lambda code: Dossier.objects.filter(code=code).values_list(*COLUMNS))


@for_rooms
def told_of(code: str) -> Told:
    """Return what a notice about a dossier says of it."""
    found = _named.first(code)
    if found is None:
        raise Dossier.DoesNotExist(code)
    return _told(found)


@for_rooms
def told_of_many(codes: Collection[str]) -> dict[str, Told]:
    """Return what notices about dossiers say of them; one statement."""
    found = Dossier.objects.only(*COLUMNS).filter(code__in=codes)
    return {each.code: _told(each) for each in found}


@for_rooms
def waiting_until(before: datetime) -> tuple[Told, ...]:
    """Return the dossiers whose applicant is waited for until some moment ``before`` this one."""
    found = Dossier.objects.only(*COLUMNS).filter(wait_until__lt=before)
    return tuple(_told(each) for each in found.order_by("wait_until"))


@for_rooms
def agencies_with_appointments() -> list[str]:
    """Return the agencies with dossiers whose result somebody is to come for."""
    return sorted(_APPOINTED.values_list("agency", flat=True).distinct())


@for_rooms
def appointments_of(agency: str, *, at: datetime) -> Iterator[Told]:
    """Yield the dossiers of an agency whose result is promised for tomorrow, at its desk."""
    today = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = Q(due_at__gte=today + timedelta(days=1), due_at__lt=today + timedelta(days=2))
    found = _APPOINTED.filter(tomorrow, agency=agency).only(*COLUMNS).order_by("due_at", "id")
    return map(_told, found.iterator(chunk_size=500))


_APPOINTED = Dossier.objects.filter(
    state__in=sorted(s.value for s in {*UNSETTLED, State.DONE} - WAITING),
    return_by=ReturnBy.ON_THE_SPOT,
)


@for_rooms
def waits_over(at: datetime, *, limit: int = 1000) -> list[str]:
    """Return the codes of dossiers whose applicant let the time go by, the longest first."""
    over = Dossier.objects.filter(wait_until__lt=at).order_by("wait_until")
    return list(over.values_list("code", flat=True)[:limit])


def _told(found: Any) -> Told:
    """Return it of a dossier, or of a row of its ``COLUMNS``."""
    people = (found.agent, "" if found.claim else found.applicant)
    return Told(
        code=found.code,
        whom=tuple(dict.fromkeys(filter(None, people))),
        title=found.title,
        title_en=pack(found.pack).title.en,
        due_at=found.due_at,
        wait_until=found.wait_until,
        fee=found.fee,
        awaits_fee=found.state == State.PAYMENT,
        is_done=found.state == State.DONE,
    )


@for_rooms
def number_of_step(code: str, step: Step, reason: str) -> int:
    """Return the number of the latest such step of a dossier, to tell of each once."""
    taken = _taken.first(code, step.value, reason)
    if taken is None:
        raise Transition.DoesNotExist(code)
    return int(taken.id)


@Built
def _taken(code: str, step: str, reason: str) -> Any:
    taken = Transition.objects.filter(dossier__code=code, step=step, reason=reason)
    return taken.order_by("-id").values_list("id")[:1]
