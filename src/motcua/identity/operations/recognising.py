"""Whose account a personal id is, so that looks made elsewhere stand in the person's own list."""

from motcua.exchange.operations.subjects import recognise_persons_with
from motcua.identity.models import Account


@recognise_persons_with
def proven_account(personal_id: str) -> str | None:
    """Return the account of who has proven to be the person with this number, if there is one."""
    proven = Account.objects.filter(personal_id=personal_id, proven_at__isnull=False)
    found = proven.values_list("pk", flat=True).first()
    return None if found is None else str(found)
