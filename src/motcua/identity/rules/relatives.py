"""The relations by which an official keeps away from a dossier."""

from collections.abc import Iterator
from enum import StrEnum

from motcua.identity.rules.persons import NAME_NEEDED, Problem
from motcua.kernel.personal_id import FLAW_MESSAGES, flaw_in
from motcua.kernel.text import N_


class Relation(StrEnum):
    """
    How a person is related to an official, after the Law on Enterprises 2020 art. 4 (22).

    Parents, children and siblings by marriage or adoption are in-laws or of the same kind.
    """

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    IN_LAW = "in_law"
    OTHER = "other"


RELATION_NEEDED = N_("Choose how you are related.")
OWN_NUMBER = N_("This is your own number. Enter the number of your relative.")


def problems_of_relative(
    *, number: str, name: str, relation: str, own_number: str
) -> Iterator[Problem]:
    """Yield what is wrong with a relative an official declares."""
    flaw = flaw_in(number)
    if flaw is not None:
        yield Problem("number", FLAW_MESSAGES[flaw])
    elif number == own_number:
        yield Problem("number", OWN_NUMBER)
    if not 2 <= len(name) <= 200 or any(c.isdigit() for c in name):
        yield Problem("name", NAME_NEEDED)
    if relation not in set(Relation):
        yield Problem("relation", RELATION_NEEDED)
