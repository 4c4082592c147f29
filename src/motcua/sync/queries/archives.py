"""Years that were put away."""

from motcua.agencies.queries.first_level import first_level_name
from motcua.dossiers.queries.elsewhere import PutAway
from motcua.exchange.queries.members import own_members
from motcua.kernel.scope import public
from motcua.sync.models import ArchivedYear
from motcua.sync.rules.codes import member_of, place_of

__all__ = ["put_away"]


@public
def put_away(code: str) -> PutAway | None:
    """
    Return the year put away to which a code belongs, and who is asked about it; one statement.

    Where nobody was named, it is the ministry or province in the code. Dossiers of our own are
    never put away.
    """
    place = place_of(code)
    if place is None or member_of(place.member) in own_members():
        return None
    row = ArchivedYear.objects.filter(pk=place.year).first()
    if row is None:
        return None
    return PutAway(row.year, row.ask or first_level_name(place.member))
