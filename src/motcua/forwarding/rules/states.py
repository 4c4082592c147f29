"""How far the handing on of a dossier has come."""

from enum import StrEnum
from typing import Final


class Handing(StrEnum):
    """Whether the unit has it."""

    WAITING = "waiting"
    TAKEN = "taken"
    REFUSED = "refused"


ENDED: Final = frozenset({3, 7, 8, 10})
"""National numbers of the states in which nobody has anything to do any more."""
