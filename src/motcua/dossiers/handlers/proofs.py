"""Once a dossier is closed, nobody waits for changes in what it was proven by."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.dossiers.events import DossierMoved, LinkedPartDropped
from motcua.dossiers.operations.proving_ends import close_proofs, close_whole
from motcua.dossiers.rules.lifecycle import ENDED, State


@listen(DossierMoved, when=lambda event: State(event.state) in ENDED)
def close(event: DossierMoved, now: datetime) -> None:  # noqa: ARG001 (every listener is given it)
    """Let the registers tell no more for its sake."""
    close_proofs(event.subject)


@listen(LinkedPartDropped)
def close_dropped(event: LinkedPartDropped, now: datetime) -> None:  # noqa: ARG001
    """Let them tell no more for a part that never comes, whichever of both is heard first."""
    close_whole(event.subject)
