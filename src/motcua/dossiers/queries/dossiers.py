"""Questions about dossiers, on behalf of someone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from motcua.backbone.looks import Looker, colleagues_looking, record_look
from motcua.dossiers.models import Dossier, Rating, Transition
from motcua.dossiers.models.hot import whole
from motcua.dossiers.queries.allowed import may_now
from motcua.dossiers.queries.lines import due_of
from motcua.dossiers.queries.near import is_near
from motcua.dossiers.queries.passed_on import no_longer_here
from motcua.dossiers.rules.access import INSTEAD_OF, MOST, is_theirs
from motcua.dossiers.rules.clock import Due
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.rules.linked import SOURCE
from motcua.dossiers.rules.words import may_read_reason
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_

OPEN_FOR = timedelta(minutes=15)
"""How long after a look somebody is taken to have a dossier open still."""
_WHOLE = N_("Dossier")
_WITH_PERSON = N_("Dossier, with the applicant's number, birth date, phone and e-mail")


class UnknownDossier(NotFound):
    code = "dossiers.unknown-dossier"
    message = N_("There is no dossier {dossier} that you may see. Check the code.")


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of a dossier's history; from ``agency`` on what the dossier had after it."""

    step: Step
    before: str
    state: State
    stage: int
    by: str
    by_name: str
    reason: str
    details: dict[str, list[str]]
    at: datetime
    agency: str
    due_at: datetime
    counted_late: bool = False

    @property
    def instead_of(self) -> list[str]:
        """Return the absent colleague in whose place it was taken, if it was."""
        return self.details.get(INSTEAD_OF, [])


@dataclass(frozen=True, slots=True)
class DossierView:
    """
    One dossier, whole.

    ``claim`` is told to clerks only, who print it on the receipt. ``mine`` tells that the one who
    asks is its applicant or may act for them, who read no reason that officials gave each
    other and no ``result`` before it is returned; an official who is near to them reads none
    either. ``may`` are the steps the one who asks can take now; ``linked`` tells that it is part
    of a linked filing.
    """

    code: str
    agency: str
    procedure: str
    title: str
    pack: str
    applicant: str
    applicant_name: str
    filer: str
    filer_name: str
    agent: str
    authority: UUID | None
    channel: int
    answers: Mapping[str, Any]
    papers: Mapping[str, list[str]]
    state: State
    stage: int
    stage_role: Role
    holder: str
    holder_name: str
    due: Due
    due_at: datetime
    filed_at: datetime
    received_at: datetime | None
    done_at: datetime | None
    returned_at: datetime | None
    waiting_since: datetime | None
    wait_until: datetime | None
    stage_due_at: datetime | None
    counted_late: bool
    claim: str
    return_by: int
    return_to: dict[str, str] | None
    reappointments: int
    asked_times: int
    archive_on: date | None
    archive_action: str
    office: int | None
    asked: dict[str, Any] | None
    fee: int
    paid_at: datetime | None
    result: str | None
    version: int
    history: tuple[StepTaken, ...]
    rating: int | None
    rating_comment: str
    rating_answers: Mapping[str, str]
    may: frozenset[Step]
    mine: bool
    linked: bool


def dossier(code: str, *, by: Actor, at: datetime) -> DossierView:
    """
    Return one dossier the actor may see, with its history (one statement, as ``near_to`` is known).

    :raises UnknownDossier: if there is none, or the actor may not know that there is
    :raises NoLongerHere: if the official's agency had it and passed it on
    """
    found = whole(code, by)
    if found is None:
        raise no_longer_here(code, by=by, at=at) or UnknownDossier(dossier=code)
    row, steps, given = found
    rating = None if given is None else Rating(score=given[0], comment=given[1], answers=given[2])
    return _view(row, tuple(_read(x) for x in steps), rating, by=by, at=at)


def dossiers_named(codes: Collection[str], *, by: Actor, at: datetime) -> dict[str, DossierView]:
    """Return those of ``codes`` that the actor may see, with their histories; two statements."""
    wanted = Dossier.objects.visible_to(by).filter(code__in=codes).select_related("rating")
    found = list(
        wanted.prefetch_related(Prefetch("transitions", Transition.objects.order_by("id")))
    )
    return {x.code: _view(x, _history(x), getattr(x, "rating", None), by=by, at=at) for x in found}


def dossier_for_work(code: str, *, by: Actor, at: datetime, purpose: str) -> DossierView:
    """
    Return one dossier; an official's look is written down for the applicant to see.

    :raises UnknownDossier: as ``dossier``
    """
    view = dossier(code, by=by, at=at)
    record_look(view.applicant, _WHOLE, reference=code, purpose=purpose, by=by, at=at)
    return view


