"""
Service packs, for rooms above.

A pack is an immutable value, so the questions about one are plain functions of it; those about its
form are in `motcua.forms.queries.forms`.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ClassVar

from django.db.models import OuterRef, Subquery

from motcua.backbone.remembered import Remembered
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import for_rooms, public
from motcua.kernel.text import N_
from motcua.packs.models.versions import PackVersion
from motcua.packs.rules.charges import (
    FeeLine,
    PaperAsked,
    agency_of,
    case_of,
    fees_for,
    fields_of,
    limit_for,
    papers_for,
    refused_by,
    result_for,
    total_of,
    unit_of,
    usual_limit,
)
from motcua.packs.rules.definition import Pack, Refusal
from motcua.packs.rules.demands import Channel, Paper, PaperForm
from motcua.packs.rules.document import pack_from
from motcua.packs.rules.work import WorkStep

__all__ = [
    "Channel",
    "FeeLine",
    "NoSuchPack",
    "Pack",
    "Paper",
    "PaperAsked",
    "PaperForm",
    "Refusal",
    "Version",
    "WorkStep",
    "agency_of",
    "case_of",
    "codes_online",
    "definition_of",
    "fees_for",
    "fields_of",
    "forget_newest",
    "history",
    "limit_for",
    "newest_pack",
    "pack",
    "pack_for",
    "papers_for",
    "refused_by",
    "result_for",
    "total_of",
    "unit_of",
    "usual_limit",
    "valid_since",
    "version_for",
]


class NoSuchPack(NotFound):
    """No version of a pack has this id."""

    code: ClassVar[str] = "packs.no-such-pack"
    message: ClassVar[str] = N_("There is no service pack {version}. Check its number.")


_newest: Remembered[tuple[str, date], str] = Remembered(seconds=5)


@public
def pack(version_id: str) -> Pack:
    """
    Return a version of a pack, kept in this process once read.

    :raises NoSuchPack: if there is none
    """
    return _kept(version_id)


@lru_cache(maxsize=512)
def _kept(version_id: str) -> Pack:
    return pack_from(definition_of(version_id), version=version_id)


@public
def pack_for(procedure_code: str, *, on: date) -> Pack | None:
    """
    Return the newest version of a procedure's pack valid ``on`` a day, or None.

    Which one that is is remembered for five seconds, so that filing need not ask each time.
    """
    version = _newest.get((procedure_code, on), lambda: _newest_on(procedure_code, on))
    return pack(version) if version else None


def _newest_on(procedure_code: str, on: date) -> str | None:
    versions = PackVersion.objects.filter(code=procedure_code).valid_on(on).newest_first()
    return versions.values_list("id", flat=True).first()


@for_rooms
def newest_pack(procedure_code: str) -> Pack | None:
    """Return the newest version of a procedure's pack, valid already or not, or None."""
    versions = PackVersion.objects.filter(code=procedure_code, withdrawn_at__isnull=True)
    version = versions.newest_first().values_list("id", flat=True).first()
    return pack(version) if version else None


@for_rooms
def version_for(code: OuterRef, *, on: date) -> Subquery:
    """Return, inside a query of a room above, the newest version of ``code`` valid ``on`` a day."""
    versions = PackVersion.objects.filter(code=code).valid_on(on).newest_first()
    return Subquery(versions.values("id")[:1])


@for_rooms
def valid_since(code: OuterRef, *, on: date) -> Subquery:
    """Return, inside a query of a room above, since when that version is valid."""
    versions = PackVersion.objects.filter(code=code).valid_on(on).newest_first()
    return Subquery(versions.values("valid_from")[:1])


@public
def forget_newest() -> None:
    """Ask again which versions are the newest: this process has loaded one."""
    _newest.forget()


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a pack in its history; names of persons are officials'."""

    id: str
    number: int
    valid_from: date
    valid_to: date | None
    published_at: datetime
    published_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_for: str


@for_rooms
def history(code: str) -> tuple[Version, ...]:
    """Return the versions of a procedure's pack, the newest first."""
    names = [field.name for field in fields(Version)]
    rows = PackVersion.objects.filter(code=code).newest_first().values_list(*names)
    return tuple(Version(*row) for row in rows)


@for_rooms
def definition_of(version_id: str) -> dict[str, Any]:
    """
    Return the document of a version, as its files say it.

    :raises NoSuchPack: if there is none
    """
    document = (
        PackVersion.objects.filter(id=version_id).values_list("definition", flat=True).first()
    )
    if document is None:
        raise NoSuchPack(version=version_id)
    return dict(document)


@public
def codes_online(*, on: date) -> frozenset[str]:
    """Return the codes of the procedures that can be filed online ``on`` a day."""
    online = PackVersion.objects.valid_on(on).filter(
        definition__procedure__channels__contains="online"
    )
    return frozenset(online.values_list("code", flat=True).distinct())
