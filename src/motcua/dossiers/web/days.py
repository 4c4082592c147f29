"""Days as addresses name them."""

from datetime import date

from django.utils.dateparse import parse_date


def day_typed(text: str) -> date | None:
    """Return the day an address names, in any year that a dossier may be of."""
    try:
        found = parse_date(text.strip())
    except ValueError:
        return None
    return found if found and date(2000, 1, 1) <= found <= date(2100, 1, 1) else None
