"""What happens to a dossier when its bill is paid."""

from datetime import datetime

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.steps import locked, move
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.kernel.actors import Actor
from motcua.payments.operations.billing import cancel_bill


@one_transaction
def record_payment(code: str, *, by: Actor, at: datetime, paid_at: datetime) -> None:
    """
    Note that the fee arrived; a dossier that waited for it goes on. Twice is as good as once.

    :raises NoSuchDossier: if there is none with this code
    """
    dossier = locked(code, by=by)
    if dossier.paid_at is None:
        dossier.paid_at = paid_at
        dossier.save(update_fields=["paid_at"])
    if dossier.state == State.PAYMENT:
        move(dossier, Step.PAY, by=by, at=at)


@one_transaction
def stop_asking(code: str, *, by: Actor, at: datetime) -> None:
    """Cancel the bill of a dossier that came to nothing, unless there is none or it is paid."""
    dossier = locked(code, by=by)
    if dossier.fee and dossier.paid_at is None:
        cancel_bill(code, by=by, at=at)
