"""How dossiers are served, as anyone may know it: one small statement on figures made before."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from motcua.kernel.scope import public
from motcua.reporting.models import PublicMonth
from motcua.reporting.rules.periods import Period, last_months
from motcua.reporting.rules.served import Served, all_of

__all__ = ["Period", "PublicFigures", "Served", "public_figures"]

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """
    The reporting month of a day and the eleven before it, of a level and field or of all.

    ``counted_at`` is ``None`` where nothing was counted yet.
    """

    counted_at: datetime | None
    months: tuple[tuple[Period, Served], ...]
    by_level: dict[str, Served]
    by_field: dict[str, Served]

    @property
    def month(self) -> tuple[Period, Served]:
        """The last month in which something was settled, or the running one."""
        settled = [each for each in self.months if each[1].settled]
        return (settled or list(self.months))[-1]

    @property
    def year(self) -> Served:
        """The sum of the twelve months."""
        return all_of(served for _month, served in self.months)

    @property
    def course(self) -> tuple[float, ...]:
        """The share settled in time, month by month, where something was settled."""
        shares = [served.in_time for _month, served in self.months]
        return tuple(share for share in shares if share is not None)


@public
def public_figures(on: date, *, level: str = "", field: str | None = None) -> PublicFigures:
    """
    Return the public figures of a day; one statement.

    :param level: only agencies of that level, if given
    :param field: only procedures of that field, if given
    """
    months = last_months(on)
    rows = list(PublicMonth.objects.filter(last__gte=months[0].last, last__lte=months[-1].last))
    at_level = [row for row in rows if level in ("", row.level)]
    in_field = [row for row in rows if field is None or row.field == field]
    both = [row for row in at_level if field is None or row.field == field]
    of_month = _sums(both, lambda row: row.last)
    return PublicFigures(
        counted_at=max((row.counted_at for row in rows), default=None),
        months=tuple((month, of_month.get(month.last, Served())) for month in months),
        by_level=_settled(_sums(in_field, lambda row: row.level)),
        by_field=_settled(_sums(at_level, lambda row: row.field)),
    )


def _sums(rows: Iterable[PublicMonth], key: Callable[[PublicMonth], K]) -> dict[K, Served]:
    found: dict[K, Served] = defaultdict(Served)
    for row in rows:
        found[key(row)] += Served(row.received, row.early, row.on_time, row.late, row.took)
    return found


def _settled(sums: dict[str, Served]) -> dict[str, Served]:
    """Return what had something settled, the most first."""
    found = [(key, served) for key, served in sums.items() if served.settled]
    return dict(sorted(found, key=lambda each: -each[1].settled))
