"""Whose data an answer carries beside the record asked for: relatives, holders, representatives."""

from collections.abc import Callable, Iterable
from typing import Any

from motcua.kernel.text import N_
from motcua.registries.queries.answers import (
    Enterprise,
    Enterprises,
    Family,
    Parcel,
    Parcels,
    Person,
    Residence,
    TaxAccount,
)

RELATIVE = N_("Population register: as a relative of the person asked about")
HOUSEHOLD = N_("Population register: as one of the household of the person asked about")
HOLDER = N_("Land register: as a holder of a parcel asked about")
REPRESENTATIVE = N_("Enterprise register: as a representative of an enterprise asked about")
TAXPAYER = N_("Finance register: as the holder of a tax account asked about")


def others_in(told: Any, asked: str) -> tuple[str, tuple[str, ...]]:
    """
    Return as what other persons are in an answer, and their personal ids, each once.

    :param told: what was answered: a record, or a fact made of one; ``None`` tells of nobody
    :param asked: the key asked for, which is none of the others
    """
    if type(told) not in _WHOM:
        return "", ()
    word, persons = _WHOM[type(told)]
    return word, tuple(each for each in dict.fromkeys(persons(told)) if each and each != asked)


def _relatives(told: Person) -> Iterable[str]:
    near = (told.father, told.mother, told.spouse)
    return (each.id for each in near if each is not None)


def _owners(*parcels: Parcel) -> Iterable[str]:
    return (owner.id for parcel in parcels for owner in parcel.owners)


def _representatives(*firms: Enterprise) -> Iterable[str]:
    return (each.id for firm in firms for each in firm.representatives)


_WHOM: dict[type[Any], tuple[str, Callable[[Any], Iterable[str]]]] = {
    Person: (RELATIVE, _relatives),
    Family: (RELATIVE, lambda told: (each.id for each in told.relatives)),
    Residence: (HOUSEHOLD, lambda told: (each.id for each in told.members)),
    Parcel: (HOLDER, _owners),
    Parcels: (HOLDER, lambda told: _owners(*told.parcels)),
    Enterprise: (REPRESENTATIVE, _representatives),
    Enterprises: (REPRESENTATIVE, lambda told: _representatives(*told.enterprises)),
    TaxAccount: (TAXPAYER, lambda told: (told.holder,)),
}
"""As what others are in each kind of answer, and who they are; in the other kinds nobody is."""
