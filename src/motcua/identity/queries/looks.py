"""Who looked at my data."""

from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.queries.agencies import names_of
from motcua.agencies.queries.posts import titles_of
from motcua.backbone.looks import (
    Figures,
    LookSeen,
    agencies_that_looked,
    figures_of_looks,
    looks_at_me,
)
from motcua.identity.models import LookQuestion
from motcua.kernel.actors import Actor

__all__ = ["Figures", "LookAtMe", "LookSeen", "Looks", "figures", "lookers", "looks"]


@dataclass(frozen=True, slots=True)
class LookAtMe:
    """One look, its agency's name, what the official is there, and when the person asked why."""

    seen: LookSeen
    agency_name: str
    post: str
    questioned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Looks:
    """A page of looks, newest first; ``next`` is where the next page begins, if there is one."""

    looks: tuple[LookAtMe, ...]
    next: int | None


def looks(
    *,
    by: Actor,
    before: int | None = None,
    limit: int = 50,
    dossier: str = "",
    agency: str = "",
) -> Looks:
    """
    Return a page of looks at the actor's own data, those older than ``before``.

    :param dossier: only looks at this dossier
    :param agency: only looks by this agency
    """
    seen = looks_at_me(by=by, reference=dossier, agency=agency, before=before, limit=limit + 1)
    page, more = seen[:limit], len(seen) > limit
    asked = dict(
        LookQuestion.objects.filter(person=by.id, look__in=[x.id for x in page]).values_list(
            "look", "at"
        )
    )
    names, posts = names_of({x.agency for x in page}), titles_of({x.by for x in page})
    return Looks(
        tuple(
            LookAtMe(
                x,
                names.get(x.agency, x.agency),
                posts.get((x.by, x.agency), ""),
                asked.get(x.id),
            )
            for x in page
        ),
        page[-1].id if more else None,
    )


def lookers(*, by: Actor) -> list[tuple[str, str]]:
    """Return id and name of each agency that looked at the actor's own data; two statements."""
    found = agencies_that_looked(by=by)
    names = names_of(found) if found else {}
    return [(agency, names.get(agency, agency)) for agency in found]


def figures(*, since: datetime, by: Actor) -> Figures:
    """Return how often the actor's own data was looked at since then."""
    return figures_of_looks(since=since, by=by)
