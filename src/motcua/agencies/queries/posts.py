"""Who holds which post."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.agencies.models import Post
from motcua.kernel.actors import Role
from motcua.kernel.scope import for_rooms

__all__ = ["PostHeld", "holders", "posts_held"]


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post as it is held at one moment."""

    id: int
    holder: str
    holder_name: str
    agency: str
    agency_name: str
    role: Role
    title: str
    since: datetime
    until: datetime | None


@for_rooms
def posts_held(holder: str, *, at: datetime) -> tuple[PostHeld, ...]:
    """Return the posts an account holds at a moment, the oldest first (one statement)."""
    return _held(Post.objects.held_at(at).filter(holder=holder))


@for_rooms
def holders(agency: str, role: Role, *, at: datetime) -> tuple[PostHeld, ...]:
    """Return who holds a role in an agency at a moment, the longest there first (one statement)."""
    return _held(Post.objects.held_at(at).filter(agency=agency, role=role))


def _held(posts: QuerySet[Post]) -> tuple[PostHeld, ...]:
    return tuple(
        PostHeld(
            post.pk,
            post.holder,
            post.holder_name,
            post.agency_id,
            post.agency.name,
            Role(post.role),
            post.title,
            post.since,
            post.until,
        )
        for post in posts.select_related("agency").order_by("since", "id")
    )
