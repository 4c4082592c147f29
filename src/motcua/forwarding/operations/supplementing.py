"""Take the answer to a request for supplement that its applicant gave at another portal."""

from typing import BinaryIO

from django.utils.translation import gettext, override

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.supplement import answer_supplement, attach_answer
from motcua.dossiers.queries.handed_on import HandedStanding
from motcua.forwarding.operations.taking import Arrived, files_kept
from motcua.forwarding.queries.taken import standing_row
from motcua.forwarding.rules.manifest import Answered, read_line, renamed
from motcua.forwarding.rules.words import KNOWN_BY
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_

__all__ = ["NotAskedYet", "take_answer"]


class NotAskedYet(Conflict):
    code = "forwarding.not-asked-yet"
    message = N_("Request {round} for supplement of {dossier} was never made. See how it stands.")


def take_answer(body: BinaryIO, came: Arrived) -> str:
    """
    Hand in what was asked for, in the applicant's name, once; return the code that it has here.

    :raises BadManifest: if the body is not one whole answer
    :raises NotHandedOn: if the member has handed on no such dossier
    :raises NotAskedYet: if there was no such request
    :raises Refusal: as answering does, and as files are refused
    """
    told, _digest = read_line(body, Answered)
    stands = standing_row(told.code, by=came.by)
    if told.round > stands.asked_times:
        raise NotAskedYet(round=told.round, dossier=told.code)
    if told.round < stands.asked_times or stands.asked is None:
        return stands.code
    names = files_kept(body, told, owner=stands.applicant, came=came)
    _answered(stands, told, names, came)
    return stands.code


@one_transaction
def _answered(stands: HandedStanding, told: Answered, names: dict[str, str], came: Arrived) -> None:
    by = Actor(stands.applicant, stands.applicant_name)
    for paper, files in told.papers.items():
        for file in files:
            attach_answer(stands.code, paper, names[file], by=by, at=came.at)
    answers = renamed(told.answers, names)
    answer_supplement(stands.code, answers, by=by, at=came.at, note=_noted(told))


def _noted(told: Answered) -> str:
    """Return the applicant's words, and which desk took the answer from them, where one did."""
    if told.desk is None:
        return told.note
    with override("vi"):
        facts = {"place": told.desk.place, "clerk": told.desk.clerk}
        known = f"{gettext(KNOWN_BY[told.desk.identity])} {told.desk.letter}".strip()
        facts["identity"] = known
        taken = (
            gettext("Taken at the desk: %(place)s, by %(clerk)s, who saw: %(identity)s.") % facts
        )
    return f"{told.note}\n{taken}".strip()
