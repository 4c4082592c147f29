"""All versions there are of packs: in force, to come, over, withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models.fields.json import KeyTransform

from motcua.kernel.scope import for_rooms
from motcua.packs.models.versions import PackVersion

__all__ = ["OnShelf", "Standing", "codes_after", "version_named", "versions_of"]


class Standing(StrEnum):
    """Where a version stands on a day. ``REPLACED``: valid, but a newer one counts."""

    IN_FORCE = "in_force"
    SCHEDULED = "scheduled"
    REPLACED = "replaced"
    OVER = "over"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class OnShelf:
    """A version with the words of its procedure; names of persons are officials'."""

    id: str
    code: str
    number: int
    digest: str
    title: dict[str, str]
    valid_from: date
    valid_to: date | None
    published_at: datetime
    published_by: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_for: str
    standing: Standing


_NAMES = (
    "id",
    "code",
    "number",
    "digest",
    "valid_from",
    "valid_to",
    "published_at",
    "published_by",
    "withdrawn_at",
    "withdrawn_by",
    "withdrawn_for",
)
_TITLE = KeyTransform("title", KeyTransform("procedure", "definition"))


@for_rooms
def codes_after(code: str = "", *, limit: int) -> tuple[str, ...]:
    """Return the codes of packs after ``code``, in order, in one statement."""
    rows = PackVersion.objects.filter(code__gt=code).order_by("code")
    return tuple(rows.values_list("code", flat=True).distinct()[:limit])


@for_rooms
def versions_of(codes: Collection[str], *, on: date) -> tuple[OnShelf, ...]:
    """Return all versions of these packs, by code, the newest of each first, in one statement."""
    rows = PackVersion.objects.filter(code__in=codes).newest_first()
    told = rows.annotate(words=_TITLE).values(*_NAMES, "words")
    taken: set[str] = set()
    return tuple(_told(row, on, taken) for row in told)


@for_rooms
def version_named(version: str, *, on: date | None = None) -> OnShelf | None:
    """Return a version by its id, or None; ``on`` a day to know where it stands then."""
    code, _, _ = version.partition("@")
    found = versions_of([code], on=on or date.min)
    return next((each for each in found if each.id == version), None)


def _told(row: dict[str, Any], on: date, taken: set[str]) -> OnShelf:
    title = row.pop("words")
    standing = _standing(row, on, taken)
    if standing is Standing.IN_FORCE:
        taken.add(row["code"])
    return OnShelf(**row, title=title, standing=standing)


def _standing(row: dict[str, Any], on: date, taken: set[str]) -> Standing:
    if row["withdrawn_at"]:
        return Standing.WITHDRAWN
    if row["valid_from"] > on:
        return Standing.SCHEDULED
    if row["valid_to"] and row["valid_to"] < on:
        return Standing.OVER
    return Standing.REPLACED if row["code"] in taken else Standing.IN_FORCE
