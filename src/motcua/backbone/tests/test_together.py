"""Small jobs that wait are done in one go, and each still ends as if it had been done alone."""

import asyncio
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from motcua.backbone import together as company
from motcua.backbone.jobs import PATIENT, jobs
from motcua.backbone.models import FailedTry
from motcua.backbone.queued import STALLED_AFTER
from motcua.backbone.together import together
from motcua.backbone.working import take_up, work

pytestmark = pytest.mark.django_db(transaction=True)
OURS = ProcrastinateJob.objects.filter(task_name="test.tell").order_by("pk")


@pytest.fixture
def told():
    """What was told, each with how many such jobs were under way then; poison is never told."""
    told = []

    @jobs.task(name="test.tell", retry=PATIENT)
    def tell(what):
        told.append((what, OURS.filter(status="doing").count()))
        if what == "poison":
            raise RuntimeError("always")

    together("test.tell", most=10)
    yield told
    del jobs.tasks["test.tell"], company._most["test.tell"]


def ask(*things):
    for each in things:
        jobs.tasks["test.tell"].defer(what=each)


def do_what_waits():
    asyncio.run(work(concurrency=1, once=True))
    connection.close()


def states():
    return [(row.args["what"], row.status, row.attempts) for row in OURS.all()]


def test_one_that_is_done_takes_along_what_waits(told):
    ask(*"abcde")
    do_what_waits()
    assert told == [("a", 1), ("b", 5), ("c", 5), ("d", 5), ("e", 5)]
    assert states() == []


def test_one_that_fails_among_others_is_tried_again_alone_and_the_others_are_done(told):
    ask("a", "b", "poison", "c", "d")
    do_what_waits()
    assert [what for what, _ in told] == ["a", "b", "poison", "c", "d"]
    assert states() == [("poison", "todo", 1)]
    (left,) = OURS.all()
    assert left.scheduled_at > now()
    assert FailedTry.objects.get(pk=left.pk).error == "RuntimeError: always"
    OURS.update(scheduled_at=now())
    ask("e")
    del told[:]
    do_what_waits()
    assert sorted(told) == [("e", 1), ("poison", 1)]
    assert states() == [("poison", "todo", 2)]


def test_what_a_dead_worker_had_taken_along_is_done_again_each_alone(told):
    ask(*"abc")
    died = now() - timedelta(seconds=STALLED_AFTER + 1)
    worker = ProcrastinateWorker.objects.raw(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING *", [died]
    )[0]
    assert len(company._CLAIM.all(worker.pk, "test.tell", 10)) == 3
    take_up(at=now())
    assert states() == [(what, "todo", 1) for what in "abc"]
    do_what_waits()
    assert told == [("a", 1), ("b", 1), ("c", 1)]
    assert states() == []


def test_what_would_take_too_long_is_left_to_others(told, monkeypatch):
    monkeypatch.setattr(company, "LONGEST", -1.0)
    ask(*"abc")
    do_what_waits()
    assert [what for what, _ in told] == ["a", "b", "c"]
    assert states() == []


def test_how_it_ended_is_said_again_while_the_database_is_away(monkeypatch):
    monkeypatch.setattr(company, "PATIENCE", (0, 0))
    tries = []

    def say():
        tries.append(1)
        if len(tries) < said_at:
            raise OperationalError("gone")

    for said_at in (1, 2, 3):
        del tries[:]
        company._surely(say)
        assert len(tries) == said_at
    said_at = 4
    del tries[:]
    with pytest.raises(OperationalError):
        company._surely(say)
