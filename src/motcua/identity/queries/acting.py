"""For whom a signed-in person acts: for themselves, or for an agency where they hold posts."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from motcua.agencies.queries.posts import PostHeld, posts_held
from motcua.kernel.actors import Actor
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
    Return a signed-in person as an actor.

    :param agency: the agency they chose; empty, or one where they hold no post: for themselves
    """
    roles = (
        frozenset(post.role for post in _posts_of(account_id, at=at) if post.agency == agency)
        if agency
        else frozenset()
    )
    return Actor(id=account_id, name=name, agency=agency if roles else None, roles=roles)


def capacities(*, by: Actor, at: datetime) -> tuple[Capacity, ...]:
    """Return the agencies the actor may act for, the oldest post first."""
    titles: dict[tuple[str, str], list[str]] = {}
    for post in _posts_of(by.id, at=at):
        titles.setdefault((post.agency, post.agency_name), []).append(post.title)
    return tuple(Capacity(*agency, tuple(held)) for agency, held in titles.items())


@for_rooms
def forget_posts(account_id: str) -> None:
    """Read a person's posts anew at the next request of this process."""
    cache.delete(_place_of(account_id))


def _posts_of(account_id: str, *, at: datetime) -> tuple[PostHeld, ...]:
    place = _place_of(account_id)
    posts: tuple[PostHeld, ...] | None = cache.get(place)
    if posts is None:
        cache.set(place, posts := posts_held(account_id, at=at), REMEMBERED)
    return tuple(post for post in posts if post.until is None or post.until > at)


def _place_of(account_id: str) -> str:
    return f"identity.posts.{account_id}"
