"""By which number applicants are known outside, for rooms that tell other portals of dossiers."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from motcua.identity.models import Account
from motcua.identity.models import Party as PartyRow
from motcua.identity.rules.parties import PartyKind
from motcua.kernel.scope import for_rooms

__all__ = ["NumberKnown", "numbers_of"]


@dataclass(frozen=True, slots=True)
class NumberKnown:
    """
    Whether somebody is an organisation, and their personal id or tax code.

    ``number`` is empty where it was only typed: it may be another person's, and then what is told
    under it would be shown to that person.
    """

    is_organisation: bool
    number: str


@for_rooms
def numbers_of(persons: Collection[str]) -> dict[str, NumberKnown]:
    """
    Return the numbers of accounts and parties that an official has seen (two statements).

    An account's was compared with card and face, a party's taken from its papers.
    """
    ids = [known for each in persons if (known := _uuid(each)) is not None]
    found = {
        str(pk): NumberKnown(is_organisation=False, number=number if proven_at else "")
        for pk, number, proven_at in Account.objects.filter(pk__in=ids).values_list(
            "pk", "personal_id", "proven_at"
        )
    }
    parties = PartyRow.objects.filter(pk__in=ids)
    for pk, kind, number, checked in parties.values_list("pk", "kind", "number", "checked"):
        organisation = kind == PartyKind.ORGANISATION
        found[str(pk)] = NumberKnown(organisation, number if checked else "")
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
