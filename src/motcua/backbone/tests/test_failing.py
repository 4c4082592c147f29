"""Why a job failed is kept for an operator, without what the job was given."""

import asyncio
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from motcua.backbone.failing import note_failure, one_line
from motcua.backbone.jobs import jobs
from motcua.backbone.models import FailedTry
from motcua.backbone.queued import STALLED_AFTER
from motcua.backbone.undone import Standing, undone_job, undone_jobs
from motcua.backbone.working import MOST_DEATHS, forget_old, take_up, work
from motcua.kernel.errors import Unavailable


def run_sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone() if cursor.description else None


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError("the printer is on fire"), "RuntimeError: the printer is on fire"),
        (ValueError(), "ValueError"),
        (ValueError("first\nsecond: secret"), "ValueError: first"),
        (ConnectionError("to lan@example.vn refused"), "ConnectionError: to … refused"),
        (ValueError("no such id 001185012345"), "ValueError: no such id …"),
        (ValueError("bad phone +84 912 345 678"), "ValueError: bad phone …"),
        (ValueError("not 000.00.61.H26-261122-0001"), "ValueError: not 000.00.61.H26-261122-0001"),
        (KeyError("Nguyễn Thị Lan"), "KeyError: '…'"),
        (TypeError("'NoneType' has no 'x'"), "TypeError: 'NoneType' has no 'x'"),
        (RuntimeError("cannot write to Lan today"), "RuntimeError: cannot write to … today"),
    ],
)
def test_an_error_is_told_in_one_line_without_personal_data(error, told):
    given = {"to": "lan@example.vn", "deep": {"name": ["Lan", 7]}}
    assert one_line(error, given=given) == told


def test_names_of_the_program_and_codes_of_dossiers_are_no_secrets():
    given = {"listener": "motcua.dossiers.handlers.results.make", "code": "A-1"}
    told = one_line(KeyError(given["listener"]), given=given)
    assert told == "KeyError: 'motcua.dossiers.handlers.results.make'"
    assert one_line(ValueError("A-1 is gone"), given=given) == "ValueError: A-1 is gone"


def test_a_refusal_is_told_by_its_code_and_sentence():
    told = one_line(Unavailable())
    assert told.startswith("unavailable: ")
    assert len(told) > 30


def test_an_error_without_end_is_cut():
    assert len(one_line(ValueError("x y" * 1000))) == 300


@pytest.mark.django_db
def test_the_details_say_where_in_the_code_and_never_what_was_there():
    try:
        try:
            with transaction.atomic():
                run_sql("INSERT INTO backbone_failedtry (job) VALUES (7)")
        except IntegrityError as cause:
            raise RuntimeError("Lan was not written") from cause
    except RuntimeError as error:
        note_failure(5, error, given={"name": "Lan"}, at=now())
    kept = FailedTry.objects.get()
    assert kept.error == "RuntimeError: … was not written"
    assert "because of IntegrityError" in kept.details
    assert "test_failing.py" in kept.details
    assert "Lan" not in kept.details
    assert "Failing row" not in kept.details


@pytest.fixture
def poison():
    tried = []

    @jobs.task(name="test.poison", retry=False)
    def drink(who):
        tried.append(who)
        raise RuntimeError(f"{who} drank it")

    @jobs.task(name="test.good")
    def good():
        tried.append("good")

    yield drink, good, tried
    del jobs.tasks["test.poison"], jobs.tasks["test.good"]


@pytest.mark.django_db(transaction=True)
def test_a_job_that_always_fails_is_seen_with_its_cause_and_keeps_no_other_from_being_done(poison):
    drink, good, tried = poison
    job = drink.defer(who="Socrates")
    good.defer()
    asyncio.run(work(concurrency=1, once=True))
    connection.close()
    assert tried == ["Socrates", "good"]
    (seen,) = undone_jobs(Standing.FAILED, at=now())
    assert (seen.id, seen.error) == (job, "RuntimeError: … drank it")
    assert (seen.attempts, seen.about) == (1, "")
    assert "drink" in seen.details


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_done_in_the_end_leaves_no_word_of_its_failures():
    outcomes = [RuntimeError("not yet"), None]

    @jobs.task(name="test.second", retry=1)
    def second():
        if outcome := outcomes.pop(0):
            raise outcome

    job = second.defer()
    asyncio.run(work(concurrency=1, once=True))
    connection.close()
    if outcomes:
        seen = undone_job(job, at=now())
        assert (seen.standing, seen.error) == (Standing.RETRYING, "RuntimeError: not yet")
        run_sql("UPDATE procrastinate_jobs SET scheduled_at = NULL")
        asyncio.run(work(concurrency=1, once=True))
        connection.close()
    del jobs.tasks["test.second"]
    assert not ProcrastinateJob.objects.exists()
    assert not FailedTry.objects.exists()


@pytest.mark.django_db
def test_a_job_that_kills_every_worker_is_taken_for_what_it_is_in_the_end():
    (job,) = run_sql(
        "INSERT INTO procrastinate_jobs (queue_name, task_name) VALUES ('q', 't') RETURNING id"
    )
    for death in range(1, MOST_DEATHS + 1):
        (worker,) = run_sql(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (now() - make_interval(secs => %s)) RETURNING id",
            STALLED_AFTER + 1,
        )
        run_sql(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            worker,
            job,
        )
        take_up(at=now())
        seen = undone_job(job, at=now())
        assert seen.standing == (Standing.RETRYING if death < MOST_DEATHS else Standing.FAILED)
    assert "worker died" in seen.error
    assert FailedTry.objects.get().deaths == MOST_DEATHS


@pytest.mark.django_db
def test_old_failures_of_the_clock_are_swept_and_others_stay_until_somebody_decides():
    at = now()
    for task, args in (("backbone.sweep", '{"timestamp": 1}'), ("notices.mail", '{"notice": 1}')):
        for age in (8, 2):
            (job,) = run_sql(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) "
                "VALUES ('q', %s, %s, 'failed') RETURNING id",
                task,
                args,
            )
            run_sql(
                "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'failed', %s)",
                job,
                at - timedelta(days=age),
            )
            note_failure(job, ValueError("no"), given={}, at=at - timedelta(days=age))
    note_failure(999_999, ValueError("gone"), given={}, at=at - timedelta(days=2))
    forget_old(at=at)
    left = ProcrastinateJob.objects.order_by("pk").values_list("task_name", flat=True)
    assert list(left) == ["backbone.sweep", "notices.mail", "notices.mail"]
    assert FailedTry.objects.count() == 3
