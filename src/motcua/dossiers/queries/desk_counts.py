"""How many of the agency's open dossiers each view of the worklist holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from motcua.backbone.built import Built
from motcua.dossiers.queries.desk_views import Moments, View, Whose, in_view, open_ones, whose_are
from motcua.kernel.actors import Actor, Role

COUNTED = 20_000
"""How many open dossiers are looked through to count; beyond, a count says it is not all."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open dossiers each view holds; ``partly`` if there were too many to look at all."""

    of: Mapping[View, int]
    partly: bool


def counts(
    *, by: Actor, at: datetime, whose: Whose = Whose.AGENCY, office: int | None = None
) -> Counts:
    """Return how many open dossiers are in each view (one statement over the open ones)."""
    if not by.agency:
        return Counts(dict.fromkeys(View, 0), partly=False)
    moments, most = Moments.of(at), COUNTED
    if by.stands_in_for:
        figures = _figures(by, moments, whose=whose, office=office, most=most)
        found = tuple(figures.values())
    else:
        scope = {"whose": whose, "office": office, "roles": by.roles, "most": most}
        found = _counts.first(by.agency, by.id, *moments, **scope)
    of = dict(zip(View, found, strict=True))
    return Counts(of, of[View.ALL] == COUNTED)


@Built
def _counts(
    agency: str,
    me: str,
    *moments: datetime,
    whose: Whose,
    office: int | None,
    roles: frozenset[Role],
    most: int,
) -> dict[str, int]:
    by = Actor(me, agency=agency, roles=roles)
    return _figures(by, Moments(*moments), whose=whose, office=office, most=most)


def _figures(
    by: Actor, at: Moments, *, whose: Whose, office: int | None, most: int
) -> dict[str, int]:
    """Return the figures in the order of the views; who stands in for others is asked anew."""
    theirs = whose_are(whose, office=office, by=by)
    looked_at = open_ones(by=by).filter(theirs).order_by("due_at", "id")[:most]
    return looked_at.aggregate(
        **{f"n_{n}": Count("id", filter=in_view(view, by=by, at=at)) for n, view in enumerate(View)}
    )
