"""A procedure as a list shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from django.db.models import OuterRef

from motcua.catalogue.models.procedures import Procedure, ProcedureQuerySet
from motcua.catalogue.rules.highlighting import Piece, pieces_of
from motcua.catalogue.rules.readings import Cost, Level, Online
from motcua.kernel.worktime import Limit, Unit
from motcua.packs.queries.packs import Channel, Pack, pack, usual_limit, version_for

__all__ = ["Cost", "Hit", "Level", "Limit", "Online", "Piece", "Unit"]


@dataclass(frozen=True, slots=True)
class Hit:
    """
    What people choose a procedure by. ``pieces`` is the title, marked where words were found.

    ``filed_here`` tells whether this portal has a service pack for it today; limit and reach
    online are then the pack's.
    """

    code: str
    title: str
    title_en: str
    pieces: tuple[Piece, ...]
    summary: str
    summary_en: str
    field: str
    levels: tuple[Level, ...]
    agency: str
    online: Online
    limit: Limit | None
    cost: Cost
    fees: tuple[int, ...]
    filed_here: bool

    @classmethod
    def ready(cls, rows: ProcedureQuerySet, *, on: date | None) -> ProcedureQuerySet:
        """Let ``rows`` bring what a hit needs, and the service packs of that day, at once."""
        if on is None:
            return rows.shown()
        return rows.shown().annotate(pack_version=version_for(OuterRef("code"), on=on))

    @classmethod
    def of(cls, row: Procedure, tokens: Iterable[str] = ()) -> Self:
        """Return ``row``, made ready before, as a list shows it."""
        version: str | None = getattr(row, "pack_version", None)
        own = pack(version) if version else None
        online = own if own and Channel.ONLINE in own.channels else None
        glance = row.glance
        return cls(
            code=row.code,
            title=row.title,
            title_en=row.title_en,
            pieces=pieces_of(row.title, frozenset(tokens)),
            summary=glance.get("summary", ""),
            summary_en=glance.get("summary_en", ""),
            field=row.field,
            levels=tuple(Level(level) for level in row.levels),
            agency=row.agency,
            online=Online.FULL if online else Online(row.online),
            limit=_limit(row, own),
            cost=Cost(glance.get("cost", Cost.UNKNOWN)),
            fees=tuple(glance.get("fees", ())),
            filed_here=online is not None,
        )

    @classmethod
    def in_order(cls, rows: Iterable[Procedure], codes: Sequence[str]) -> tuple[Self, ...]:
        """Return the hits of ``rows`` in the order of ``codes``; unknown codes are left out."""
        known = {row.code: row for row in rows}
        return tuple(cls.of(known[code]) for code in codes if code in known)


def _limit(row: Procedure, own: Pack | None) -> Limit | None:
    if own is not None:
        channel = Channel.ONLINE if Channel.ONLINE in own.channels else own.channels[0]
        return usual_limit(own, channel)
    amount, unit = row.glance.get("amount"), row.glance.get("unit")
    return Limit(Decimal(amount), Unit(unit)) if amount and unit else None
