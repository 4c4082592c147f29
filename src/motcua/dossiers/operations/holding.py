"""Taking a dossier in hand, so that colleagues see who has it."""

from datetime import datetime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import DossierTakenInHand
from motcua.dossiers.operations.steps import held, locked
from motcua.dossiers.rules.access import NotYourStep, role_that_holds
from motcua.kernel.actors import Actor


@one_transaction
def take_in_hand(code: str, *, by: Actor, at: datetime) -> None:
    """
    Note that an official works on a dossier now; the last to take it holds it.

    :raises NotYourStep: if the role that holds it now is not theirs
    """
    dossier = locked(code, by=by)
    if not by.serves(dossier.agency, role_that_holds(held(dossier))):
        raise NotYourStep(step="take")
    taken = DossierTakenInHand(subject=code, agency=dossier.agency, holder_before=dossier.holder)
    dossier.holder, dossier.holder_name = by.id, by.name
    dossier.save(update_fields=["holder", "holder_name"])
    announce(taken, by=by, at=at)
