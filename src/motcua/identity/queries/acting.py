"""For whom a signed-in person acts: for themselves, or for an agency where they hold posts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from motcua.agencies.queries.posts import PostHeld, posts_held
from motcua.kernel.actors import Actor, Role, StandIn
from motcua.kernel.scope import for_rooms

REMEMBERED = 30
"""Seconds for which a process may go by the posts it has read."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """An agency the actor may act for, and the titles of their posts there."""

    agency: str
    agency_name: str
    titles: tuple[str, ...]


@for_rooms
def acting_as(account_id: str, name: str, *, agency: str, at: datetime) -> Actor:
    """
    Return a signed-in person as an actor; an official with what absent colleagues lend them.

    :param agency: the agency they chose; empty, or one where they hold no post: for themselves
    """
    posts = [p for p in _posts_of(account_id, at=at) if p.agency == agency] if agency else []
    if not posts:
        return Actor(id=account_id, name=name)
    return Actor(
        id=account_id,
        name=name,
        agency=agency,
        roles=frozenset(post.role for post in posts),
        stands_in_for=_absent(posts),
    )


def capacities(*, by: Actor, at: datetime) -> tuple[Capacity, ...]:
    """
    Return the agencies the actor may act for, the oldest post first.

    A title they have only while a colleague is away carries that colleague's name.
    """
    titles: dict[tuple[str, str], list[str]] = {}
    for post in _posts_of(by.id, at=at):
        title = f"{post.title} ({post.for_name})" if post.for_name else post.title
        titles.setdefault((post.agency, post.agency_name), []).append(title)
    return tuple(Capacity(*agency, tuple(held)) for agency, held in titles.items())


@for_rooms
def forget_posts(account_id: str) -> None:
    """Read a person's posts anew at the next request of this process."""
    cache.delete(_place_of(account_id))


def _absent(posts: Iterable[PostHeld]) -> tuple[StandIn, ...]:
    """Return those in whose place the holder of ``posts`` works, with the roles that they add."""
    own: set[Role] = set()
    lent: dict[tuple[str, str], set[Role]] = {}
    for post in posts:
        roles = lent.setdefault((post.holder, post.for_name), set()) if post.for_name else own
        roles.add(post.role)
    return tuple(StandIn(*who, frozenset(roles - own)) for who, roles in lent.items())


def _posts_of(account_id: str, *, at: datetime) -> tuple[PostHeld, ...]:
    place = _place_of(account_id)
    posts: tuple[PostHeld, ...] | None = cache.get(place)
    if posts is None:
        cache.set(place, posts := posts_held(account_id, at=at), REMEMBERED)
    return tuple(post for post in posts if post.until is None or post.until > at)


def _place_of(account_id: str) -> str:
    return f"identity.posts.{account_id}"
