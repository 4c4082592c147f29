"""Jobs that failed: seen by who looks after the portal, done again or given up, never hidden."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from motcua.backbone.failing import DIED, note_failure
from motcua.backbone.models import Entry, FailedTry
from motcua.backbone.operators import OperatorsOnly
from motcua.backbone.queued import STALLED_AFTER
from motcua.backbone.undone import Standing
from motcua.kernel.actors import Actor, Role
from motcua.portal.operations.undone import (
    JobNotFailed,
    JobReasonNeeded,
    JobRuns,
    give_up_job,
    retry_all,
    retry_job,
)
from motcua.portal.queries.undone import NoSuchJob, job_page, undone, work_seen
from motcua.portal.tests.failed import (
    CODE,
    WHY,
    a_delivery,
    a_job,
    a_job_being_done,
    refused,
    run_sql,
    state,
)

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
ROOT = Actor(
    id="o-root", name="Root", agency="000.00.00.H26", roles=frozenset({Role.ADMINISTRATOR})
)


def test_a_failed_job_tells_what_it_was_about_and_why_it_failed():
    job = a_delivery()
    note_failure(job, RuntimeError("the printer is on fire"), given={}, at=now())
    (seen,) = undone(Standing.FAILED, by=ROOT, at=now()).jobs
    assert (seen.id, seen.about, seen.event, seen.listener) == (job, CODE, "dossiers.moved", "make")
    assert seen.error == "RuntimeError: the printer is on fire"
    assert (seen.attempts, seen.known) == (14, True)
    assert seen.failing_since
    assert seen.since


def test_a_list_of_jobs_needs_few_statements(django_assert_max_num_queries):
    for number in range(20):
        a_delivery(subject=f"code-{number}")
    with django_assert_max_num_queries(9):
        assert len(undone(Standing.FAILED, by=ROOT, at=now()).jobs) == 20
        work_seen(by=ROOT, at=now())


def test_jobs_are_found_by_task_and_by_what_they_are_about():
    mine, other = a_delivery(), a_delivery(subject="another")
    mail = a_job(task="notices.mail", args='{"notice": 7}')
    about = undone(Standing.FAILED, by=ROOT, at=now(), about=CODE).jobs
    assert [job.id for job in about] == [mine]
    mails = undone(Standing.FAILED, by=ROOT, at=now(), task="notices.mail").jobs
    assert [(job.id, job.about) for job in mails] == [(mail, "7")]
    everything = undone(Standing.FAILED, by=ROOT, at=now()).jobs
    assert [job.id for job in everything] == [mail, other, mine]


def test_a_page_of_jobs_leads_to_the_older_ones():
    jobs = [a_job() for _ in range(5)]
    first = undone(Standing.FAILED, by=ROOT, at=now(), limit=3)
    assert [job.id for job in first.jobs] == jobs[:1:-1]
    rest = undone(Standing.FAILED, by=ROOT, at=now(), limit=3, before=first.before)
    assert [job.id for job in rest.jobs] == jobs[1::-1]
    assert rest.before is None


def test_jobs_that_wait_for_another_try_and_those_left_by_a_dead_worker_stand_apart():
    failed, waiting, left = a_job(), a_job("todo", attempts=3), a_job("doing", attempts=0)
    a_job("todo", attempts=0)
    for standing, job in (("failed", failed), ("retrying", waiting), ("stalled", left)):
        found = undone(Standing(standing), by=ROOT, at=now()).jobs
        assert [(each.id, each.standing) for each in found] == [(job, standing)]
    work = work_seen(by=ROOT, at=now())
    assert (work.failed, work.retrying, work.stalled) == (1, 1, 1)


def test_a_job_is_done_again_and_the_journal_knows_who_wanted_it():
    for status in ("failed", "cancelled", "aborted"):
        job = a_delivery(status)
        retry_job(job, by=ROOT, at=now(), reason="Máy chủ thư đã chạy lại.")
        assert state(job) == "todo"
        told = Entry.objects.get(name="portal.job-retried", subject=str(job))
        assert (told.by, told.facts["about"]) == ("o-root", CODE)


def test_a_job_that_waits_for_its_next_try_may_be_tried_at_once():
    job = a_delivery("todo", attempts=3)
    run_sql("UPDATE procrastinate_jobs SET scheduled_at = now() + interval '1 hour'")
    at = now()
    retry_job(job, by=ROOT, at=at)
    assert run_sql("SELECT attempts, scheduled_at FROM procrastinate_jobs") == (3, at)


def test_a_job_of_the_clock_is_done_again_although_the_next_one_waits_already():
    job = a_job(task="backbone.sweep", args='{"timestamp": 1}')
    run_sql("UPDATE procrastinate_jobs SET queueing_lock = 'sweep'")
    waiting = a_job("todo", task="backbone.sweep", attempts=0)
    run_sql("UPDATE procrastinate_jobs SET queueing_lock = 'sweep' WHERE id = %s", waiting)
    retry_job(job, by=ROOT, at=now())
    assert state(job) == "todo"


def test_what_has_not_failed_is_not_retried():
    for job in (a_job("todo", attempts=0), a_job_being_done()):
        with refused(JobNotFailed):
            retry_job(job, by=ROOT, at=now())
    with refused(NoSuchJob):
        retry_job(999_999, by=ROOT, at=now())


def test_what_a_dead_worker_left_is_done_again_and_the_death_is_counted():
    job, died = a_job_being_done(), now() + timedelta(seconds=STALLED_AFTER + 1)
    retry_job(job, by=ROOT, at=died)
    assert state(job) == "todo"
    assert (job_page(job, by=ROOT, at=died).deaths, job_page(job, by=ROOT, at=died).error) == (
        1,
        DIED,
    )
    assert Entry.objects.filter(name="portal.job-retried", subject=str(job)).exists()
    with refused(JobReasonNeeded):
        give_up_job(a_job("doing"), reason="", by=ROOT, at=died)
    left = a_job("doing")
    give_up_job(left, reason=WHY, by=ROOT, at=died)
    assert state(left) is None


def test_all_failed_jobs_of_a_task_are_done_again_with_one_entry_in_the_journal():
    mails = [a_job(task="notices.mail") for _ in range(3)]
    other = a_job()
    assert retry_all("notices.mail", by=ROOT, at=now()) == 3
    assert retry_all("notices.mail", by=ROOT, at=now()) == 0
    assert [state(job) for job in (*mails, other)] == ["todo"] * 3 + ["failed"]
    assert Entry.objects.get(name="portal.jobs-retried").facts["count"] == 3


def test_a_job_given_up_is_gone_and_the_journal_keeps_what_it_was_and_why():
    job = a_delivery()
    note_failure(job, ValueError("no"), given={}, at=now())
    give_up_job(job, reason=WHY, by=ROOT, at=now())
    assert state(job) is None
    assert not FailedTry.objects.exists()
    told = Entry.objects.get(name="portal.job-given-up")
    assert told.facts["reason"] == WHY
    assert (told.facts["about"], told.facts["event"]) == (CODE, "dossiers.moved")
    assert (told.facts["error"], told.facts["attempts"]) == ("ValueError: no", 14)


def test_a_job_is_given_up_for_a_reason_and_not_while_it_is_done():
    with refused(JobReasonNeeded):
        give_up_job(a_job(), reason=" kệ nó ", by=ROOT, at=now())
    with refused(JobRuns):
        give_up_job(a_job_being_done(), reason=WHY, by=ROOT, at=now())


@pytest.mark.parametrize(
    "who",
    [
        Actor(id="c-lan"),
        Actor(id="o", agency="000.00.61.H26", roles=frozenset({Role.LEADER})),
        Actor(id="o", agency="000.00.61.H26", roles=frozenset({Role.ADMINISTRATOR})),
    ],
)
def test_only_who_looks_after_the_portal_sees_and_decides(who, settings):
    settings.OPERATING_AGENCIES = frozenset({"000.00.00.H26"})
    job = a_job()
    for act in (
        lambda: undone(Standing.FAILED, by=who, at=now()),
        lambda: work_seen(by=who, at=now()),
        lambda: job_page(job, by=who, at=now()),
        lambda: retry_job(job, by=who, at=now()),
        lambda: retry_all("x", by=who, at=now()),
        lambda: give_up_job(job, reason=WHY, by=who, at=now()),
    ):
        with refused(OperatorsOnly):
            act()
    assert state(job) == "failed"
    assert job_page(job, by=ROOT, at=now()).id == job
    assert job_page(job, by=SYSTEM, at=now()).id == job
