"""The end of what a dossier or a linked filing was proven by: no more is heard of it."""

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import LinkedPart
from motcua.dossiers.rules.linked import WAITS
from motcua.registries.operations.following import rely_no_more


@one_transaction
def close_proofs(code: str) -> None:
    """Wait for no more changes for a closed dossier, nor for its filing once no part waits."""
    rely_no_more(code)
    whole = LinkedPart.objects.filter(dossier=code).values_list("filing__code", flat=True).first()
    if whole is not None:
        close_whole(whole)


@one_transaction
def close_whole(filing: str) -> None:
    """Wait for no more changes for a linked filing once each part is a dossier or dropped."""
    if not LinkedPart.objects.filter(filing__code=filing, state__in=WAITS).exists():
        rely_no_more(filing)
