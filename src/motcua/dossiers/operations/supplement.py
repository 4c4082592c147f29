"""Answering a request for supplement in place: only what was asked for may change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import Dossier
from motcua.dossiers.models.hot import HANDED_IN
from motcua.dossiers.operations.answer_files import kinds_refused
from motcua.dossiers.operations.drafts import TooManyFiles
from motcua.dossiers.operations.filing import AnswersNotRight, as_fact
from motcua.dossiers.operations.finding import sought_in
from motcua.dossiers.operations.room import check_room
from motcua.dossiers.operations.standing import check_acting
from motcua.dossiers.operations.steps import Moved, NothingGiven, locked, move
from motcua.dossiers.operations.supplement_follows import check_papers, follow, what_follows
from motcua.dossiers.operations.supplement_lacks import lacking_of
from motcua.dossiers.operations.waiting import answer_hold
from motcua.dossiers.queries.supplement import open_fields
from motcua.dossiers.rules.access import NotYourStep, is_theirs
from motcua.dossiers.rules.corrections import WAS, was_declared
from motcua.dossiers.rules.kinds import fits
from motcua.dossiers.rules.lifecycle import State, Step, StepNotAllowed
from motcua.files.operations.keeping import attach as keep
from motcua.files.operations.keeping import forget_held, pass_on
from motcua.files.queries.kept import file_named, files_named
from motcua.forms.queries.forms import files_in, problems_in, seen
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.packs.queries.packs import Pack, pack, papers_for


class NotAskedFor(Invalid):
    code = "dossiers.not-asked-for"
    message = N_("The agency did not ask for this. Answer only what it named.")


class NotThisPaper(Invalid):
    code = "dossiers.not-this-paper"
    message = N_("This paper cannot be sent in this kind of file.")


@dataclass(frozen=True, slots=True)
class Supplied:
    """
    What is sent: files by paper, corrected answers by field, and a word.

    ``lacking`` is as ``answer_supplement`` takes it: each part left out, and why.
    """

    papers: Mapping[str, Sequence[str]]
    answers: Mapping[str, Any]
    note: str = ""
    lacking: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AtDesk:
    """The clerk who takes an answer at the counter, and by what they know whose it is."""

    clerk: Actor
    identity: str
    tracking: str = ""

    def facts(self) -> dict[str, list[str]]:
        """Return what the history says of it."""
        letter = {"tracking": [self.tracking]} if self.tracking else {}
        return {"at_desk": [self.clerk.name], "identity": [self.identity], **letter}


@one_transaction
def attach_answer(code: str, paper: str, file: str, *, by: Actor, at: datetime) -> None:
    """
    Put a file under a paper that was asked for; it is handed in when the answer is sent.

    Where answers were asked for, corrected ones may ask for any paper of the procedure. One that
    is there already stays as it is.

    :raises NotAskedFor: if the paper was not asked for
    :raises NotThisPaper: if the paper is not taken in this kind of file
    :raises TooManyFiles: if the paper has as many as it may have
    :raises TooMuchInAll: if the dossier's files would be too much together
    :raises NoSuchFile: if the file is gone, another's or used elsewhere
    :raises ActingEnded: if the actor's authority to act for the applicant is over
    """
    put_under(_asked(code, by=by, at=at), paper, file, by=by)


@one_transaction
def detach_answer(code: str, paper: str, file: str, *, by: Actor, at: datetime) -> None:
    """
    Take back a file that was not handed in yet, whoever put it there.

    :raises ActingEnded: if the actor's authority to act for the applicant is over
    """
    dossier = _asked(code, by=by, at=at)
    files = _given(dossier).get(paper, [])
    if file in files:
        _give(dossier, paper, [kept for kept in files if kept != file])
        forget_held(answer_hold(code), by=by, at=at, only=file)


@one_transaction
def answer_supplement(
    code: str,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    note: str = "",
    lacking: Mapping[str, str] | None = None,
) -> None:
    """
    Hand in what was asked for and let the clock run again.

    Files given replace those of the same paper; earlier ones, and what was declared before, stay
    in the history. Where corrected answers change the fee, the papers or the agency, that follows
    and is said.

    :param answers: the corrected answers, by field, and what these newly ask
    :param lacking: which papers the applicant says they do not send, and why, and which answers
        they leave as they were; see ``lacking_of``
    :raises NotAskedFor: if another field is sent
    :raises NothingGiven: if nothing asked for was given, and nobody could be asked why
    :raises PartLacks: if a part lacks, and the applicant did not tick so
    :raises TooMuchInAll: if the dossier's files would be too much together
    :raises AnswersNotRight: if a corrected answer is still wrong
    """
    hand_in(_asked(code, by=by, at=at), answers, note, lacking, by=by, at=at)


@one_transaction
def supply(code: str, sent: Supplied, *, by: Actor, at: datetime, seen: int | None = None) -> Moved:
    """
    Put files under what was asked for and hand the answer in, all at once; return where it stands.

    :param seen: the version the actor was looking at; ``None`` to take it as it is
    :raises StaleVersion: if the dossier changed since ``seen``
    :raises Refusal: as ``attach_answer`` and ``answer_supplement`` do
    """
    dossier = _asked(code, by=by, at=at, seen=seen)
    for paper, files in sent.papers.items():
        for file in files:
            put_under(dossier, paper, file, by=by)
    hand_in(dossier, sent.answers, sent.note, sent.lacking, by=by, at=at)
    return Moved.of(dossier)


def put_under(dossier: Dossier, paper: str, file: str, *, by: Actor) -> None:
    """Put a file of the actor's under a paper, as ``attach_answer`` does."""
    if paper not in _may_be_given(dossier):
        raise NotAskedFor(paper=paper)
    given = _given(dossier).get(paper, [])
    if file in given:
        return
    wanted = next(each for each in pack(dossier.pack).papers if each.id == paper)
    if not fits(file_named(file, by=by).media_type, wanted.accept):
        raise NotThisPaper(paper=paper)
    if len(given) >= wanted.most_files:
        raise TooManyFiles(most=wanted.most_files)
    keep([file], to=answer_hold(dossier.code), by=by)
    _give(dossier, paper, [*given, file])
    check_room({**dossier.papers, **_given(dossier)}, adding=file)


