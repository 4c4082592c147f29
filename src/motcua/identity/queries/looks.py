"""Who looked at my data."""

from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.queries.agencies import NoSuchAgency, agency
from motcua.backbone.looks import Figures, LookSeen, figures_of_looks, looks_at_me
from motcua.identity.models import LookQuestion
from motcua.kernel.actors import Actor

__all__ = ["Figures", "LookAtMe", "LookSeen", "Looks", "figures", "looks"]


@dataclass(frozen=True, slots=True)
class LookAtMe:
    """One look, the name of its agency, and when the person asked why."""

    seen: LookSeen
    agency_name: str
    questioned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Looks:
    """A page of looks, newest first; ``next`` is where the next page begins, if there is one."""

    looks: tuple[LookAtMe, ...]
    next: int | None


def looks(*, by: Actor, before: int | None = None, limit: int = 50) -> Looks:
    """Return a page of looks at the actor's own data, those older than ``before``."""
    seen = looks_at_me(by=by, before=before, limit=limit + 1)
    page, more = seen[:limit], len(seen) > limit
    asked = dict(
        LookQuestion.objects.filter(person=by.id, look__in=[x.id for x in page]).values_list(
            "look", "at"
        )
    )
    names = {code: _name_of(code) for code in {x.agency for x in page}}
    return Looks(
        tuple(LookAtMe(x, names[x.agency], asked.get(x.id)) for x in page),
        page[-1].id if more else None,
    )


def figures(*, since: datetime, by: Actor) -> Figures:
    """Return how often the actor's own data was looked at since then."""
    return figures_of_looks(since=since, by=by)


def _name_of(code: str) -> str:
    try:
        return agency(code).name if code else ""
    except NoSuchAgency:
        return code
