"""Which procedures search engines may read, in parts of bounded size."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Window
from django.db.models.functions import Mod, RowNumber
from django.utils.timezone import localdate

from motcua.catalogue.models.procedures import Procedure, Version
from motcua.kernel.scope import public
from motcua.packs.queries.packs import valid_since


@dataclass(frozen=True, slots=True)
class Changed:
    """A procedure, and the day on which what we say of it last changed."""

    code: str
    on: date


@public
def parts(size: int) -> tuple[str, ...]:
    """Return the first code of each part of ``size`` listed procedures, in one statement."""
    place = Window(RowNumber(), order_by=F("code").asc())
    rows = Procedure.objects.listed().annotate(place=Mod(place - 1, size)).filter(place=0)
    return tuple(rows.order_by("code").values_list("code", flat=True))


@public
def part(first: str, *, size: int, on: date) -> tuple[Changed, ...]:
    """Return the listed procedures from the code ``first``, in one statement."""
    rows = (
        Version.objects.filter(valid_to=None, procedure__listed=True, procedure__gte=first)
        .order_by("procedure")
        .annotate(pack_since=valid_since(OuterRef("procedure_id"), on=on))
    )
    told = rows.values_list("procedure_id", "valid_from", "pack_since")[:size]
    return tuple(
        Changed(code, max(localdate(since), pack_since or date.min))
        for code, since, pack_since in told
    )
