"""What a list shows of a procedure, and the parts of its code."""

from typing import Any

from motcua.catalogue.rules.readings import Channel, Cost, Reading, Way


def root_of(code: str) -> str:
    """Return the national code: ``1.012753.H19`` → ``1.012753``."""
    return ".".join(code.split(".")[:2])


def owner_of(code: str) -> str:
    """Return the agency id of a province's own copy, else nothing."""
    return ".".join(code.split(".")[2:])


def usual_channel(reading: Reading) -> Channel | None:
    """Return the row most people will use: online where there is one, else the first."""
    ways = [row for row in reading.channels if row.way is Way.ONLINE] or list(reading.channels)
    return next((row for row in ways if row.unit), ways[0] if ways else None)


def cost_of(reading: Reading) -> tuple[Cost, tuple[int, ...]]:
    """
    Return the price over all channels: free only where every row is; the sums that are named.

    A row that says nothing beside rows that do say is no reason to doubt them.
    """
    told = {row.cost for row in reading.channels} - {Cost.UNKNOWN}
    fees = tuple(sorted({fee for row in reading.channels for fee in row.fees}))
    if not told:
        return Cost.UNKNOWN, ()
    if len(told) == 1:
        return next(iter(told)), fees
    return (Cost.AMOUNT if told == {Cost.AMOUNT, Cost.FREE} and fees else Cost.DEPENDS), fees


def glance_of(reading: Reading) -> dict[str, Any]:
    """Return the few facts a search result shows, as plain values."""
    row = usual_channel(reading)
    cost, fees = cost_of(reading)
    return {
        "amount": str(row.amount) if row and row.amount is not None else None,
        "unit": row.unit.value if row and row.unit else None,
        "cost": cost.value,
        "fees": list(fees),
        "summary": reading.summary,
        "summary_en": reading.summary_en,
    }
