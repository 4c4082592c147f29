"""Warn of parents that are stuck: what they were to be told has been waiting for long."""

from datetime import datetime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.sync.events import ParentStuck
from motcua.sync.models import Parent
from motcua.sync.queries.parents import parents

__all__ = ["warn_of_stuck"]


@one_transaction
def warn_of_stuck(*, by: Actor, at: datetime) -> int:
    """Announce which parents are stuck, each once until it takes something; return how many."""
    told = 0
    for standing in parents(by=by, at=at):
        if not standing.is_stuck or standing.since is None or standing.paused_at:
            continue
        if not Parent.objects.filter(pk=standing.id, warned_at=None).update(warned_at=at):
            continue
        event = ParentStuck(
            subject=standing.to,
            member=standing.member,
            parent=standing.id,
            title=standing.title,
            since=standing.since.isoformat(),
        )
        announce(event, by=by, at=at)
        told += 1
    return told
