"""The papers of the one-stop desk about one dossier (Circular 01/2018/TT-VPCP)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from motcua.agencies.queries.agencies import Agency, agency, names_of
from motcua.agencies.queries.posts import holders
from motcua.dossiers.models import Opinion
from motcua.dossiers.queries.dossiers import DossierView, StepTaken, dossier_for_work
from motcua.dossiers.queries.stage_times import Calendars
from motcua.dossiers.rules.control import Leg, Passed, legs_of
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.opinions import OpinionState
from motcua.dossiers.rules.purposes import purpose_of
from motcua.identity.queries.people import Contact, contact_if_any
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_
from motcua.packs.queries.packs import Pack, pack


class Kind(StrEnum):
    """A paper that a step of the dossier brings about, by the word in its address."""

    SUPPLEMENT = "bo-sung"
    REFUSAL = "tu-choi"
    APOLOGY = "xin-loi"


STEP_OF = {
    Kind.SUPPLEMENT: Step.ASK_SUPPLEMENT,
    Kind.REFUSAL: Step.REFUSE,
    Kind.APOLOGY: Step.REAPPOINT,
}


SLIP_WORDS = {
    Kind.SUPPLEMENT: N_("Request for supplement"),
    Kind.REFUSAL: N_("Refusal slip"),
    Kind.APOLOGY: N_("Apology and new appointment"),
}
"""What each paper is called in a list."""


class NoSuchSlip(NotFound):
    code = "dossiers.no-such-slip"
    message = N_("This dossier has no such paper. Open the dossier to see which it has.")


@dataclass(frozen=True, slots=True)
class SlipRef:
    """A paper a dossier has: which of its kind, counted from 1, and of when."""

    kind: Kind
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Slip:
    """
    A paper about a dossier: the step that brought it about, and how to reach the applicant.

    ``agency`` is the one that took the step, whoever has the dossier now; it came there
    ``came_at``. ``by_leader`` tells that one of its leaders took it, in their own post.
    """

    kind: Kind
    number: int
    taken: StepTaken
    dossier: DossierView
    pack: Pack
    agency: Agency
    came_at: datetime
    by_leader: bool
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class Along:
    """An agency asked for its opinion, and when it was given or recalled."""

    name: str
    state: OpinionState
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class ControlSlip:
    """
    How a dossier went from hand to hand; ``along`` is who was asked for an opinion.

    ``names`` are those of the agencies that had it.
    """

    dossier: DossierView
    pack: Pack
    agency: Agency
    legs: tuple[Leg, ...]
    names: Mapping[str, str]
    along: tuple[Along, ...]


@for_rooms
def slips_of(view: DossierView) -> tuple[SlipRef, ...]:
    """Return the papers that the steps of a dossier brought about, the latest first."""
    found = []
    for kind, step in STEP_OF.items():
        taken = [x for x in view.history if x.step is step]
        found += [SlipRef(kind, n, x.at) for n, x in enumerate(taken, start=1)]
    return tuple(sorted(found, key=lambda ref: ref.at, reverse=True))


def slip(code: str, kind: Kind, number: int, *, by: Actor, at: datetime) -> Slip:
    """
    Return a paper of a dossier the actor may see; an official's look is written down.

    :param number: which of its kind, counted from 1
    :raises UnknownDossier: if there is no such dossier for them
    :raises NoSuchSlip: if the dossier has no such paper
    """
    view = dossier_for_work(code, by=by, at=at, purpose=purpose_of(by))
    taken = [x for x in view.history if x.step is STEP_OF[kind]]
    if not 0 < number <= len(taken):
        raise NoSuchSlip
    step = taken[number - 1]
    return Slip(
        kind=kind,
        number=number,
        taken=step,
        dossier=view,
        pack=pack(view.pack),
        agency=agency(step.agency),
        came_at=_came_at(view, step),
        by_leader=step.by in {x.holder for x in holders(step.agency, Role.LEADER, at=step.at)},
        contact=contact_if_any(view.agent or view.applicant),
    )


def control_slip(code: str, *, by: Actor, at: datetime) -> ControlSlip:
    """
    Return how a dossier of the official's agency went from hand to hand; the look is written down.

    :raises UnknownDossier: if there is no such dossier for them
    :raises NoSuchSlip: for its applicant: this paper is the agency's own
    """
    view = dossier_for_work(code, by=by, at=at, purpose=purpose_of(by))
    if view.agency != by.agency:
        raise NoSuchSlip
    definition = pack(view.pack)
    passed = [Passed(x.step, x.state, x.stage, x.by_name, x.at, x.agency) for x in view.history]
    limits = [stage.limit for stage in definition.workflow]
    legs = legs_of(passed, limits, Calendars())
    names = names_of({leg.agency for leg in legs})
    return ControlSlip(view, definition, agency(view.agency), legs, names, _along(view))


def _came_at(view: DossierView, step: StepTaken) -> datetime:
    """Return when a dossier came to the agency that took a step of it."""
    before = view.history[: view.history.index(step)]
    passed = [x.at for x in before if x.step is Step.TRANSFER and x.agency == step.agency]
    return passed[-1] if passed else view.filed_at


def _along(view: DossierView) -> tuple[Along, ...]:
    """Return whom the dossier's agency asked, in order; one that was asked again stands twice."""
    asked = Opinion.objects.filter(dossier__code=view.code, asking=view.agency)
    rows = list(asked.order_by("asked_at").values_list("agency", "state", "ended_at"))
    names = names_of({each for each, _state, _ended in rows})
    return tuple(Along(names[each], OpinionState(state), ended) for each, state, ended in rows)
