"""Linked filings that wait: for their turn, or for somebody who puts right what keeps a part."""

from dataclasses import dataclass

from motcua.dossiers.models import LinkedFiling, LinkedPart
from motcua.dossiers.queries.linked import said_of_reason
from motcua.dossiers.rules.linked import WAITS, PartState
from motcua.kernel.scope import for_rooms
from motcua.packs.queries.packs import pack, unit_of


@dataclass(frozen=True, slots=True)
class Stuck:
    """A part that could not be opened, for operators: no answers, no names of people."""

    filing: str
    part: str
    procedure: str
    agency_unit: str
    why: str


@for_rooms
def stuck_parts(limit: int = 200) -> list[Stuck]:
    """Return the parts that are stuck, the longest first."""
    rows = LinkedPart.objects.filter(state=PartState.STUCK).select_related("filing").order_by("id")
    return [
        Stuck(
            row.filing.code,
            row.part,
            row.procedure,
            unit_of(pack(row.pack), row.answers) or "",
            said_of_reason(row.reason),
        )
        for row in rows[:limit]
    ]


@for_rooms
def filings_that_wait() -> list[str]:
    """Return the codes of the filings that have parts without a dossier yet, oldest first."""
    waiting = LinkedPart.objects.filter(state__in=WAITS).values("filing")
    codes = LinkedFiling.objects.filter(pk__in=waiting).order_by("id")
    return list(codes.values_list("code", flat=True))
