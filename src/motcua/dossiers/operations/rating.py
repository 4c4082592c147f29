"""The applicant says how it went."""

from datetime import datetime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import DossierRated
from motcua.dossiers.models import Rating
from motcua.dossiers.operations.steps import locked
from motcua.dossiers.rules.access import NotYourStep
from motcua.dossiers.rules.lifecycle import OPEN, State
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.text import N_

SCORES = (3, 2, 1)
"""Very satisfied, satisfied, not satisfied: the scale of the national portal."""


class NotFinished(Conflict):
    code = "dossiers.not-finished"
    message = N_("You can rate this dossier when it is finished.")


class NoSuchScore(Invalid):
    code = "dossiers.no-such-score"
    message = N_("Choose very satisfied, satisfied or not satisfied.")


@one_transaction
def rate(code: str, score: int, comment: str = "", *, by: Actor, at: datetime) -> None:
    """
    Keep how satisfied the applicant is; rating again replaces the first answer.

    :raises NoSuchScore: if the score is none of ``SCORES``
    :raises NotYourStep: if the dossier is another person's
    :raises NotFinished: if it is still open
    """
    if score not in SCORES:
        raise NoSuchScore(problems=[{"at": "score", "message": NoSuchScore.message}])
    dossier = locked(code, by=by)
    if dossier.applicant != by.id:
        raise NotYourStep(step="rate")
    if State(dossier.state) in OPEN - {State.DONE}:
        raise NotFinished(dossier=code)
    Rating.objects.update_or_create(
        dossier=dossier, defaults={"score": score, "comment": comment.strip()[:2000], "at": at}
    )
    announce(
        DossierRated(subject=code, agency=dossier.agency, procedure=dossier.procedure, score=score),
        by=by,
        at=at,
    )
