"""Announce what happened; tell whoever listens, after the transaction, at least once."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.timezone import now
from procrastinate.types import JSONDict

from motcua.backbone.jobs import PATIENT, jobs
from motcua.backbone.models import Entry
from motcua.kernel.actors import Actor
from motcua.kernel.events import Event

E = TypeVar("E", bound=Event)
Listener = Callable[[E, datetime], None]

_kinds: dict[str, type[Event]] = {}
_listeners: dict[str, dict[str, Listener[Event]]] = {}


class NotInTransaction(RuntimeError):
    """``announce`` was called outside an operation's transaction: a defect of the caller."""


def listen(kind: type[E]) -> Callable[[Listener[E]], Listener[E]]:
    """
    Register a function ``(event, now)`` to hear every ``kind`` of event after commit.

    It is called at least once, by a worker, in no promised order: it must bear being told twice.
    """

    def register(function: Listener[E]) -> Listener[E]:
        _kinds[kind.name] = kind
        path = f"{function.__module__}.{function.__qualname__}"
        _listeners.setdefault(kind.name, {})[path] = function  # type: ignore[assignment]
        return function

    return register


def announce(event: Event, *, by: Actor, at: datetime) -> None:
    """
    Write ``event`` in the journal, in the caller's transaction, and queue its deliveries.

    :raises NotInTransaction: if the caller has no transaction open
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(event.name)
    facts = asdict(event)
    subject = facts.pop("subject")
    entry = Entry.objects.create(
        name=event.name, subject=subject, facts=facts, by=by.id, agency=by.agency or "", at=at
    )
    if paths := _listeners.get(event.name):
        told: list[JSONDict] = [{"entry_id": entry.pk, "listener": path} for path in paths]
        deliver.batch_defer(*told)


@jobs.task(name="backbone.deliver", queue="events", retry=PATIENT)
def deliver(entry_id: int, listener: str) -> None:
    """Tell one listener about one journal entry."""
    entry = Entry.objects.get(pk=entry_id)
    event = _kinds[entry.name](subject=entry.subject, **entry.facts)
    _listeners[entry.name][listener](event, now())
