"""A dossier's way as doors: what was done, who has it now, what comes next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.formats import limit, moment
from motcua.dossiers.queries.dossiers import DossierView, StepTaken
from motcua.dossiers.queries.questions import QuestionSeen
from motcua.dossiers.rules.lifecycle import OPEN, UNSETTLED, WAITING, State, Step
from motcua.dossiers.rules.words import HAPPENED, ROLE_WORDS, TOLD_TO_APPLICANT, YOU_DID
from motcua.dossiers.web.timeline_notes import agencies_named, calendar_note, notes_on
from motcua.kernel.actors import Role
from motcua.packs.queries.packs import Pack, WorkStep

STAYS = frozenset({Step.REAPPOINT, Step.CONSULT, Step.CONSULTED, Step.RECALL})
"""Steps after which whoever has the dossier still has it."""


@dataclass(frozen=True, slots=True)
class Door:
    """
    One stop on the way: ``state`` is done, now or next.

    ``said`` is a reason worth quoting, ``notes`` what else is to be known, a sentence each.
    """

    state: str
    title: str
    text: str
    said: str = ""
    notes: tuple[str, ...] = ()


def doors_of(view: DossierView, pack: Pack) -> list[Door]:
    """Return the way of a dossier as its applicant sees it, first a door for each step taken."""
    stages = _stages(pack)
    return [*_past(view, stages), *_present(view, stages), *_future(view, stages)]


def doors_with_questions(
    view: DossierView, pack: Pack, asked: Sequence[QuestionSeen]
) -> list[Door]:
    """Return the same, with what was asked and answered where it belongs in time."""
    stages = _stages(pack)
    past = [(taken.at, door) for taken, door in zip(view.history, _past(view, stages), strict=True)]
    for question in asked:
        past += _question(question)
    told = [door for _at, door in sorted(past, key=lambda each: each[0])]
    return [*told, *_present(view, stages), *_future(view, stages)]


def holder_of(view: DossierView, *, mine: bool) -> str:
    """Return in words who has the dossier now, or nothing when it is finished."""
    if view.state not in OPEN:
        return ""
    if view.state in WAITING:
        return _("You") if mine else view.applicant_name
    return view.holder_name or (
        _("One-stop desk") if view.state is not State.IN_PROCESS else _("Nobody yet")
    )


def _stages(pack: Pack) -> Sequence[WorkStep]:
    """Return the stages; handing over ends every way, whether the pack names it or not."""
    stages = pack.workflow
    return stages[:-1] if len(stages) > 1 and stages[-1].role is Role.CLERK else stages


def _named(stages: Sequence[WorkStep], number: int) -> str:
    language = get_language() or "vi"
    return stages[number].name[language] if number < len(stages) else _("Processing")


def _past(view: DossierView, stages: Sequence[WorkStep]) -> list[Door]:
    named = agencies_named(view)
    places = names_of(named) if len(named) > 1 else {}
    return [
        _done(taken, view, stages, notes_on(view, number, places))
        for number, taken in enumerate(view.history)
    ]


def _done(
    taken: StepTaken, view: DossierView, stages: Sequence[WorkStep], notes: tuple[str, ...]
) -> Door:
    mine = taken.by in {view.applicant, view.agent}
    title = _(YOU_DID[taken.step]) if mine and taken.step in YOU_DID else _(HAPPENED[taken.step])
    said = taken.reason if taken.step in TOLD_TO_APPLICANT else ""
    parts = [moment(taken.at)]
    if not mine and not taken.by.startswith("system:"):
        parts.append(taken.by_name)
        parts += [_("in place of %(name)s") % {"name": name} for name in taken.instead_of]
    if taken.step in (Step.FORWARD, Step.PROPOSE, Step.SEND_BACK) and taken.stage < len(stages):
        parts.append(_("next: %(stage)s") % {"stage": _named(stages, taken.stage)})
    return Door("done", title, ", ".join(parts), said, notes)


def _question(asked: QuestionSeen) -> Iterator[tuple[datetime, Door]]:
    about = f"{moment(asked.at)}, {asked.by_name}"
    yield asked.at, Door("done", _("A question was asked"), about, asked.text)
    if asked.answered_at is not None:
        who = ", ".join(filter(None, (asked.answered_name, asked.post)))
        about = f"{moment(asked.answered_at)}, {who}"
        yield asked.answered_at, Door("done", _("The agency answered"), about, asked.answer)


def _present(view: DossierView, stages: Sequence[WorkStep]) -> Iterator[Door]:
    if view.state not in OPEN:
        return
    notes = tuple(filter(None, (*_until(view), calendar_note(view))))
    titles = {
        State.SUPPLEMENT: _("You send what was asked for"),
        State.PAYMENT: _("You pay the fee"),
        State.NEW: _("The one-stop desk checks and accepts it"),
        State.RECEIVED: _("The one-stop desk passes it on for processing"),
        State.DONE: _("The one-stop desk returns the result"),
    }
    title = titles.get(view.state) or _named(stages, view.stage)
    text = _with_you(view) if view.state in WAITING else _with_them(view)
    yield Door("now", title, text, notes=notes)


def _stays(taken: StepTaken) -> bool:
    """Tell whether a step left the dossier with whoever had it."""
    return taken.step in STAYS or (taken.step is Step.WAIVE and taken.before == taken.state)


def _with_them(view: DossierView) -> str:
    since = [taken.at for taken in view.history if not _stays(taken)][-1]
    if view.holder_name:
        role = view.stage_role if view.state is State.IN_PROCESS else Role.CLERK
        holder = f"{view.holder_name} ({_(ROLE_WORDS[role]).lower()})"
    elif view.state is State.IN_PROCESS:
        return _("Waiting since %(moment)s.") % {"moment": moment(since)}
    else:
        holder = _("the one-stop desk")
    return _("It is with %(holder)s, since %(moment)s.") % {
        "holder": holder,
        "moment": moment(since),
    }


def _with_you(view: DossierView) -> str:
    since = view.waiting_since or view.filed_at
    return _(
        "It is with you since %(moment)s. While the agency waits, its time limit stands still."
    ) % {"moment": moment(since)}


def _until(view: DossierView) -> Iterator[str]:
    """Yield by when this is to be done: the applicant's wait, or the stage's own limit."""
    if view.state in WAITING and view.wait_until is not None:
        yield _("Act by %(moment)s. After that the agency stops processing the dossier.") % {
            "moment": moment(view.wait_until)
        }
    elif view.stage_due_at is not None:
        yield _("This stage is to be over by %(moment)s.") % {"moment": moment(view.stage_due_at)}
    if view.counted_late and view.state in UNSETTLED:
        yield _("It was appointed anew twice, so it counts as late.")


def _future(view: DossierView, stages: Sequence[WorkStep]) -> Iterator[Door]:
    if view.state not in OPEN or view.state is State.DONE:
        return
    begun = view.stage + (view.state not in WAITING)
    for number in range(max(begun, 1 if view.received_at else 0), len(stages)):
        allowed = stages[number].limit
        text = _("Time for it: %(limit)s") % {"limit": limit(allowed)} if allowed else ""
        yield Door("next", _named(stages, number), text)
    yield Door("next", _("The result is returned"), _by_when(view))


def _by_when(view: DossierView) -> str:
    if view.state in WAITING:
        return _("%(moment)s, and later by as long as the agency waits for you") % {
            "moment": moment(view.due_at)
        }
    return _("By %(moment)s") % {"moment": moment(view.due_at)}
