"""Who holds which post."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Greatest, Least

from motcua.agencies.models import Absence, Post
from motcua.kernel.actors import Role
from motcua.kernel.scope import for_rooms

__all__ = ["PostHeld", "holders", "posts_held", "serving", "titles_of", "who_ever_held"]


_COLUMNS = (
    *("id", "holder", "holder_name", "agency_id", "agency__name"),
    *("role", "title", "since", "until"),
)


@dataclass(frozen=True, slots=True)
class PostHeld:
    """
    A post as it is held at one moment.

    ``for_name`` names its absent ``holder`` where somebody stands in for them, and is empty
    otherwise; ``since`` and ``until`` then are the time in which they do.
    """

    id: int
    holder: str
    holder_name: str
    agency: str
    agency_name: str
    role: Role
    title: str
    since: datetime
    until: datetime | None
    for_name: str = ""


@for_rooms
def posts_held(holder: str, *, at: datetime) -> tuple[PostHeld, ...]:
    """
    Return the posts an account holds or stands in for at a moment (one statement).

    Its own come first, the oldest before the others. Nobody stands in where they hold no post.
    """
    own = Post.objects.held_at(at).filter(holder=holder)
    lent = (
        Absence.objects.in_force(at)
        .filter(Exists(own.filter(agency=OuterRef("agency"))), deputy=holder)
        .filter(
            Q(agency__posts__until__isnull=True) | Q(agency__posts__until__gt=at),
            agency__posts__holder=F("holder"),
            agency__posts__since__lte=at,
        )
    )
    mine = own.values_list(*_COLUMNS, Value("", output_field=CharField(max_length=120)))
    theirs = lent.values_list(
        *(f"agency__posts__{column}" for column in _COLUMNS[:-2]),
        Greatest("since", "agency__posts__since"),
        Least("until", "agency__posts__until"),
        "holder_name",
    )
    rows = sorted(mine.union(theirs, all=True), key=lambda row: (row[-1], row[7], row[0]))
    return tuple(_value(*row) for row in rows)


@for_rooms
def holders(agency: str, role: Role, *, at: datetime) -> tuple[PostHeld, ...]:
    """Return who holds a role in an agency at a moment, the longest there first (one statement)."""
    return _held(Post.objects.held_at(at).filter(agency=agency, role=role))


@for_rooms
def serving(agency: str, role: Role, *, at: datetime) -> frozenset[str]:
    """
    Return the accounts that may act in a role of an agency at a moment (one statement).

    Beside those who hold it: who stands in for one of them and holds a post there.
    """
    posts = Post.objects.held_at(at).filter(agency=agency)
    held = posts.filter(role=role)
    lent = Absence.objects.in_force(at).filter(
        Exists(held.filter(holder=OuterRef("holder"))),
        Exists(posts.filter(holder=OuterRef("deputy"))),
        agency=agency,
    )
    return frozenset(
        account
        for (account,) in held.values_list("holder").union(lent.values_list("deputy"), all=True)
    )


@for_rooms
def who_ever_held(
    agency: str, roles: Collection[Role], *, at: datetime
) -> tuple[dict[str, str], dict[str, str]]:
    """
    Return who holds one of the roles in an agency, and who does not at the moment but once did.

    Names by account; one statement.
    """
    here: dict[str, str] = {}
    gone: dict[str, str] = {}
    posts = Post.objects.filter(agency=agency, role__in=[role.value for role in roles])
    for holder, name, since, until in posts.order_by("since", "id").values_list(
        "holder", "holder_name", "since", "until"
    ):
        held = since <= at and (until is None or until > at)
        (here if held else gone)[holder] = name
    return here, {holder: name for holder, name in gone.items() if holder not in here}


@for_rooms
def titles_of(holders: Collection[str]) -> dict[tuple[str, str], str]:
    """
    Return what each of these is, or was last, at each of their agencies; one statement.

    By account and agency; an official may have left since.
    """
    posts = Post.objects.filter(holder__in=set(holders)).order_by("since", "id")
    return {
        (holder, agency): title
        for holder, agency, title in posts.values_list("holder", "agency_id", "title")
    }


def _held(posts: QuerySet[Post]) -> tuple[PostHeld, ...]:
    rows = posts.order_by("since", "id").values_list(*_COLUMNS)
    return tuple(_value(*row) for row in rows)


def _value(*row: Any) -> PostHeld:
    """Return a row of the columns, and perhaps an absent holder's name, as a value."""
    known: tuple[Any, ...] = (*row[:5], Role(row[5]), *row[6:])
    return PostHeld(*known)
