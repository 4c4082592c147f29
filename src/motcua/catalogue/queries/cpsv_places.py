"""Whose own a copy of a procedure is: the province's agency and its area."""

from functools import cached_property

from motcua.agencies.queries.agencies import Agency, NoSuchAgency, agencies_of_level, agency
from motcua.catalogue.rules.cpsv.services import Place
from motcua.catalogue.rules.glances import owner_of
from motcua.catalogue.rules.readings import Level
from motcua.kernel.scope import for_rooms


class Provinces:
    """The provinces' agencies, read in one statement when the first copy asks for one."""

    @cached_property
    def _known(self) -> dict[str, Agency]:
        return {found.id: found for found in agencies_of_level(Level.PROVINCE)}

    def place_of(self, code: str) -> Place | None:
        """Return where a copy holds; None for what holds everywhere or is nobody's we know."""
        known = (self._known[each] for each in _ids(code) if each in self._known)
        return _place(next(known, None))

    def __repr__(self) -> str:
        """Tell all that is said of them."""
        return repr([_place(found) for found in self._known.values()])


@for_rooms
def place_of(code: str) -> Place | None:
    """Return where a single copy holds, as ``Provinces`` does: statements only for a copy."""
    for each in _ids(code):
        try:
            return _place(agency(each))
        except NoSuchAgency:
            continue
    return None


def _ids(code: str) -> tuple[str, ...]:
    """Return the ids a copy's owner may stand under: ``H26``, or ``000.00.00.H26`` in full."""
    owner = owner_of(code)
    return (owner, f"000.00.00.{owner}") if owner else ()


def _place(found: Agency | None) -> Place | None:
    if found is None or found.unit is None:
        return None
    return Place(found.id, found.name, found.unit, found.unit_name or found.unit, found.phone)
