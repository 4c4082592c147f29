"""What an applicant answers here to a request for supplement of the unit: kept, then handed on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

import msgspec
from django.utils.timezone import localtime

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.answer_files import kinds_refused
from motcua.dossiers.operations.drafts import TooManyFiles
from motcua.dossiers.operations.filing import AnswersNotRight, as_fact
from motcua.dossiers.operations.room import check_room
from motcua.dossiers.operations.steps import NothingGiven
from motcua.dossiers.operations.supplement import NotAskedFor
from motcua.exchange.operations.calling import call
from motcua.files.operations.keeping import attach
from motcua.files.queries.kept import infos_for_room
from motcua.forms.queries.forms import files_in
from motcua.forwarding.models import Handed, Supplement
from motcua.forwarding.operations.handing_on import body_of
from motcua.forwarding.operations.outbox import have_sent
from motcua.forwarding.operations.sending import TIMEOUT, send_about
from motcua.forwarding.queries.correcting import Correcting, correcting
from motcua.forwarding.queries.directory import PURPOSE, SERVICE
from motcua.forwarding.queries.handed import HandedView, NotHanded, view_of
from motcua.forwarding.rules.manifest import CONTENT_TYPE, Answered, File, Stood, line_of
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.text import N_

__all__ = ["NO_ANSWERS", "NotAsked", "PaperMissing", "answer", "answered", "hand_answer_on"]

NO_ANSWERS: Mapping[str, Any] = MappingProxyType({})


class NotAsked(Conflict):
    code = "forwarding.not-asked"
    message = N_("The agency asks for nothing of this dossier now, or has your answer already.")


class PaperMissing(Invalid):
    code = "forwarding.paper-missing"
    message = N_("Add each paper that the agency asked for, then send.")


@one_transaction
def answer(
    code: str,
    papers: Mapping[str, Sequence[str]],
    note: str,
    *,
    by: Actor,
    at: datetime,
    answers: Mapping[str, Any] = NO_ANSWERS,
) -> None:
    """
    Keep what was asked for and have it handed on; again changes nothing.

    :param papers: the ids of the actor's own files, by paper
    :param answers: corrected answers, by field, and those that they newly ask; where one is files
        it names all that hold from now on, also those that were handed in before
    :raises NotHanded: if the actor has no such dossier
    :raises NotAsked: if nothing is asked for, or it was answered
    :raises NotAskedFor: if another field is answered
    :raises AnswersNotRight: if an answer is wrong by the rules of the form here
    :raises PaperMissing: if a paper that was asked for, or is newly needed, has no file
    :raises TooManyFiles: if a paper has more files than it may have
    :raises TooMuchInAll: if the files are too much together
    :raises NothingGiven: if neither a paper nor an answer is given
    :raises NoSuchFile: if a file is gone, another's or used elsewhere
    """
    row = Handed.objects.visible_to(by).select_for_update().filter(code=code).first()
    if row is None:
        raise NotHanded(dossier=code[:60])
    answered(row, papers, note, answers, by=by, at=at)


def answered(
    row: Handed,
    papers: Mapping[str, Sequence[str]],
    note: str,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    desk: Stood | None = None,
) -> int:
    """
    Keep an answer and have it handed on; return the number of the request.

    :param row: held by the caller, who has looked whether the actor may
    :param desk: where a clerk took it
    :raises Refusal: as `answer` does
    """
    view = view_of(row)
    standing = view.standing
    if standing is None or standing.asked is None or _answered(row, standing.round):
        raise NotAsked
    found = correcting(view, answers, at=at)
    given = _checked(found, papers, answers)
    if not given and not answers:
        raise NothingGiven
    held = files_in(found.definition.form, answers)
    files = _attached([*given.values(), *held.values()], view, by=by)
    facts = {"papers": given, "answers": dict(answers), "note": note.strip()[:2000], "desk": desk}
    _keep(row, standing.round, facts, files=files, at=at)
    return standing.round


def _attached(held: Iterable[Sequence[str]], view: HandedView, *, by: Actor) -> list[str]:
    """Tie to the dossier the files that were not handed in before; return all."""
    files = list(dict.fromkeys(file for ids in held for file in ids))
    attach(set(files) - {file.id for file in view.files}, to=view.code, by=by)
    check_room({"": files})
    return files


def _keep(
    row: Handed, round_: int, facts: dict[str, Any], *, files: Sequence[str], at: datetime
) -> None:
    """Freeze what will be sent, with its files, and have it sent."""
    known = [File(x.id, x.name, x.media_type, x.size, x.sha256) for x in infos_for_room(files)]
    told = Answered(row.code, round_, localtime(at), files=known, **facts)
    line = line_of(told).decode()
    facts = {"handed": row, "round": round_, "line": line}
    have_sent(Supplement.objects.create(**facts, at=at, next_at=at))


def _checked(
    found: Correcting, papers: Mapping[str, Sequence[str]], answers: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Return the papers to give with their files, once answers and papers are right."""
    if extra := set(answers) - found.fields:
        raise NotAskedFor(field=min(extra))
    wrong = [*found.problems, *kinds_refused(found.definition.form, answers)]
    if wrong:
        raise AnswersNotRight(problems=[as_fact(found.definition, each) for each in wrong])
    if not all(papers.get(paper) for paper in found.papers):
        raise PaperMissing
    most = {each.id: each.most_files for each in found.definition.papers}
    if over := [most[paper] for paper in found.papers if len(papers[paper]) > most[paper]]:
        raise TooManyFiles(most=over[0])
    return {paper: list(papers[paper]) for paper in found.papers}


def _answered(row: Handed, round_: int) -> bool:
    return row.supplements.filter(round=round_).exclude(handing=Handing.REFUSED).exists()


def hand_answer_on(supplement: int, *, at: datetime) -> Handing:
    """
    Hand an answer on, if it waits to be; again changes nothing, here or there.

    :raises StillWaiting: if the member could not take it now: try again later
    """
    row = Supplement.objects.select_related("handed").get(pk=supplement)
    return send_about(row, lambda: _send(row, at=at), at=at)


def _send(row: Supplement, *, at: datetime) -> None:
    told = msgspec.json.decode(row.line, type=Answered)
    with body_of(row.line, [file.id for file in told.files]) as body:
        call(
            *(row.handed.member, SERVICE, "supplements"),
            body=body,
            content_type=CONTENT_TYPE,
            purpose=PURPOSE,
            at=at,
            timeout=TIMEOUT,
        )
