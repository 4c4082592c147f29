"""The desk's worklist: in pages, with the choices of its filters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, Self

from django.db.models import Q, QuerySet

from motcua.backbone.built import Built
from motcua.catalogue.queries.procedures import procedures
from motcua.dossiers.models import Dossier
from motcua.dossiers.models.dossier import DossierQuerySet
from motcua.dossiers.queries.desk_views import (
    Moments,
    Sort,
    Wanted,
    open_ones,
    wanted_of,
)
from motcua.dossiers.queries.desk_words import How, Sought, sought_by, with_words
from motcua.dossiers.queries.lines import LINE, DossierLine
from motcua.dossiers.rules.access import Held, may_take
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.kernel.actors import Actor, Role
from motcua.kernel.scope import for_rooms

ONWARD = (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE, Step.RETURN)
"""The way onward, from the first step to the last."""

BACKWARD = (Step.REFUSE, Step.SEND_BACK, Step.STOP)
"""What ends a dossier or gives it back: to the applicant, or to the stage before."""

HELD = ("agency", "applicant", "agent", "filer", "stage_role", "asked_times", "reappointments")


class DeskLine(NamedTuple):
    """
    A dossier as the worklist shows it.

    ``stage_until`` tells when its stage is to be over, if that is today or tomorrow.
    ``onward`` and ``back`` are the steps by which the one who asks can take it further now, or
    end it or send it back, if there are such; ``version`` is that of the dossier as it was read.
    """

    line: DossierLine
    stage_role: Role
    holder: str
    holder_name: str
    channel: int
    onward: Step | None
    back: Step | None
    version: int
    sent_back: bool
    stage_late: bool
    stage_until: datetime | None
    answer_until: datetime | None

    @classmethod
    def of(cls, x: Any, *, by: Actor, at: datetime) -> Self:
        """Return a row of ``COLUMNS`` as the worklist shows it."""
        line = DossierLine.of(x, at=at)
        held = _held(x, line, by=by)
        due, (onward, back) = x.stage_due_at, _takeable(by, held)
        ahead = due is not None and at <= due and line.state is not State.DONE
        unanswered = line.state is State.NEW and x.answered_at is None
        return cls(
            line=line,
            stage_role=held.stage_role,
            holder=x.holder,
            holder_name=x.holder_name,
            channel=x.channel,
            onward=onward if x.result or onward is not Step.RETURN else None,
            back=back,
            version=x.version,
            sent_back=x.sent_back and line.state is State.IN_PROCESS,
            stage_late=due is not None and due < at and line.state is not State.DONE,
            stage_until=due if ahead and due < Moments.of(at).tomorrow else None,
            answer_until=x.answer_until if unanswered else None,
        )


COLUMNS = (
    *LINE,
    *HELD,
    *("holder", "holder_name", "channel", "version", "result"),
    *("sent_back", "stage_due_at", "answer_until", "answered_at"),
)


@dataclass(frozen=True, slots=True)
class After:
    """Where a page of the worklist ended."""

    due_at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the agency's open dossiers can be filtered by, as (value, words)."""

    procedures: tuple[tuple[str, str], ...]
    fields: Mapping[str, frozenset[str]]
    holders: tuple[tuple[str, str], ...]
    offices: tuple[tuple[int, str], ...]


def worklist(
    wanted: Wanted,
    *,
    by: Actor,
    at: datetime,
    fields: Mapping[str, frozenset[str]] | None = None,
    after: After | None = None,
    limit: int = 50,
) -> list[DeskLine]:
    """
    Return the dossiers of the actor's agency that a list holds, in its order (one statement).

    :param fields: the procedures of each field, as ``choices`` gives them
    :param after: the last line of the page before
    """
    plain = replace(wanted, text="")
    if replace(plain, finished=False).narrowed or (by.agency and by.stands_in_for):
        at_ = Moments.of(at)
        rows = list(_listed(wanted, by=by, at=at_, fields=fields, after=after, limit=limit))
    elif by.agency:
        sought = sought_by(wanted.text, finished=wanted.finished, by=by)
        if wanted.text and not sought:
            return []
        place = () if after is None else (after.due_at, after.id)
        shape = {"wanted": plain, "roles": by.roles, "limit": limit, "continued": bool(place)}
        values = (by.agency, by.id, *Moments.of(at), *place, *(each.value for each in sought))
        rows = _plain.rows(*values, **shape, how=tuple(each.how for each in sought))
    else:
        return []
    return [DeskLine.of(x, by=by, at=at) for x in rows]


def _listed(
    wanted: Wanted,
    *,
    by: Actor,
    at: Moments,
    fields: Mapping[str, frozenset[str]] | None = None,
    after: After | None,
    limit: int,
) -> QuerySet[Any, Any]:
    found = wanted_of(wanted, by=by, at=at, fields=fields or {})
    return _in_order(found, wanted, after, limit=limit)


def _in_order(
    found: DossierQuerySet, wanted: Wanted, after: After | None, *, limit: int
) -> QuerySet[Any, Any]:
    return _ordered(found, order_of(wanted), after).values_list(*COLUMNS, named=True)[:limit]