def hand_in(
    dossier: Dossier,
    answers: Mapping[str, Any],
    note: str,
    lacking: Mapping[str, str] | None,
    *,
    by: Actor,
    at: datetime,
    desk: AtDesk | None = None,
) -> None:
    """
    Hand in what was given and these answers, as ``answer_supplement`` does.

    :param desk: who took it at the counter from who stands there, where it came so
    """
    definition, on = pack(dossier.pack), localtime(dossier.filed_at).date()
    corrected = seen(definition.form, {**dossier.answers, **answers}, on=on)
    _check_asked(dossier, answers, on=on)
    follows = what_follows(dossier, corrected, on=on)
    given = _wanted(dossier, follows.papers)
    if not given and not answers and lacking is None:
        raise NothingGiven
    lacks = lacking_of(dossier, given, corrected, lacking)
    _check_answers(dossier, answers, at=at)
    check_papers(follows.papers, {**dossier.papers, **given})
    changed = sorted(x for x in answers if corrected.get(x) != dossier.answers.get(x))
    details = lacks | follows.facts() | {"papers": sorted(given), "fields": changed}
    details |= {WAS: was} if (was := was_declared(dossier.answers, corrected)) else {}
    details["replaced"] = _put_in(dossier, corrected, given, by=by, desk=desk)
    details |= desk.facts() if desk else {}
    move(dossier, Step.SUPPLY, by=by, at=at, reason=note, details=details, also=HANDED_IN)
    follow(dossier, follows, by=by, at=at)


