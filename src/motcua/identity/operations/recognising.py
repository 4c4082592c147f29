"""Whose account a personal id is, so that looks made elsewhere stand in the person's own list."""

from collections.abc import Collection

from motcua.exchange.operations.subjects import recognise_persons_with
from motcua.identity.models import Account


@recognise_persons_with
def proven_accounts(personal_ids: Collection[str]) -> dict[str, str]:
    """Return the accounts of who have proven to be the persons with these numbers, by number."""
    proven = Account.objects.filter(personal_id__in=personal_ids, proven_at__isnull=False)
    return {number: str(pk) for number, pk in proven.values_list("personal_id", "pk")}


def proven_account(personal_id: str) -> str | None:
    """Return the account of who has proven to be the person with this number, if there is one."""
    return proven_accounts([personal_id]).get(personal_id)
