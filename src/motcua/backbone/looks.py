"""Who looked at whose data, and why: written at each look, readable by the person concerned."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from motcua.backbone.models import Look
from motcua.backbone.statements import Insert
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms

_write = Insert(Look)
MOST_LOOKS = 200


@dataclass(frozen=True, slots=True)
class LookSeen:
    """One look at a person's data, as they may see it."""

    id: int
    what: str
    reference: str
    purpose: str
    by: str
    by_name: str
    agency: str
    at: datetime


def record_look(
    person: str,
    what: str,
    *,
    purpose: str,
    by: Actor,
    at: datetime,
    reference: str = "",
    unless_since: datetime | None = None,
    part_of: Collection[str] = (),
) -> None:
    """
    Write down that ``by`` looked at ``what`` of ``person``; one's own data needs no record.

    :param person: id of the actor whose data it is
    :param what: an English translation key, such as ``N_("Dossier")``
    :param purpose: why, as an English translation key or free text
    :param reference: what it belongs to, such as a dossier code
    :param unless_since: write nothing if the same look was written since then; for what is one look
        to a person and many requests to a browser, such as the pages of a paper
    :param part_of: looks at more than this, which stand for it, too, since ``unless_since``
    """
    if by.id == person:
        return
    same = {"by": by.id, "reference": reference, "purpose": purpose, "agency": by.agency or ""}
    noted = _latest(person).filter(**same, what__in=(what, *part_of))
    if unless_since and noted.filter(at__gte=unless_since).exists():
        return
    look = Look(
        person=person,
        what=what,
        reference=reference,
        purpose=purpose,
        by=by.id,
        by_name=by.name,
        agency=by.agency or "",
        at=at,
    )
    _write(look)


def record_looks(
    persons: Iterable[str], what: str, *, purpose: str, by: Actor, at: datetime, reference: str = ""
) -> None:
    """Write down one look at several persons, in the list of each (one statement)."""
    Look.objects.bulk_create(
        Look(
            person=person,
            what=what,
            reference=reference,
            purpose=purpose,
            by=by.id,
            by_name=by.name,
            agency=by.agency or "",
            at=at,
        )
        for person in dict.fromkeys(persons)
        if person != by.id
    )


@for_rooms
def look_noted(
    person: str, what: Collection[str], *, purpose: str, since: datetime
) -> tuple[int, ...]:
    """Return the looks at one of these for a purpose that were written down since, the last 20."""
    found = Look.objects.filter(person=person, what__in=what, purpose=purpose, at__gte=since)
    return tuple(found.order_by("-id").values_list("id", flat=True)[:20])


def looks_at_me(
    *, by: Actor, reference: str = "", agency: str = "", before: int | None = None, limit: int = 50
) -> list[LookSeen]:
    """
    Return the latest looks at the actor's own data, newest first, older than id ``before``.

    :param reference: only looks at what belongs to this, such as a dossier code
    :param agency: only looks by this agency
    """
    mine = Look.objects.filter(person=by.id)
    if reference:
        mine = mine.filter(reference=reference)
    if agency:
        mine = mine.filter(agency=agency)
    if before is not None:
        mine = mine.filter(id__lt=before)
    return [_seen(look) for look in mine.order_by("-id")[:limit]]


def looks_under(references: Collection[str], *, by: Actor) -> dict[str, list[LookSeen]]:
    """Return the looks at the actor's own data by what they belong to, at most 200."""
    mine = Look.objects.filter(person=by.id, reference__in=references)
    found: dict[str, list[LookSeen]] = {}
    for look in mine.order_by("-id")[:MOST_LOOKS]:
        found.setdefault(look.reference, []).insert(0, _seen(look))
    return found


@dataclass(frozen=True, slots=True)
class Looker:
    """Somebody who looked, with the first and the last of their looks of late."""

    by: str
    name: str
    first: datetime
    last: datetime


@for_rooms
def colleagues_looking(
    person: str, reference: str, *, by: Actor, since: datetime
) -> tuple[Looker, ...]:
    """
    Return who else of the actor's agency looked at something of a person since then.

    The first to look comes first. One statement over the last 200 looks at that person's data,
    which are written down in any case: nothing more is kept in order to know it.
    """
    if by.agency is None:
        return ()
    found = (
        _latest(person)
        .filter(reference=reference, agency=by.agency, at__gte=since)
        .exclude(by=by.id)
        .values("by", "by_name")
        .annotate(first=models.Min("at"), last=models.Max("at"))
        .order_by("first")
    )
    return tuple(Looker(x["by"], x["by_name"], x["first"], x["last"]) for x in found)


def agencies_that_looked(*, by: Actor) -> list[str]:
    """Return the agencies that ever looked at the actor's own data; one statement."""
    mine = Look.objects.filter(person=by.id).exclude(agency="")
    return sorted(mine.values_list("agency", flat=True).distinct())


def look_at_me(look_id: int, *, by: Actor) -> LookSeen | None:
    """Return one look at the actor's own data."""
    look = Look.objects.filter(person=by.id, pk=look_id).first()
    return None if look is None else _seen(look)


@dataclass(frozen=True, slots=True)
class Figures:
    """How often a person's data was looked at in a time, by how many agencies."""

    looks: int
    agencies: int
    without_dossier: int


def figures_of_looks(*, since: datetime, by: Actor) -> Figures:
    """Return how often the actor's own data was looked at since then (one statement)."""
    figures = Look.objects.filter(person=by.id, at__gte=since).aggregate(
        looks=models.Count("pk"),
        agencies=models.Count("agency", distinct=True, filter=~models.Q(agency="")),
        without_dossier=models.Count("pk", filter=models.Q(reference="")),
    )
    return Figures(**figures)


def _latest(person: str) -> "models.QuerySet[Look]":
    latest = Look.objects.filter(person=person).order_by("-id").values("pk")[:MOST_LOOKS]
    return Look.objects.filter(pk__in=latest)


def _seen(look: Look) -> LookSeen:
    return LookSeen(
        id=look.pk,
        what=look.what,
        reference=look.reference,
        purpose=look.purpose,
        by=look.by,
        by_name=look.by_name,
        agency=look.agency,
        at=look.at,
    )
