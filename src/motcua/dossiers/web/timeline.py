"""A dossier's way as doors: what was done, who has it now, what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.backbone.formats import moment
from motcua.dossiers.queries.dossiers import DossierView, StepTaken
from motcua.dossiers.rules.lifecycle import OPEN, WAITING, State, Step
from motcua.dossiers.rules.words import HAPPENED, TOLD_TO_APPLICANT, YOU_DID
from motcua.kernel.actors import Role
from motcua.packs.queries.packs import Pack


@dataclass(frozen=True, slots=True)
class Door:
    """One stop on the way: ``state`` is done, now or next; ``said`` a reason worth quoting."""

    state: str
    title: str
    text: str
    said: str = ""


def doors_of(view: DossierView, pack: Pack) -> list[Door]:
    """Return the way of a dossier as its applicant sees it."""
    language = get_language() or "vi"
    stages = [stage.name[language] for stage in pack.workflow]
    if pack.workflow and pack.workflow[-1].role is Role.CLERK and len(stages) > 1:
        stages.pop()  # handing the result over ends every way, whether the pack names it or not
    past = [_done(taken, view, stages) for taken in view.history]
    return [*past, *_present(view, stages), *_future(view, stages)]


def holder_of(view: DossierView, *, mine: bool) -> str:
    """Return in words who has the dossier now, or nothing when it is finished."""
    if view.state not in OPEN:
        return ""
    if view.state in WAITING:
        return _("You") if mine else view.applicant_name
    return view.holder_name or (
        _("One-stop desk") if view.state is not State.IN_PROCESS else _("Nobody yet")
    )


def _done(taken: StepTaken, view: DossierView, stages: list[str]) -> Door:
    mine = taken.by in {view.applicant, view.agent}
    title = _(YOU_DID[taken.step]) if mine and taken.step in YOU_DID else _(HAPPENED[taken.step])
    said = taken.reason if taken.step in TOLD_TO_APPLICANT else ""
    parts = [moment(taken.at)]
    if not mine and not taken.by.startswith("system:"):
        parts.append(taken.by_name)
    if taken.step in (Step.FORWARD, Step.PROPOSE, Step.SEND_BACK) and taken.stage < len(stages):
        parts.append(_("next: %(stage)s") % {"stage": stages[taken.stage]})
    return Door("done", title, ", ".join(parts), said)


def _present(view: DossierView, stages: list[str]) -> Iterator[Door]:
    if view.state not in OPEN:
        return
    since = view.history[-1].at
    where = _("It is with %(holder)s, since %(moment)s.") % {
        "holder": view.holder_name or _("the one-stop desk"),
        "moment": moment(since),
    }
    match view.state:
        case State.SUPPLEMENT:
            yield Door("now", _("You send what was asked for"), _with_you(view))
        case State.PAYMENT:
            yield Door("now", _("You pay the fee"), _with_you(view))
        case State.NEW:
            yield Door("now", _("The one-stop desk checks and accepts it"), where)
        case State.RECEIVED:
            yield Door("now", _("The one-stop desk passes it on for processing"), where)
        case State.DONE:
            yield Door("now", _("The one-stop desk returns the result"), where)
        case _:
            name = stages[view.stage] if view.stage < len(stages) else _("Processing")
            held = (
                where
                if view.holder_name
                else _("Waiting since %(moment)s.") % {"moment": moment(since)}
            )
            yield Door("now", name, held)


def _with_you(view: DossierView) -> str:
    since = view.waiting_since or view.filed_at
    return _(
        "It is with you since %(moment)s. While the agency waits, its time limit stands still."
    ) % {"moment": moment(since)}


def _future(view: DossierView, stages: list[str]) -> Iterator[Door]:
    if view.state not in OPEN or view.state is State.DONE:
        return
    for name in stages[view.stage + 1 :]:
        yield Door("next", name, "")
    yield Door("next", _("The result is returned"), _by_when(view))


def _by_when(view: DossierView) -> str:
    if view.state in WAITING:
        return _("%(moment)s, and later by as long as the agency waits for you") % {
            "moment": moment(view.due_at)
        }
    return _("By %(moment)s") % {"moment": moment(view.due_at)}
