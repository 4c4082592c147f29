"""The end of what a dossier or a linked filing was proven by: no more is heard of it."""

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import LinkedPart
from motcua.dossiers.rules.linked import WAITS
from motcua.registries.operations.following import rely_no_more


@one_transaction
def close_proofs(code: str) -> None:
    """Wait for no more changes for a closed dossier, nor for its filing once no part waits."""
    rely_no_more(code)
    part = LinkedPart.objects.filter(dossier=code).select_related("filing").first()
    if part is not None and not part.filing.parts.filter(state__in=WAITS).exists():
        rely_no_more(part.filing.code)