def dossier_while_open(code: str, *, by: Actor, at: datetime, purpose: str) -> DossierView:
    """
    Return one dossier for what stands beside it: the form of a step, remarks, opinions.

    An official's look is written down, unless they have the dossier open (``OPEN_FOR``) anyway.

    :raises UnknownDossier: as ``dossier``
    """
    view = dossier(code, by=by, at=at)
    how: Any = {"unless_since": at - OPEN_FOR, "part_of": (_WITH_PERSON,)}
    record_look(view.applicant, _WHOLE, reference=code, purpose=purpose, by=by, at=at, **how)
    return view


def case_for_work(code: str, *, by: Actor, at: datetime, purpose: str) -> DossierView:
    """
    Return one dossier to be shown with its applicant's own data: one look, written down once.

    :raises UnknownDossier: as ``dossier``
    """
    view = dossier(code, by=by, at=at)
    record_look(view.applicant, _WITH_PERSON, reference=code, purpose=purpose, by=by, at=at)
    return view


def colleagues_at(view: DossierView, *, by: Actor, at: datetime) -> tuple[Looker, ...]:
    """
    Return which colleagues have a dossier open now, as far as looks tell; the first comes first.

    Whoever opened it in the last fifteen minutes and has taken no step since.
    """
    acted: dict[str, datetime] = {taken.by: taken.at for taken in view.history}
    looking = colleagues_looking(view.applicant, view.code, by=by, since=at - OPEN_FOR)
    return tuple(x for x in looking if x.by not in acted or acted[x.by] < x.last)


def answers_for_taking(code: str, *, by: Actor, at: datetime, purpose: str) -> DossierView:
    """
    Return one dossier whose answers are taken away as a file; an official's taking is written down.

    :raises UnknownDossier: as ``dossier``
    """
    view = dossier(code, by=by, at=at)
    what = N_("Answers of a dossier, as a file")
    record_look(view.applicant, what, reference=code, purpose=purpose, by=by, at=at)
    return view


def _read(known: list[Any]) -> StepTaken:
    """Return a step as ``whole`` reads it."""
    step, before, state, stage, by, by_name, reason, details, at, agency, due_at, late = known
    return StepTaken(
        Step(step),
        before,
        State(state),
        stage,
        by,
        by_name,
        reason,
        details,
        datetime.fromisoformat(at),
        agency,
        datetime.fromisoformat(due_at),
        late,
    )


def _history(x: Dossier) -> tuple[StepTaken, ...]:
    return tuple(_taken(each) for each in x.transitions.all())


def _taken(x: Transition) -> StepTaken:
    return StepTaken(
        step=Step(x.step),
        before=x.before,
        state=State(x.state),
        stage=x.stage,
        by=x.by,
        by_name=x.by_name,
        reason=x.reason,
        details=x.details,
        at=x.at,
        agency=x.agency,
        due_at=x.due_at,
        counted_late=x.counted_late,
    )


AS_STORED = (
    "code agency procedure title pack applicant applicant_name filer filer_name agent "
    "authority channel answers papers stage holder holder_name due_at filed_at received_at "
    "done_at returned_at waiting_since wait_until stage_due_at counted_late asked fee "
    "paid_at version return_by return_to reappointments asked_times archive_on archive_action"
).split()


def _view(
    x: Dossier,
    history: tuple[StepTaken, ...],
    rating: Rating | None,
    *,
    by: Actor,
    at: datetime,
) -> DossierView:
    state = State(x.state)
    mine = is_theirs(by=by, applicant=x.applicant, agent=x.agent)
    near = not mine and is_near(x, by=by)
    may = frozenset[Step]() if near else may_now(x, by=by) - _in_vain(x, history, at=at)
    return DossierView(
        **{name: getattr(x, name) for name in AS_STORED},
        state=state,
        stage_role=Role(x.stage_role),
        due=due_of(x, at),
        result=str(x.result) if x.result and (not mine or state is State.RETURNED) else None,
        history=tuple(_told(taken, by=by) for taken in history) if mine or near else history,
        rating=rating.score if rating else None,
        rating_comment=rating.comment if rating else "",
        rating_answers=rating.answers if rating else {},
        may=may,
        claim=x.claim if by.serves(x.agency, Role.CLERK) else "",
        mine=mine,
        linked=x.source == SOURCE,
        office=x.office_id,
    )


def _told(taken: StepTaken, *, by: Actor) -> StepTaken:
    """Return a step as the applicant reads it: what officials wrote to each other is left out."""
    if may_read_reason(taken.step, own=taken.by == by.id):
        return taken
    return replace(taken, reason="")


def _in_vain(x: Dossier, history: tuple[StepTaken, ...], *, at: datetime) -> set[Step]:
    """Return steps that the table has, though there is nothing to take back or put off."""
    asked = sum(x.step is Step.ASK_PAYMENT and bool(x.details.get("fees")) for x in history)
    taken_back = sum(x.step is Step.WAIVE for x in history)
    too_late = at >= x.due_at or x.reappointments >= MOST
    return ({Step.WAIVE} if asked <= taken_back else set()) | (
        {Step.REAPPOINT} if too_late else set()
    )
