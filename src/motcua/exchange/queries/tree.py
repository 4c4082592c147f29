"""What the Merkle log proves: that an entry is in it, that it only grew."""

from collections.abc import Sequence

from django.db.models import Q

from motcua.exchange.models import Node
from motcua.exchange.rules.merkle import (
    Place,
    complete_subtrees,
    consistency_places,
    inclusion_places,
    proof,
    root_of,
)
from motcua.kernel.scope import for_rooms


@for_rooms
def root_at(log: str, size: int) -> bytes | None:
    """Return the root a log had at a size, nothing where it never had that many; one statement."""
    places = complete_subtrees(size)
    known = hashes_at(log, places)
    return root_of([known[place] for place in places]) if len(known) == len(places) else None


@for_rooms
def inclusion(log: str, leaf: int, size: int) -> list[bytes]:
    """Return the proof that an entry is in a log of some size; one statement."""
    return _proof(log, inclusion_places(leaf, size))


@for_rooms
def consistency(log: str, old: int, new: int) -> list[bytes]:
    """Return the proof that a log of one size only added to that of another; one statement."""
    return _proof(log, consistency_places(old, new))


@for_rooms
def hashes_at(log: str, places: Sequence[Place]) -> dict[Place, bytes]:
    """Return the kept hashes of complete subtrees; one statement."""
    if not places:
        return {}
    wanted = Q()
    for level, index in places:
        wanted |= Q(level=level, index=index)
    rows = Node.objects.filter(wanted, log=log).values_list("level", "index", "hash")
    return {(level, index): bytes(value) for level, index, value in rows}


def _proof(log: str, steps: Sequence[Sequence[Place]]) -> list[bytes]:
    known = hashes_at(log, [place for step in steps for place in step])
    return proof(steps, known.__getitem__)
