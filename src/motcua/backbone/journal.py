"""Announce what happened; tell whoever listens, after the transaction, at least once."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TypeVar

import structlog
from django.db import transaction
from django.utils.timezone import now

from motcua.backbone.jobs import PATIENT, jobs
from motcua.backbone.models import Entry
from motcua.backbone.statements import Select, Statement, json_value
from motcua.backbone.together import together
from motcua.kernel.actors import Actor
from motcua.kernel.events import Event

E = TypeVar("E", bound=Event)
Listener = Callable[[E, datetime], None]
Concern = Callable[[E], bool]

log = structlog.get_logger("motcua.journal")
_kinds: dict[str, type[Event]] = {}
_listeners: dict[str, dict[str, tuple[Listener[Event], Concern[Event] | None]]] = {}

_ENTRY = """
INSERT INTO backbone_entry (name, subject, facts, by, agency, at)
VALUES (%s, %s, %s, %s, %s, %s) RETURNING id
"""
_WRITE = Statement(_ENTRY)
_WRITE_AND_TELL = Statement(
    f"""
WITH entry AS ({_ENTRY}), told AS (
  SELECT ROW('events', 'backbone.deliver', 0, NULL, NULL,
             jsonb_build_object('entry_id', entry.id, 'listener', %s::text), NULL
         )::procrastinate_job_to_defer_v1 AS job FROM entry
)
SELECT procrastinate_defer_jobs_v1(ARRAY(SELECT job FROM told))
"""  # noqa: S608 (our own text)
)
"""The entry and the job that tells of it are one statement: every filing and step pays for it."""
_entry = Select(Entry, "WHERE id = %s")

RETRIED_AFTER = 2
"""Seconds after which a listener that failed among others is told again."""


class NotInTransaction(RuntimeError):
    """``announce`` was called outside an operation's transaction: a defect of the caller."""


def listen(
    kind: type[E], *, when: Concern[E] | None = None
) -> Callable[[Listener[E]], Listener[E]]:
    """
    Register a function ``(event, now)`` to hear ``kind`` of event after commit.

    It is called at least once, by a worker, in no promised order: it must bear being told twice.

    :param when: which of these events concern it; of the others it hears nothing, and what concerns
        nobody costs no job
    """

    def register(function: Listener[E]) -> Listener[E]:
        _kinds[kind.name] = kind
        path = f"{function.__module__}.{function.__qualname__}"
        _listeners.setdefault(kind.name, {})[path] = (function, when)  # type: ignore[assignment]
        return function

    return register


def announce(event: Event, *, by: Actor, at: datetime) -> None:
    """
    Write ``event`` in the journal, in the caller's transaction, and queue its delivery.

    One statement. One job tells everybody whom it concerns; whoever fails gets a job of their own.

    :raises NotInTransaction: if the caller has no transaction open
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(event.name)
    facts = asdict(event)
    subject = facts.pop("subject")
    row = (event.name, subject, json_value(facts), by.id, by.agency or "", at)
    if concerned := list(_concerned(event)):
        _WRITE_AND_TELL.run(*row, concerned[0] if len(concerned) == 1 else EVERYBODY)
    else:
        _WRITE.run(*row)


EVERYBODY = ""
"""Instead of the path of a listener: all of them."""


@jobs.task(name="backbone.deliver", queue="events", retry=PATIENT)
def deliver(entry_id: int, listener: str) -> None:
    """
    Tell one listener about one journal entry, or everybody whom it concerns.

    Of everybody, each who fails is told again by a job of their own, so that nobody waits for
    another's mistake.
    """
    entry = _entry.first(entry_id)
    if entry is None:
        raise Entry.DoesNotExist(entry_id)
    event = _kinds[entry.name](subject=entry.subject, **entry.facts)
    if listener != EVERYBODY:
        _listeners[entry.name][listener][0](event, now())
        return
    for path in _concerned(event):
        try:
            _listeners[entry.name][path][0](event, now())
        except Exception:
            log.warning("listener failed", listener=path, entry=entry_id, exc_info=True)
            deliver.configure(schedule_in={"seconds": RETRIED_AFTER}).defer(
                entry_id=entry_id, listener=path
            )


together("backbone.deliver", most=50)


def _concerned(event: Event) -> Iterator[str]:
    for path, (_, when) in _listeners.get(event.name, {}).items():
        if when is None or when(event):
            yield path