def _put_in(
    dossier: Dossier,
    corrected: dict[str, Any],
    given: Mapping[str, list[str]],
    *,
    by: Actor,
    desk: AtDesk | None,
) -> list[str]:
    """Put what was given into the dossier; return the files it replaces."""
    definition, code = pack(dossier.pack), dossier.code
    replaced = [file for paper in given for file in dossier.papers.get(paper, [])]
    had, has = (_files_of(definition, each) for each in (dossier.answers, corrected))
    dossier.answers = corrected
    put, new = [file for files in given.values() for file in files], has - had
    pass_on(put, to=code, held_by=answer_hold(code))
    scanned = {each.id for each in files_named(new, by=desk.clerk)} if desk and new else set()
    keep(new - scanned, to=code, by=by, held_by=answer_hold(code))
    if desk and scanned:
        keep(scanned, to=code, by=desk.clerk, held_by=answer_hold(code))
    replaced += sorted(had - has)
    dossier.sought = sought_in(
        definition, dossier.answers, code=code, applicant=dossier.applicant_name
    )
    dossier.papers = {**dossier.papers, **given}
    if put or new:
        check_room({**dossier.papers, "": sorted(has)})
    return replaced


def _wanted(dossier: Dossier, newly: Collection[str]) -> dict[str, list[str]]:
    """Return the files given for papers that were asked for, or that the answers newly ask."""
    asked = {*(dossier.asked or {}).get("papers", []), *newly}
    return {paper: files for paper, files in _given(dossier).items() if files and paper in asked}


def _check_asked(dossier: Dossier, answers: Mapping[str, Any], *, on: date) -> None:
    """Refuse answers to what was neither asked for nor follows from what was."""
    may = open_fields(
        pack(dossier.pack).form,
        (dossier.asked or {}).get("fields", []),
        before=dossier.answers,
        after={**dossier.answers, **answers},
        on=on,
    )
    if extra := set(answers) - may:
        raise NotAskedFor(field=min(extra))


def _check_answers(dossier: Dossier, answers: Mapping[str, Any], *, at: datetime) -> None:
    """Refuse what is wrong in these answers or through them; not what only time made wrong."""
    definition, on = pack(dossier.pack), localtime(at).date()
    before = problems_in(definition.form, dossier.answers, on=on)
    wrong = [
        problem
        for problem in problems_in(definition.form, {**dossier.answers, **answers}, on=on)
        if problem not in before or problem.field.partition(".")[0] in answers
    ]
    wrong += kinds_refused(definition.form, answers)
    if wrong:
        raise AnswersNotRight(problems=[as_fact(definition, problem) for problem in wrong])


def _asked(code: str, *, by: Actor, at: datetime, seen: int | None = None) -> Dossier:
    dossier = locked(code, by=by, seen=seen)
    if not is_theirs(by=by, applicant=dossier.applicant, agent=dossier.agent):
        raise NotYourStep(step=Step.SUPPLY.value)
    if dossier.state != State.SUPPLEMENT:
        raise StepNotAllowed(state=dossier.state, step=Step.SUPPLY.value)
    check_acting(dossier, by=by, at=at)
    return dossier


def _may_be_given(dossier: Dossier) -> set[str]:
    """Return the papers asked for, and those that only corrected answers can ask for."""
    asked, definition = dossier.asked or {}, pack(dossier.pack)
    named = set(asked.get("papers", []))
    if not asked.get("fields"):
        return named
    on = localtime(dossier.filed_at).date()
    usual = {each.paper.id for each in papers_for(definition, dossier.answers, on=on)}
    return named | ({paper.id for paper in definition.papers} - usual)


def _given(dossier: Dossier) -> dict[str, list[str]]:
    given: dict[str, list[str]] = (dossier.asked or {}).get("given", {})
    return given


def _give(dossier: Dossier, paper: str, files: list[str]) -> None:
    dossier.asked = {**(dossier.asked or {}), "given": {**_given(dossier), paper: files}}
    dossier.save(update_fields=["asked"])


def _files_of(definition: Pack, answers: Mapping[str, Any]) -> set[str]:
    return {file for files in files_in(definition.form, answers).values() for file in files}
