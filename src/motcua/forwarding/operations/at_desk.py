"""What a clerk does for who stands there about what the desk took: answer, give the result out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.journal import announce
from motcua.backbone.limits import check_rate
from motcua.backbone.transactions import one_transaction
from motcua.forwarding.events import AnsweredAtDesk, ResultGivenOut
from motcua.forwarding.models import Given, Handed
from motcua.forwarding.operations.answering import NO_ANSWERS, answered
from motcua.forwarding.operations.outbox import have_sent
from motcua.forwarding.queries.handed import NotHanded, view_of
from motcua.forwarding.rules.manifest import GivenOut, Manifest, Person, Stood, line_of
from motcua.forwarding.rules.standing_there import LETTER, Shown, is_letter, known_by
from motcua.identity.queries.relatives import related
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Forbidden
from motcua.kernel.text import N_

__all__ = [
    "LETTER",
    "SECONDS",
    "TIMES",
    "TRY",
    "NearToThem",
    "NotTheirs",
    "NothingToGive",
    "Shown",
    "answer_at_desk",
    "check_tries",
    "give_out",
]

TRY, TIMES, SECONDS = "forwarding.shown", 10, 3600
"""How often a clerk may try in an hour what somebody showed, for one dossier."""


class NotTheirs(Forbidden):
    code = "forwarding.not-theirs"
    message = N_(
        "What was shown belongs to nobody of this dossier. Compare the number on the paper, or the "
        "code on the receipt."
    )


class NearToThem(Forbidden):
    code = "forwarding.near-to-them"
    message = N_("This is your own, or a relative's. A colleague has to do it.")


class NothingToGive(Conflict):
    code = "forwarding.nothing-to-give"
    message = N_("There is no result to give out now. See how the dossier stands.")


@one_transaction
def answer_at_desk(
    code: str,
    shown: Shown,
    papers: Mapping[str, Sequence[str]],
    note: str,
    *,
    by: Actor,
    at: datetime,
    answers: Mapping[str, Any] = NO_ANSWERS,
) -> None:
    """
    Take what was asked for from who stands there, or wrote, and have it handed on.

    :param papers: the ids of the clerk's own files, by paper: what they scanned
    :raises NotHanded: if the actor's desk took no such dossier
    :raises NotTheirs: if what was shown is nobody's of this dossier
    :raises NearToThem: if it is the clerk's own or a relative's
    :raises Refusal: as `answer` does
    """
    row = _taken_here(code, by=by)
    _check_near(row, by=by)
    if not is_letter(shown):
        _who(row, shown)
    desk = _place(shown, by=by)
    round_ = answered(row, papers, note, answers, by=by, at=at, desk=desk)
    facts: dict[str, Any] = {"round": round_, "identity": shown.document}
    announce(AnsweredAtDesk(**_told_of(row) | facts), by=by, at=at)


@one_transaction
def give_out(code: str, shown: Shown, *, by: Actor, at: datetime) -> None:
    """
    Note that the result was given to who stands there, and have the unit told; once a result.

    :raises NotHanded: if the actor's desk took no such dossier
    :raises NothingToGive: if there is no result, or the unit is about to correct it
    :raises NotTheirs: if what was shown is nobody's of this dossier
    :raises NearToThem: if it is the clerk's own or a relative's
    """
    row = _taken_here(code, by=by)
    _check_near(row, by=by)
    known = _who(row, shown)
    view = view_of(row)
    held = view.standing.results if view.standing and view.results else []
    result = next((each.id for each in held if each.id in row.results), None)
    if result is None:
        raise NothingToGive
    if row.given.filter(result=result).exists():
        return
    told = GivenOut(code, result, localtime(at), known.name, _place(shown, by=by))
    line = line_of(told).decode()
    have_sent(Given.objects.create(handed=row, result=result, line=line, at=at, next_at=at))
    facts = {"result": result, "identity": shown.document}
    announce(ResultGivenOut(**_told_of(row) | facts), by=by, at=at)


def check_tries(code: str, *, by: Actor, at: datetime) -> None:
    """
    Count one try of a clerk at what somebody showed; called before the operation.

    :raises TooOften: at more than 10 in an hour for one dossier
    """
    check_rate(TRY, f"{by.id}:{code[:60]}", times=TIMES, seconds=SECONDS, at=at)


def _told_of(row: Handed) -> dict[str, Any]:
    who = {"member": row.member, "applicant": row.applicant}
    return {"subject": row.code, "desk": row.desk, **who}


def _taken_here(code: str, *, by: Actor) -> Handed:
    row = Handed.objects.taken_at(by).select_for_update().filter(code=code).first()
    if row is None:
        raise NotHanded(dossier=code[:60])
    return row


def _check_near(row: Handed, *, by: Actor) -> None:
    if any(related(by.id, each) for each in {row.applicant, row.filer, row.agent} - {""}):
        raise NearToThem


def _who(row: Handed, shown: Shown) -> Person:
    """Return as whom somebody stands there."""
    told = msgspec.json.decode(row.manifest, type=Manifest)
    known = known_by(shown, told, row.claim)
    if known is None:
        raise NotTheirs
    return known


def _place(shown: Shown, *, by: Actor) -> Stood:
    name = names_of([by.agency or ""]).get(by.agency or "", by.agency or "")
    letter = shown.proof.strip() if shown.document == LETTER else ""
    return Stood(name, by.name, shown.document, letter)
