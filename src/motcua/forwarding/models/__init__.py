"""The tables of the room."""

from motcua.forwarding.models.given import Given
from motcua.forwarding.models.handed import Handed
from motcua.forwarding.models.supplement import Supplement
from motcua.forwarding.models.taken import Taken

__all__ = ["Given", "Handed", "Supplement", "Taken"]
