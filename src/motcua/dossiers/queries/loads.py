"""Who holds which post of an agency, and how much they have in hand."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from motcua.agencies.queries.absence import Away, away_now
from motcua.agencies.queries.posts import holders
from motcua.dossiers.queries.desk_views import Moments, View, in_view, open_ones
from motcua.kernel.actors import Actor, Role


@dataclass(frozen=True, slots=True)
class Load:
    """
    An official in a post: how many open dossiers they have in hand, and how many are late.

    ``away`` tells until when they are absent, and who stands in for them.
    """

    holder: str
    name: str
    open: int
    late: int
    away: Away | None = None

    @property
    def may_have(self) -> bool:
        """Tell whether somebody sees what is given to them."""
        return self.away is None or bool(self.away.deputy)


def loads(role: Role, *, by: Actor, at: datetime) -> tuple[Load, ...]:
    """Return who holds a post in the actor's agency, who has least first (three statements)."""
    away = away_now(by.agency or "", at=at)
    posts = holders(by.agency or "", role, at=at)
    named = {post.holder: post.holder_name for post in posts}
    rows = (
        open_ones(by=by)
        .filter(holder__in=list(named))
        .order_by()
        .values("holder")
        .annotate(
            open=Count("id"), late=Count("id", filter=in_view(View.LATE, by=by, at=Moments.of(at)))
        )
    )
    found = {row["holder"]: (row["open"], row["late"]) for row in rows}
    all_of_them = (
        Load(one, name, *found.get(one, (0, 0)), away.get(one)) for one, name in named.items()
    )
    return tuple(sorted(all_of_them, key=lambda load: (load.open, load.name)))
