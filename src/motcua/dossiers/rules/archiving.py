"""
How long a finished dossier is kept (retention, thời hạn bảo quản hồ sơ).

Law on Archives, 01/2011/QH13, art. 11 and 17; terms of each kind of paper are the agency's [M].
"""

from dataclasses import dataclass
from datetime import date

YEARS_TO_HAND_OVER = 1
"""What is kept for good goes to the agency's archive within a year of its end (art. 11)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """On which day a dossier leaves the desk's shelves, and how: "destroy" or "keep"."""

    on: date
    action: str


def kept_until(ended: date, *, years: int, forever: bool) -> Kept:
    """Return until when a dossier that ended on a day is kept, and what happens to it then."""
    if forever:
        return Kept(_years_after(ended, YEARS_TO_HAND_OVER), "keep")
    return Kept(_years_after(ended, years), "destroy")


def _years_after(day: date, years: int) -> date:
    """Return the same day so many years on; the 29th of February becomes the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
