"""Five hundred dossiers accepted while the database dies; jobs that fail for ever."""

import os
import signal
import subprocess
import sys

import pytest

from tests.faults.waiting import query, ready, until
from tests.portals import environment

MANY = 500


@pytest.fixture(autouse=True)
def _calm(house):
    until(lambda: ready(house), what="the portal is ready before the test")
    yield
    until(lambda: ready(house), what="the portal is ready after the test")


def test_five_hundred_accepted_while_the_database_restarts_twice_are_each_accepted_once(house):
    """Once it stops in good order, once it is killed; both times in the middle."""
    program = [sys.executable, "-m", "tests.faults.accepting", str(MANY), "bulk"]
    accepted = []
    with subprocess.Popen(
        program, env=environment(house.place), stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout:
            accepted.append(line.strip())
            if len(accepted) in {MANY // 5, MANY // 2}:
                how = signal.SIGINT if len(accepted) == MANY // 5 else signal.SIGKILL
                os.kill(house.pid("database"), how)
    assert process.returncode == 0
    codes, tries = accepted[1:-1], int(accepted[-1].split()[1])
    assert len(set(codes)) == MANY
    assert tries > MANY, "the database was away for some of them"
    once = (
        "SELECT count(*), count(DISTINCT t.dossier_id), count(DISTINCT d.code) "
        "FROM dossiers_transition t JOIN dossiers_dossier d ON d.id = t.dossier_id "
        "WHERE t.step = 'accept' AND d.source = 'fault' AND d.state = 'received'"
    )
    assert query(house, once) == [(MANY, MANY, MANY)]
    told = (
        "SELECT count(*), count(DISTINCT subject) FROM backbone_entry "
        "WHERE name = 'dossiers.moved' AND subject = ANY(%s) AND facts->>'step' = 'accept'"
    )
    assert query(house, told, codes) == [(MANY, MANY)]
    waiting = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'backbone.deliver'"
    until(lambda: query(house, waiting) == [(0,)], what="whoever listens has been told of all")


def poisoned(house, attempts):
    """Queue a delivery of an entry that is not there: it fails whatever is done."""
    rows = query(
        house,
        "INSERT INTO procrastinate_jobs (queue_name, task_name, args, attempts) VALUES "
        "('events', 'backbone.deliver', '{\"entry_id\": -1, \"listener\": \"x\"}', %s) "
        "RETURNING id",
        attempts,
    )
    return rows[0][0]


def state_of(house, job):
    rows = query(house, "SELECT status FROM procrastinate_jobs WHERE id = %s", job)
    return rows[0][0] if rows else None


def test_a_job_that_fails_for_ever_is_seen_by_an_operator_and_holds_nobody_up(house):
    jobs = [poisoned(house, 14) for _ in range(10)]
    good = int(house.command("jobs", "run", "backbone.sweep"))
    until(lambda: state_of(house, good) is None, what="another job is done behind the poisoned")
    until(lambda: {state_of(house, job) for job in jobs} == {"failed"}, what="they failed")
    listed = house.command("jobs", "--language", "en")
    assert all(f"{job}  failed" in listed for job in jobs)
    assert "DoesNotExist" in listed
    house.command("jobs", "retry", str(jobs[0]), "--reason", "try once more")
    until(
        lambda: (
            query(house, "SELECT attempts FROM procrastinate_jobs WHERE id = %s", jobs[0])
            == [(17,)]
            and state_of(house, jobs[0]) == "failed"
        ),
        what="it was tried again, and failed again",
    )
    why = ("--reason", "the entry it tells of was never there")
    house.command("jobs", "give-up", *map(str, jobs), *why)
    assert {state_of(house, job) for job in jobs} == {None}
    kept = "SELECT count(*) FROM backbone_entry WHERE name = 'portal.job-given-up'"
    assert query(house, kept) == [(10,)]


def test_a_job_that_fails_waits_for_its_next_try_and_says_why_meanwhile(house):
    job = poisoned(house, 8)
    until(
        lambda: (
            query(house, "SELECT attempts FROM procrastinate_jobs WHERE id = %s", job) == [(9,)]
        ),
        what="it failed once more",
    )
    shown = house.command("jobs", "--language", "en", "show", str(job))
    assert "retrying" in shown
    assert "DoesNotExist" in shown
    assert "Next try by itself" in shown
    assert "backbone/journal.py" in shown
    house.command("jobs", "give-up", str(job), "--reason", "only a test of what is shown")
