"""Which agency answers for the place that somebody's answers name."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.agencies.queries.agencies import (
    Agency,
    NoCompetentAgency,
    NoSuchAgency,
    agency,
    competent_agency,
)
from motcua.agencies.queries.choosing import Competent, is_competent
from motcua.agencies.queries.units import unit_at
from motcua.kernel.scope import public
from motcua.packs.queries.packs import Pack, agency_of, unit_of

__all__ = ["NoCompetentAgency", "competent_for", "place_of_desk", "settlers_of", "takes"]


@public
def competent_for(definition: Pack, answers: Mapping[str, Any], *, on: date) -> Agency:
    """
    Return the agency a pack names for the place, where it is at work here, or the place's own.

    :raises NoCompetentAgency: if no agency here is competent for the place chosen
    """
    unit = unit_of(definition, answers) or ""
    named = agency_of(definition, answers)
    if named is None:
        return competent_agency(definition.level, unit, on=on)
    try:
        found = agency(named)
    except NoSuchAgency as missing:
        raise NoCompetentAgency(level=definition.level, unit=unit) from missing
    if found.opened_on > on or (found.closed_on is not None and found.closed_on <= on):
        raise NoCompetentAgency(level=definition.level, unit=unit)
    return found


@public
def settlers_of(definition: Pack) -> Competent:
    """Return which agencies settle a procedure: those its pack names, or the places' own."""
    named = definition.agencies
    return Competent(definition.level, frozenset(named.values()), frozenset(named))


@public
def takes(definition: Pack, agency: str) -> bool:
    """Tell whether an agency is one of those that settle a procedure, whichever the place."""
    return is_competent(agency, settlers_of(definition))


@public
def place_of_desk(definition: Pack, here: str, *, on: date) -> dict[str, Any]:
    """
    Return the answer that names the place of a desk's agency, by its field.

    It is empty where the agency answers for no place at the procedure's level, or where the pack
    names another for it.
    """
    desk = agency(here)
    if desk.unit is None or desk.level != definition.level:
        return {}
    place = {"province": desk.unit}
    if definition.level == "commune":
        above = unit_at(desk.unit, level=definition.level, on=on).parent
        place = {"province": above or "", "commune": desk.unit}
    answer = {definition.unit_field: place}
    return answer if agency_of(definition, answer) in (None, here) else {}
