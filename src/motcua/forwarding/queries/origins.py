"""Which codes dossiers that were handed on to us have where they were filed."""

from collections.abc import Collection

from motcua.forwarding.models import Taken
from motcua.kernel.scope import for_rooms

__all__ = ["codes_there", "ours_under"]


@for_rooms
def codes_there(codes: Collection[str]) -> dict[str, str]:
    """Return the codes of the handing portals by ours, of those handed on (one statement)."""
    rows = Taken.objects.filter(dossier__in=list(codes))
    return dict(rows.values_list("dossier", "code"))


@for_rooms
def ours_under(code: str, *, member: str) -> str | None:
    """Return our code of what a member handed on under its own (one statement)."""
    rows = Taken.objects.filter(member=member, code=code)
    return rows.values_list("dossier", flat=True).first()
