"""Which steps an official's pages offer, under which address, and in which order."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.rules.access import MOST
from motcua.dossiers.rules.clock import Due
from motcua.dossiers.rules.lifecycle import LIFECYCLE, State, Step
from motcua.dossiers.rules.returning import ReturnBy

SLUGS: dict[Step, str] = {
    Step.ACCEPT: "tiep-nhan",
    Step.FORWARD: "chuyen-xu-ly",
    Step.PROPOSE: "de-xuat",
    Step.APPROVE: "phe-duyet",
    Step.RETURN: "tra-ket-qua",
    Step.ASK_SUPPLEMENT: "yeu-cau-bo-sung",
    Step.ASK_PAYMENT: "yeu-cau-nop-phi",
    Step.WAIVE: "thoi-thu-phi",
    Step.SEND_BACK: "tra-lai",
    Step.CONSULT: "lay-y-kien",
    Step.REAPPOINT: "hen-lai",
    Step.TRANSFER: "chuyen-co-quan",
    Step.REFUSE: "tu-choi",
    Step.STOP: "dung-giai-quyet",
    Step.REOPEN: "mo-lai",
}
"""The last part of a step's address, in the order in which the steps are offered."""

STEPS = {slug: step for step, slug in SLUGS.items()}
ONWARD = frozenset({Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE, Step.RETURN})
"""Steps that take a dossier further, of which there is one at a time."""
BACKWARD = frozenset({Step.REFUSE, Step.SEND_BACK})
"""Steps that end a dossier at the desk or return it to the stage before."""
AT_ONCE = frozenset({Step.ACCEPT, Step.FORWARD, Step.RETURN})
"""Steps that need no words: one press takes them; a result that does not go online needs some."""


APPOINTED_ANEW = frozenset(state for state in State if Step.REAPPOINT in LIFECYCLE[state])
WORK = frozenset({Step.FORWARD, Step.PROPOSE, Step.APPROVE, Step.TRANSFER})
"""Steps of those who would appoint a dossier anew."""


@dataclass(frozen=True, slots=True)
class Action:
    """A step on offer: ``kind`` is how its button looks."""

    step: Step
    slug: str
    kind: str
    at_once: bool


def actions_of(view: DossierView) -> list[Action]:
    """Return what the one who asked for ``view`` can do now, the way onward first."""
    ready = view.may - {step for step, _why in held_up(view)}
    offered = [step for step in SLUGS if step in ready]
    return [
        Action(step, SLUGS[step], _kind(step, offered), at_once=_at_once(step, view))
        for step in offered
    ]


def key_of(action: Action) -> str | None:
    """Return the key that takes a step: A the way onward, S a request for more, R the way back."""
    if action.step is Step.ASK_SUPPLEMENT:
        return "s"
    if action.step in BACKWARD:
        return "r"
    return "a" if action.step in ONWARD else None


def held_up(view: DossierView) -> list[tuple[Step, str]]:
    """Return steps that would be taken next but for something, and what that is."""
    waits = []
    if Step.ACCEPT in view.may and view.fee and view.paid_at is None:
        waits.append((Step.ACCEPT, _("It can be accepted once the fee has arrived.")))
    if Step.RETURN in view.may and view.state is State.DONE and view.result is None:
        waits.append((Step.RETURN, _("The result is being made. Reload the page in a moment.")))
    if view.state in APPOINTED_ANEW and view.may & WORK:
        if view.reappointments >= MOST:
            waits.append(
                (Step.REAPPOINT, _("It was appointed anew twice. No further time is set."))
            )
        elif view.due is Due.LATE:
            sentence = _(
                "The hour it was promised for has passed, so it can no longer be appointed anew. "
                "Settle it first, and return the result at once."
            )
            waits.append((Step.REAPPOINT, sentence))
    return waits


def _at_once(step: Step, view: DossierView) -> bool:
    online = view.return_by == ReturnBy.ONLINE
    return step in AT_ONCE and (online or step is not Step.RETURN)


def _kind(step: Step, offered: list[Step]) -> str:
    if step in ONWARD and step is offered[0]:
        return "main"
    return "second" if step is Step.ASK_SUPPLEMENT else "quiet"
