"""Subscribers hear of changes as they happen."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.registrar.events import ChangesToTell
from motcua.registrar.operations.telling import push
from motcua.registries.queries.answers import Register


@listen(ChangesToTell)
def tell_subscriber(event: ChangesToTell, now: datetime) -> None:
    """Push a subscriber's changes; while it is down it is tried again."""
    push(Register(event.register), event.subject, at=now)
