"""What a dead worker left is taken up again, and what nobody needs is swept away."""

import asyncio
import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.backbone.http.refusals import TooOften
from motcua.backbone.jobs import jobs
from motcua.backbone.limits import check_rate
from motcua.backbone.models import GivenAnswer, Tally
from motcua.backbone.queued import STALLED_AFTER
from motcua.backbone.working import ANSWERS_KEPT, forget_old, sweep, work


def run_sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


@pytest.fixture
def task():
    done = []

    @jobs.task(name="test.note")
    def note(what):
        done.append(what)

    yield note, done
    del jobs.tasks["test.note"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("silence", "taken_up"), [(STALLED_AFTER + 1, True), (1, False)])
def test_a_dead_workers_job_is_done_again_and_a_live_ones_is_left(task, silence, taken_up):
    note, done = task
    job = note.defer(what="once")
    (worker,) = run_sql(
        "INSERT INTO procrastinate_workers (last_heartbeat) "
        "VALUES (now() - make_interval(secs => %s)) RETURNING id",
        silence,
    )
    run_sql("UPDATE procrastinate_jobs SET status='doing', worker_id=%s WHERE id=%s", worker, job)
    jobs.tasks["backbone.take-up-stalled"].defer(timestamp=0)
    asyncio.run(work(concurrency=1, once=True))
    asyncio.run(work(concurrency=1, once=True))
    connection.close()
    assert done == (["once"] if taken_up else [])
    assert ProcrastinateJob.objects.filter(pk=job).count() == (0 if taken_up else 1)


@pytest.mark.django_db
def test_old_answers_and_tallies_are_forgotten_and_young_ones_kept():
    at = now()
    for key, age in (("old", ANSWERS_KEPT + timedelta(hours=1)), ("young", timedelta(hours=1))):
        GivenAnswer.objects.create(
            actor="huong", key=key, digest=b"", status=201, body=b"", at=at - age
        )
    check_rate("look-up", "203.0.113.9", times=5, seconds=60, at=at - timedelta(minutes=2))
    check_rate("look-up", "203.0.113.9", times=5, seconds=60, at=at)
    assert forget_old(at=at) == 2
    assert [answer.key for answer in GivenAnswer.objects.all()] == ["young"]
    assert Tally.objects.count() == 1
    sweep(timestamp=0)


@pytest.mark.django_db
def test_who_asks_too_often_is_told_how_long_to_wait():
    at = now().replace(second=15, microsecond=0)
    for _ in range(3):
        check_rate("look-up", "203.0.113.9", times=3, seconds=60, at=at)
    with pytest.raises(TooOften) as refused:
        check_rate("look-up", "203.0.113.9", times=3, seconds=60, at=at)
    assert refused.value.facts == {"seconds": 45}
    check_rate("look-up", "198.51.100.7", times=3, seconds=60, at=at)
    check_rate("look-up", "203.0.113.9", times=3, seconds=60, at=at + timedelta(seconds=60))


@pytest.mark.django_db(transaction=True)
def test_a_jobs_log_says_which_and_how_but_never_with_what(task, caplog):
    note, _ = task
    caplog.set_level(logging.INFO)
    note.defer(what="Nguyễn Thị Hương")
    asyncio.run(work(concurrency=1, once=True))
    connection.close()
    ours = [record for record in caplog.records if record.name == "motcua.jobs"]
    assert ours
    assert "Hương" not in "".join(str(record.msg) for record in ours)
