"""The applicant says how it went."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import DossierRated
from motcua.dossiers.models import Rating
from motcua.dossiers.operations.steps import locked
from motcua.dossiers.rules.access import NotYourStep, is_theirs
from motcua.dossiers.rules.lifecycle import OPEN, State
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack

NOTHING: Mapping[str, str] = MappingProxyType({})
SCORES = (3, 2, 1)
"""Very satisfied, satisfied, not satisfied: the scale of the national portal."""


REPLIES = ("yes", "partly", "no")
"""What a pack's own question can be answered with."""


class NotFinished(Conflict):
    code = "dossiers.not-finished"
    message = N_("You can rate this dossier when it is finished.")


class NoSuchScore(Invalid):
    code = "dossiers.no-such-score"
    message = N_("Choose very satisfied, satisfied or not satisfied.")


class NoSuchReply(Invalid):
    code = "dossiers.no-such-reply"
    message = N_("Choose yes, partly or no, or leave the question out.")


@one_transaction
def rate(
    code: str,
    score: int,
    comment: str = "",
    answers: Mapping[str, str] = NOTHING,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """
    Keep how satisfied the applicant is; rating again replaces the first answer.

    :param answers: to the questions of the pack the dossier was filed under, one of ``REPLIES``
        each, by question; none has to be answered
    :raises NoSuchScore: if the score is none of ``SCORES``
    :raises NoSuchReply: if an answer is none of ``REPLIES``, or the pack has no such question
    :raises NotYourStep: if the dossier is another person's
    :raises NotFinished: if it is still open
    """
    if score not in SCORES:
        raise NoSuchScore(problems=[{"at": "score", "message": NoSuchScore.message}])
    dossier = locked(code, by=by)
    if not is_theirs(by=by, applicant=dossier.applicant, agent=dossier.agent):
        raise NotYourStep(step="rate")
    if State(dossier.state) in OPEN - {State.DONE}:
        raise NotFinished(dossier=code)
    _check_replies(dossier.pack, answers)
    said = {"score": score, "comment": comment.strip()[:2000], "answers": dict(answers), "at": at}
    Rating.objects.update_or_create(dossier=dossier, defaults=said)
    announce(
        DossierRated(subject=code, agency=dossier.agency, procedure=dossier.procedure, score=score),
        by=by,
        at=at,
    )


def _check_replies(version: str, answers: Mapping[str, str]) -> None:
    asked = {question.id for question in pack(version).satisfaction} if answers else set()
    for name, reply in answers.items():
        if name not in asked or reply not in REPLIES:
            raise NoSuchReply(problems=[{"at": f"question-{name}", "message": NoSuchReply.message}])
