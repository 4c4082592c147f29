"""Who may act for an applicant, when that ends."""

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import Dossier
from motcua.payments.operations.billing import ask_instead


@one_transaction
def end_authority(authority: str, *, agent: str) -> int:
    """
    Let ``agent`` act no longer by an authority that ended; return for how many dossiers.

    What is still to be paid is asked of the applicant from then on.
    """
    theirs = Dossier.objects.filter(agent=agent, authority=authority)
    owing = theirs.filter(fee__gt=0, paid_at=None)
    for code, applicant in owing.values_list("code", "applicant"):
        ask_instead(code, applicant, of=agent)
    return theirs.update(agent="")
