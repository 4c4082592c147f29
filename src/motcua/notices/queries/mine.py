"""What I was told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.backbone.built import Built
from motcua.backbone.sentences import say
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_
from motcua.notices.models import Notice
from motcua.notices.rules.kinds import kind_named

MOST_COUNTED = 100


class NoSuchNotice(NotFound):
    code = "notices.no-such-notice"
    message = N_("We could not find this notice. Choose it from the list of your notices.")


@dataclass(frozen=True, slots=True)
class Told:
    """A notice in the language that is active."""

    id: int
    title: str
    body: str
    link: str
    action: str
    subject: str
    at: datetime
    read: bool


@dataclass(frozen=True, slots=True)
class Notices:
    """A page of notices, newest first; ``next`` is where the next page begins, if there is one."""

    notices: tuple[Told, ...]
    next: int | None


def my_notices(*, by: Actor, before: int | None = None, limit: int = 30) -> Notices:
    """Return a page of the actor's notices, those older than ``before`` (one statement)."""
    mine = Notice.objects.visible_to(by)
    if before is not None:
        mine = mine.filter(pk__lt=before)
    rows = list(mine.order_by("-id")[: limit + 1])
    page = tuple(_told(row) for row in rows[:limit])
    return Notices(page, page[-1].id if len(rows) > limit else None)


def notice(notice_id: int, *, by: Actor) -> Told:
    """
    Return one of the actor's notices.

    :raises NoSuchNotice: if there is none, or it is another person's
    """
    row = Notice.objects.visible_to(by).filter(pk=notice_id).first()
    if row is None:
        raise NoSuchNotice
    return _told(row)


def unread(*, by: Actor) -> int:
    """Return how many notices the actor has not read, counting up to 100 (one statement)."""
    return len(_unread.rows(by.id))


@Built
def _unread(me: str) -> QuerySet[Any, Any]:
    return (
        Notice.objects.visible_to(Actor(me)).filter(read_at=None).values_list("id")[:MOST_COUNTED]
    )


def _told(row: Notice) -> Told:
    kind = kind_named(row.kind)
    return Told(
        id=row.pk,
        title=say(kind.title, row.facts),
        body=say(kind.body, row.facts),
        link=row.link,
        action=_(kind.action),
        subject=row.subject,
        at=row.at,
        read=row.read_at is not None,
    )
