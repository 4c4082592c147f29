"""Who is away, and who stands in for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from motcua.agencies.models import Absence as AbsenceRow
from motcua.agencies.models import Post
from motcua.agencies.rules.absence import covers
from motcua.kernel.actors import Actor, Role
from motcua.kernel.scope import for_rooms

__all__ = [
    "Absence",
    "Away",
    "Colleague",
    "absences",
    "away_now",
    "colleagues",
    "stand_ins",
    "who_may_stand_in",
]

SHOWN_FOR = timedelta(days=90)
MOST = 200


@dataclass(frozen=True, slots=True)
class Absence:
    """
    An official's absence; ``until`` is the moment from which they are back.

    ``ended_at`` tells when it was ended early or called off.
    """

    id: int
    holder: str
    holder_name: str
    deputy: str
    deputy_name: str
    since: datetime
    until: datetime
    ended_at: datetime | None

    def is_on(self, at: datetime) -> bool:
        """Tell whether a moment is part of it."""
        return self.since <= at < self.until

    def is_over(self, at: datetime) -> bool:
        """Tell whether it has passed, or was called off."""
        return self.until <= at or self.until == self.since


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who holds posts in the actor's agency: their titles, and the roles they give."""

    id: str
    name: str
    titles: tuple[str, ...]
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Away:
    """
    That an official is away, and until which moment.

    ``deputy`` stands in for them, an account; it is empty where nobody does: who was named holds
    no post there any more, or is away too.
    """

    name: str
    until: datetime
    deputy: str
    deputy_name: str


def absences(*, by: Actor, at: datetime) -> tuple[Absence, ...]:
    """
    Return absences now, to come and of the last 90 days, the last to end first (one statement).

    Administrators see their agency's; others their own and those they stand in for.
    """
    rows = AbsenceRow.objects.visible_to(by).filter(until__gt=at - SHOWN_FOR)
    return tuple(
        Absence(
            row.pk,
            row.holder,
            row.holder_name,
            row.deputy,
            row.deputy_name,
            row.since,
            row.until,
            row.ended_at,
        )
        for row in rows.order_by("-until", "-id")[:MOST]
    )


def colleagues(*, by: Actor, at: datetime) -> tuple[Colleague, ...]:
    """Return who holds posts in the actor's agency, the actor too (one statement)."""
    found: dict[tuple[str, str], list[tuple[str, Role]]] = {}
    posts = Post.objects.held_at(at).filter(agency=by.agency) if by.agency else Post.objects.none()
    for holder, name, title, role in posts.order_by("since", "id").values_list(
        "holder", "holder_name", "title", "role"
    ):
        found.setdefault((holder, name), []).append((title, Role(role)))
    return tuple(
        Colleague(*who, tuple(title for title, _ in held), frozenset(role for _, role in held))
        for who, held in found.items()
    )


@for_rooms
def who_may_stand_in(
    holder: str, staff: Collection[Colleague], *, named: bool
) -> tuple[Colleague, ...]:
    """
    Return who of the staff may stand in for one of them.

    :param named: an administrator chooses, who may name any other
    """
    needed = next((one.roles for one in staff if one.id == holder), frozenset[Role]())
    others = (one for one in staff if one.id != holder)
    return tuple(one for one in others if named or covers(one.roles, needed))


@for_rooms
def away_now(agency: str, *, at: datetime) -> dict[str, Away]:
    """Return who is away from an agency at a moment, by their account (one statement)."""
    posts = Post.objects.held_at(at).filter(agency=agency)
    rows = (
        AbsenceRow.objects.in_force(at)
        .filter(agency=agency)
        .annotate(works_there=Exists(posts.filter(holder=OuterRef("deputy"))))
        .values_list("holder", "holder_name", "until", "deputy", "deputy_name", "works_there")
    )
    found = {row[0]: row[1:] for row in rows}
    return {
        holder: Away(name, until, *((deputy, known) if works and deputy not in found else ("", "")))
        for holder, (name, until, deputy, known, works) in found.items()
    }


@for_rooms
def stand_ins(agency: str, *, at: datetime) -> dict[str, str]:
    """Return who stands in, by the ids of those who are away (one statement); see ``away_now``."""
    away = away_now(agency, at=at)
    return {holder: one.deputy for holder, one in away.items() if one.deputy}
