"""The worklists an official keeps."""

from dataclasses import dataclass

from motcua.dossiers.models import SavedView
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Kept:
    """A view by its name: ``query`` is what its address asks, ``first`` that it opens first."""

    id: int
    name: str
    query: str
    first: bool


def saved_views(*, by: Actor) -> tuple[Kept, ...]:
    """Return the actor's views of their agency's worklist, in their order (one statement)."""
    if by.agency is None:
        return ()
    rows = SavedView.objects.filter(official=by.id, agency=by.agency).order_by("place", "pk")
    return tuple(Kept(row.pk, row.name, row.query, row.is_default) for row in rows)
