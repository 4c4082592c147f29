"""How far a member's streams have come, and which of its rows were not taken."""

from dataclasses import dataclass
from datetime import datetime

from motcua.backbone.operators import operates
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_
from motcua.sync.models import Refusal, Stream
from motcua.sync.rules.access import ALL, members_read_by
from motcua.sync.rules.codes import top_of_member

__all__ = ["Position", "RefusedRun", "cursor_of", "readable_top", "refused_rows", "streams_of"]

PAGE = 100


class NotYourStreams(Forbidden):
    code = "sync.not-your-streams"
    message = N_("A member may ask only how its own streams stand.")


@dataclass(frozen=True, slots=True)
class Position:
    """A stream and how many of its rows have been read."""

    stream: str
    cursor: int
    begun_at: datetime | None
    moved_at: datetime | None


@dataclass(frozen=True, slots=True)
class RefusedRun:
    """Rows of a stream not taken for one reason; ``id`` is its place in the list."""

    id: int
    stream: str
    first: int
    last: int
    reason: str
    example: str
    at: datetime


def cursor_of(member: str, stream: str, *, by: Actor) -> Position:
    """
    Return how far a stream has come; 0 rows of one that nobody has begun.

    :raises NotYourStreams: if the actor is another member or may not look at this one
    """
    rows = Stream.objects.filter(member=readable_top(member, by=by), stream=stream)
    found = rows.values_list("cursor", "begun_at", "moved_at").first()
    return Position(stream, *(found or (0, None, None)))


def streams_of(member: str, *, by: Actor) -> tuple[Position, ...]:
    """
    Return a member's streams, those that moved last first, at most 100.

    :raises NotYourStreams: if the actor is another member or may not look at this one
    """
    rows = Stream.objects.filter(member=watched_top(member, by=by)).order_by("-moved_at", "-id")
    values = rows.values_list("stream", "cursor", "begun_at", "moved_at")[:PAGE]
    return tuple(Position(*value) for value in values)


def refused_rows(
    member: str, *, by: Actor, stream: str = "", before: int | None = None, limit: int = PAGE
) -> tuple[RefusedRun, ...]:
    """
    Return runs of rows that were not taken, the newest first, older than the run ``before``.

    :raises NotYourStreams: if the actor is another member or may not look at this one
    """
    rows = Refusal.objects.filter(member=readable_top(member, by=by))
    if stream:
        rows = rows.filter(stream=stream)
    if before is not None:
        rows = rows.filter(id__lt=before)
    values = rows.order_by("-id").values_list(
        "id", "stream", "first", "last", "reason", "example", "at"
    )
    return tuple(RefusedRun(*value) for value in values[:limit])


def watched_top(member: str, *, by: Actor) -> str:
    """
    Return a member's first-level code if the actor may see how its streams stand.

    Who looks after the portal sees it too, but no row: these hold what people wrote.

    :raises NotYourStreams: if they may not, or it is no member's id
    """
    top = top_of_member(member)
    return top if top is not None and operates(by) else readable_top(member, by=by)


def may_read_rows(member: str, *, by: Actor) -> bool:
    """Tell whether the actor may read rows of a member, those not taken too."""
    try:
        readable_top(member, by=by)
    except NotYourStreams:
        return False
    return True


def readable_top(member: str, *, by: Actor) -> str:
    """
    Return a member's first-level code if the actor may ask about it.

    :raises NotYourStreams: if they may not, or it is no member's id
    """
    top, readable = top_of_member(member), members_read_by(by)
    own = by.id == f"member:{member}"
    if top is None or not (own or readable is ALL or top in readable):
        raise NotYourStreams
    return top
