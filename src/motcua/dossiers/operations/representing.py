"""Who may act for an applicant, when that ends."""

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import Dossier


@one_transaction
def end_authority(authority: str, *, agent: str) -> int:
    """Let ``agent`` act no longer by an authority that ended; return for how many dossiers."""
    theirs = Dossier.objects.filter(agent=agent, authority=authority)
    return theirs.update(agent="")
