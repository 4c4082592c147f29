"""Once a dossier is closed, nobody waits for changes in what it was proven by."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.dossiers.events import DossierMoved
from motcua.dossiers.operations.proving_ends import close_proofs
from motcua.dossiers.rules.lifecycle import ENDED, State


@listen(DossierMoved, when=lambda event: State(event.state) in ENDED)
def close(event: DossierMoved, now: datetime) -> None:  # noqa: ARG001 (every listener is given it)
    """Let the registers tell no more for its sake."""
    close_proofs(event.subject)
