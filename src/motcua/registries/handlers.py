"""Objections go to the registries' owners by themselves."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.registries.events import ObjectionMade, PaperProven
from motcua.registries.operations.following import follow_proven
from motcua.registries.operations.objecting import send_objection


@listen(ObjectionMade)
def send_it(event: ObjectionMade, now: datetime) -> None:
    """Send an objection; while the registry is down it is tried again."""
    send_objection(event.subject, at=now)


@listen(PaperProven)
def follow_it(event: PaperProven, now: datetime) -> None:
    """Ask to be told of changes in what stands for a paper; while the registry is down, again."""
    follow_proven(event.subject, at=now)
