"""Asking another agency for its opinion on a dossier (lấy ý kiến), and giving it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime

from motcua.agencies.queries.calendars import calendar_of_known
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import OpinionGiven, OpinionRecalled
from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.operations.moving import check_step, locked, record_step
from motcua.dossiers.operations.standing import check_stranger
from motcua.dossiers.operations.step_checks import held
from motcua.dossiers.operations.transferring import open_agency
from motcua.dossiers.rules.access import OPINION_ROLES, NotYourStep
from motcua.dossiers.rules.clock import limit_facts
from motcua.dossiers.rules.lifecycle import UNSETTLED, State, Step, may_follow
from motcua.dossiers.rules.opinions import OpinionState, View
from motcua.files.operations.keeping import attach
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid, NotFound
from motcua.kernel.text import N_, letters
from motcua.kernel.worktime import Limit, due_at
from motcua.packs.queries.packs import pack

__all__ = [
    "AskedAlready",
    "NoSuchOpinion",
    "OpinionEnded",
    "OpinionUnclear",
    "View",
    "ask_opinion",
    "check_opinion",
    "close_opinions",
    "give_opinion",
    "recall_opinion",
]

MOST_FILES = 5


class AskedAlready(Conflict):
    code = "dossiers.opinion-asked-already"
    message = N_("{agency} is asked about this dossier already. Wait for its answer, or recall it.")


class OpinionUnclear(Invalid):
    code = "dossiers.opinion-unclear"
    message = N_("Write at least 10 letters, and choose only from what this dossier has.")


class NoSuchOpinion(NotFound):
    code = "dossiers.no-such-opinion"
    message = N_("There is no such request for an opinion. Choose one from your list.")


class OpinionEnded(Conflict):
    code = "dossiers.opinion-ended"
    message = N_("This opinion is given already, or no longer needed. Nothing was changed.")


@one_transaction
def ask_opinion(  # noqa: PLR0913 (an opinion is asked with all of this)
    code: str,
    agency: str,
    question: str,
    papers: Sequence[str],
    limit: Limit,
    *,
    by: Actor,
    at: datetime,
    fields: Sequence[str] = (),
    seen: int | None = None,
) -> str:
    """
    Ask another agency; return the id. It sees the papers and answers named, as they are now.

    The dossier's own clock goes on. It is approved only when each opinion is given or recalled.

    :param limit: the time to answer, on the calendar of the agency asked
    :raises NotThere: if that agency is not at work here, or is the dossier's own
    :raises AskedAlready: if it is asked about this dossier and has not answered
    :raises OpinionUnclear: if something shared is not of this dossier
    :raises ReasonNeeded: if there is no question
    :raises StaleVersion: if the dossier's version is not ``seen``
    """
    dossier = locked(code, by=by, seen=seen)
    target = check_step(dossier, Step.CONSULT, by=by, reason=question)
    there = open_agency(agency, other_than=dossier.agency, at=at)
    if Opinion.objects.filter(dossier=dossier, agency=agency, state=OpinionState.OPEN).exists():
        raise AskedAlready(agency=there.name)
    _check_shared(dossier, papers, fields)
    opinion = Opinion(dossier=dossier, agency=agency, asking=dossier.agency, asked_at=at)
    opinion.asked_by, opinion.asked_by_name = by.id, by.name
    opinion.question = question.strip()
    _share(opinion, dossier, papers, fields)
    opinion.limit = limit_facts(limit)
    opinion.due_at = due_at(localtime(at), limit, calendar_of_known(there))
    opinion.save(force_insert=True)
    details = {"agency": [agency], "name": [there.name], "opinion": [str(opinion.pk)]}
    record_step(dossier, Step.CONSULT, target, by=by, at=at, reason=question, details=details)
    return str(opinion.pk)


def _check_shared(dossier: Dossier, papers: Sequence[str], fields: Sequence[str]) -> None:
    known = {field.id for field in pack(dossier.pack).form.fields}
    if set(papers) - set(dossier.papers) or set(fields) - known:
        raise OpinionUnclear(problems=[{"at": "papers", "message": OpinionUnclear.message}])


def _share(
    opinion: Opinion, dossier: Dossier, papers: Sequence[str], fields: Sequence[str]
) -> None:
    """Put in what the agency asked is to see, as it is now: later changes are not its matter."""
    opinion.papers, opinion.fields = [*papers], [*fields]
    opinion.answers = {name: dossier.answers.get(name) for name in fields}
    opinion.shared = {paper: dossier.papers[paper] for paper in papers}


def check_opinion(text: str, files: int) -> None:
    """
    Check an answer before its files are taken in.

    :raises OpinionUnclear: if the text is too short, or there are too many files
    """
    if letters(text) < 10 or files > MOST_FILES:
        raise OpinionUnclear(problems=[{"at": "text", "message": OpinionUnclear.message}])


@one_transaction
def give_opinion(
    id: str,  # noqa: A002
    text: str,
    view: View,
    files: Sequence[str] = (),
    *,
    by: Actor,
    at: datetime,
) -> None:
    """
    Answer in the name of the agency asked.

    It is a step of the dossier, which stays where it is, whether it is worked on or waits.

    :param files: ids of files the actor kept before
    :raises NoSuchOpinion: if nothing such was asked of the actor's agency
    :raises OpinionEnded: if it is given already or recalled
    :raises NotYourStep: if the actor is neither specialist nor leader there
    :raises OwnDossier: if it is on their own dossier
    :raises ConflictOfInterest: if it is on a relative's
    :raises OpinionUnclear: if the text is too short, or there are too many files
    """
    opinion, dossier = _held(id)
    if opinion.agency != by.agency:
        raise NoSuchOpinion
    if by.roles.isdisjoint(OPINION_ROLES):
        raise NotYourStep(step=Step.CONSULTED.value)
    check_stranger(held(dossier), by=by, step=Step.CONSULTED.value)
    check_opinion(text, len(files))
    if files:
        attach(files, to=dossier.code, by=by)
    _end(opinion, OpinionState.GIVEN, by=by, at=at, view=view, text=text.strip(), files=list(files))
    if Step.CONSULTED in may_follow(State(dossier.state)):
        asked = frozenset({opinion.agency})
        target = check_step(dossier, Step.CONSULTED, by=by, consulted=asked)
        details = {"agency": [opinion.agency], "opinion": [id], "view": [view.value]}
        record_step(dossier, Step.CONSULTED, target, by=by, at=at, reason=text, details=details)
    _announce_given(opinion, dossier.code, by=by, at=at)


@one_transaction
def recall_opinion(id: str, *, by: Actor, at: datetime) -> None:  # noqa: A002
    """
    Ask no longer: the agency asked sees nothing of the dossier any more.

    It is a step of the dossier, which stays where it is, whether it is worked on or waits.

    :raises NoSuchOpinion: if the actor's agency did not ask such a thing
    :raises OpinionEnded: if it is given already or recalled
    :raises NotYourStep: if the actor is neither specialist nor leader of the agency that asked
    :raises ConflictOfInterest: if the dossier is a relative's; `OwnDossier` if their own
    """
    opinion, dossier = _held(id)
    if not by.serves(dossier.agency):
        raise NoSuchOpinion
    if by.roles.isdisjoint(OPINION_ROLES):
        raise NotYourStep(step=Step.RECALL.value)
    check_stranger(held(dossier), by=by, step=Step.RECALL.value)
    _recall(opinion, code=dossier.code, by=by, at=at)
    if Step.RECALL in may_follow(State(dossier.state)):
        asked = frozenset({opinion.agency})
        target = check_step(dossier, Step.RECALL, by=by, consulted=asked)
        details = {"agency": [opinion.agency], "opinion": [id]}
        record_step(dossier, Step.RECALL, target, by=by, at=at, details=details)


@one_transaction
def close_opinions(code: str, *, by: Actor, at: datetime) -> None:
    """Recall what is still asked about a dossier that is settled or went elsewhere."""
    dossier = locked(code, by=by)
    open_ = Opinion.objects.select_for_update().filter(dossier=dossier, state=OpinionState.OPEN)
    for opinion in open_:
        if State(dossier.state) not in UNSETTLED or opinion.asking != dossier.agency:
            _recall(opinion, code=code, by=by, at=at)


def _announce_given(opinion: Opinion, code: str, *, by: Actor, at: datetime) -> None:
    given = OpinionGiven(
        subject=code,
        opinion=str(opinion.pk),
        agency=opinion.agency,
        asking=opinion.asking,
        asked_by=opinion.asked_by,
        view=opinion.view,
    )
    announce(given, by=by, at=at)


def _held(id: str) -> tuple[Opinion, Dossier]:  # noqa: A002
    """Return an open opinion and its dossier, both held until the transaction ends."""
    try:
        found = Opinion.objects.filter(pk=UUID(id)).select_related("dossier").first()
    except ValueError:
        raise NoSuchOpinion from None
    if found is None:
        raise NoSuchOpinion
    dossier = locked(found.dossier.code, by=Actor.system("opinions"))
    return Opinion.objects.select_for_update().get(pk=found.pk), dossier


def _recall(opinion: Opinion, *, code: str, by: Actor, at: datetime) -> None:
    _end(opinion, OpinionState.RECALLED, by=by, at=at)
    gone = OpinionRecalled(subject=code, opinion=str(opinion.pk), agency=opinion.agency)
    announce(gone, by=by, at=at)


def _end(
    opinion: Opinion, state: OpinionState, *, by: Actor, at: datetime, **facts: object
) -> None:
    if opinion.state != OpinionState.OPEN:
        raise OpinionEnded
    opinion.state, opinion.ended_at = state, at
    opinion.ended_by, opinion.ended_by_name = by.id, by.name
    for name, value in facts.items():
        setattr(opinion, name, value)
    opinion.save()