@Built
def _plain(
    agency: str,
    me: str,
    *values: Any,
    wanted: Wanted,
    roles: frozenset[Role],
    limit: int,
    continued: bool,
    how: tuple[How, ...],
) -> QuerySet[Any, Any]:
    by = Actor(me, agency=agency, roles=roles)
    many = len(Moments._fields)
    moments, words = values[:many], values[-len(how) :]
    place = values[many : many + 2] if continued else ()
    found = wanted_of(wanted, by=by, at=Moments(*moments), fields={})
    sought = map(Sought, how, words if how else ())
    after = After(*place) if place else None
    return _in_order(with_words(found, sought), wanted, after, limit=limit)


def codes_of(
    wanted: Wanted,
    *,
    by: Actor,
    at: datetime,
    fields: Mapping[str, frozenset[str]] | None = None,
    limit: int = 500,
) -> list[str]:
    """Return the codes of a list's first dossiers, in its order."""
    found = wanted_of(wanted, by=by, at=Moments.of(at), fields=fields or {})
    return list(_ordered(found, order_of(wanted), None).values_list("code", flat=True)[:limit])


def neighbours(
    code: str,
    wanted: Wanted,
    *,
    by: Actor,
    at: datetime,
    fields: Mapping[str, frozenset[str]] | None = None,
) -> tuple[str | None, str | None]:
    """
    Return the codes before and after a dossier in a list, also when it has left it (2 statements).
    """
    here = Dossier.objects.visible_to(by).filter(code=code).values_list("due_at", "id").first()
    if here is None:
        return None, None
    found = wanted_of(wanted, by=by, at=Moments.of(at), fields=fields or {}).exclude(code=code)
    sort, place = order_of(wanted), After(*here)
    before, after = (
        _ordered(found, sort, place, backwards=back).values_list("code", "due_at", "id")[:1]
        for back in (True, False)
    )
    places = {code: (due_at, id_) for code, due_at, id_ in before.union(after, all=True)}
    later = {code for code, there in places.items() if _is_later(sort, there, here)}
    return next(iter(places.keys() - later), None), next(iter(later), None)


@for_rooms
def choices(agency: str) -> Choices:
    """Return what an agency's open dossiers can be filtered by (four statements)."""
    found = open_ones(by=Actor("", agency=agency)).order_by()
    named = sorted(found.values_list("procedure", "title").distinct(), key=lambda pair: pair[1])
    fields: dict[str, set[str]] = {}
    for hit in procedures([code for code, _title in named]):
        fields.setdefault(hit.field, set()).add(hit.code)
    held = found.exclude(holder="").values_list("holder", "holder_name").distinct()
    offices = found.exclude(office=None).values_list("office", "office__name").distinct()
    return Choices(
        tuple(named),
        {name: frozenset(fields[name]) for name in sorted(fields)},
        tuple(sorted(held, key=lambda pair: pair[1])),
        tuple(sorted(offices, key=lambda pair: pair[1])),
    )


@for_rooms
def order_of(wanted: Wanted) -> Sort:
    """Return the order of a list: one with finished dossiers is by filing, the newest first."""
    return Sort.NEWEST if wanted.finished and wanted.sort is Sort.DUE else wanted.sort


def _ordered(
    found: DossierQuerySet, sort: Sort, after: After | None, *, backwards: bool = False
) -> DossierQuerySet:
    up = (sort is not Sort.NEWEST) is not backwards
    way = "gt" if up else "lt"
    if after is not None and sort is Sort.DUE:
        found = found.filter(
            Q(**{f"due_at__{way}": after.due_at})
            | Q(due_at=after.due_at, **{f"id__{way}": after.id}),
            **{f"due_at__{way}e": after.due_at},
        )
    elif after is not None:
        found = found.filter(**{f"id__{way}": after.id})
    names = ("due_at", "id") if sort is Sort.DUE else ("id",)
    return found.order_by(*(name if up else f"-{name}" for name in names))


def _is_later(sort: Sort, there: tuple[datetime, int], here: tuple[datetime, int]) -> bool:
    if sort is Sort.DUE:
        return there > here
    return (there[1] > here[1]) is (sort is Sort.OLDEST)


def _held(x: Any, line: DossierLine, *, by: Actor) -> Held:
    """Return what the rules need to know of a row: of its people only whether ``by`` is one."""
    return Held(
        applicant=by.id if by.id in (x.applicant, x.agent, x.filer) else "",
        agency=x.agency,
        state=line.state,
        stage_role=Role(x.stage_role),
        owes=line.unpaid,
        asked_times=x.asked_times,
        reappointments=x.reappointments,
    )


@lru_cache(maxsize=10_000)
def _takeable(by: Actor, held: Held) -> tuple[Step | None, Step | None]:
    """Return the step onward and the one back that may be taken; many rows are alike in this."""
    may = {step for step in (*ONWARD, *BACKWARD) if may_take(step, by=by, held=held)}
    if held.owes:
        may.discard(Step.ACCEPT)
    return (
        next((step for step in ONWARD if step in may), None),
        next((step for step in BACKWARD if step in may), None),
    )
