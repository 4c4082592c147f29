"""The worklists an official keeps."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from motcua.backbone.built import Built
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
    return tuple(Kept(*row) for row in _kept.rows(by.id, by.agency))


@Built
def _kept(official: str, agency: str) -> QuerySet[Any, Any]:
    theirs = SavedView.objects.filter(official=official, agency=agency).order_by("place", "pk")
    return theirs.values_list("id", "name", "query", "is_default")
