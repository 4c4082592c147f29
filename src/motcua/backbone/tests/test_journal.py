"""What is announced is written and told, at least once, or neither."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar

import pytest
from django.db import connection, transaction
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.backbone import journal
from motcua.backbone.jobs import jobs
from motcua.backbone.journal import NotInTransaction, announce, listen
from motcua.backbone.models import Entry
from motcua.backbone.transactions import one_transaction
from motcua.backbone.working import work
from motcua.kernel.actors import Actor
from motcua.kernel.events import Event

CLERK = Actor("lan", "Lan", agency="000.00.61.H26")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorOpened(Event):
    name: ClassVar[str] = "test.door-opened"
    wide: bool = False


@pytest.fixture
def heard():
    """What the one listener heard; ``fail`` counts down the times it still fails."""
    heard = []

    @listen(DoorOpened)
    def note(event, at):
        if event.wide:
            raise RuntimeError("the listener's own mistake")
        heard.append(event)

    yield heard
    del journal._listeners[DoorOpened.name]


@one_transaction
def open_door(**facts):
    announce(DoorOpened(subject="door-1", **facts), by=CLERK, at=now())


def waiting():
    return ProcrastinateJob.objects.filter(task_name="backbone.deliver", status="todo").count()


def do_what_waits():
    asyncio.run(work(concurrency=2, once=True))
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_was_announced_is_written_and_told(heard):
    open_door()
    entry = Entry.objects.get(name=DoorOpened.name)
    assert (entry.subject, entry.facts, entry.by) == ("door-1", {"wide": False}, "lan")
    assert entry.agency == "000.00.61.H26"
    do_what_waits()
    assert heard == [DoorOpened(subject="door-1")]
    assert ProcrastinateJob.objects.filter(task_name="backbone.deliver").count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_neither_written_nor_told(heard):
    def change_of_mind():
        with transaction.atomic():
            open_door()
            raise RuntimeError("no, keep it shut")

    with pytest.raises(RuntimeError):
        change_of_mind()
    assert (Entry.objects.filter(name=DoorOpened.name).count(), waiting()) == (0, 0)
    do_what_waits()
    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_is_told_again_later(heard):
    open_door(wide=True)
    do_what_waits()
    job = ProcrastinateJob.objects.get(task_name="backbone.deliver")
    assert (job.status, job.attempts, heard) == ("todo", 1, [])
    assert job.scheduled_at > now()


@pytest.mark.django_db(transaction=True)
def test_jobs_that_a_rolled_back_job_deferred_are_not_done(heard):
    """The worker's own connections must not queue what the operation's transaction undoes."""

    @jobs.task(name="test.opens-and-fails")
    def opens_and_fails():
        with transaction.atomic():
            open_door()
            raise RuntimeError("undone")

    opens_and_fails.defer()
    do_what_waits()
    assert (heard, waiting(), Entry.objects.filter(name=DoorOpened.name).count()) == ([], 0, 0)
    del jobs.tasks["test.opens-and-fails"]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_announced_outside_a_transaction():
    with pytest.raises(NotInTransaction):
        announce(DoorOpened(subject="door-1"), by=CLERK, at=now())


@pytest.mark.django_db(transaction=True)
def test_an_event_nobody_listens_to_is_written_all_the_same():
    open_door()
    assert (Entry.objects.filter(name=DoorOpened.name).count(), waiting()) == (1, 0)


@pytest.fixture
def two_more(heard):
    """Two listeners more: one that is poisoned, one that hears of wide doors only."""
    told = []

    @listen(DoorOpened)
    def poisoned(event, at):
        raise RuntimeError("always")

    @listen(DoorOpened, when=lambda event: event.wide)
    def of_wide_doors(event, at):
        told.append(event)

    return told


@pytest.mark.django_db(transaction=True)
def test_one_job_tells_all_and_who_fails_is_told_again_alone(heard, two_more):
    open_door()
    assert waiting() == 1
    do_what_waits()
    (left,) = ProcrastinateJob.objects.filter(task_name="backbone.deliver")
    assert left.args["listener"].endswith("poisoned")
    assert (left.status, left.scheduled_at > now()) == ("todo", True)
    assert (heard, two_more) == ([DoorOpened(subject="door-1")], [])


@pytest.mark.django_db(transaction=True)
def test_a_listener_hears_only_what_concerns_it(heard, two_more):
    open_door(wide=True)
    do_what_waits()
    assert two_more == [DoorOpened(subject="door-1", wide=True)]


@pytest.mark.django_db(transaction=True)
def test_what_concerns_nobody_costs_no_job():
    @listen(DoorOpened, when=lambda event: event.wide)
    def of_wide_doors(event, at):
        raise AssertionError

    open_door()
    assert (Entry.objects.filter(name=DoorOpened.name).count(), waiting()) == (1, 0)
    del journal._listeners[DoorOpened.name]
