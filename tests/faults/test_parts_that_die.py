"""What dies is brought back, and what was asked of it is done: nothing lost, nothing twice."""

import os
import signal
import threading
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil
import psycopg
import pytest

from tests.faults.waiting import query, ready, until
from tests.test_ports import _new_enough, self_connected  # noqa: F401 (a fixture)


@pytest.fixture(autouse=True)
def _calm(house):
    until(lambda: ready(house), what="the portal is ready before the test")
    yield
    until(lambda: ready(house), what="the portal is ready after the test")


def test_a_worker_killed_in_the_middle_of_a_job_has_the_job_done_in_the_end(house):
    """The job sweeps a table that somebody holds locked, so the worker dies in its middle."""
    query(
        house,
        'INSERT INTO backbone_tally (what, who, "window", times, until) '
        "VALUES ('fault', 'x', 1, 1, now() - interval '1 day')",
    )
    with psycopg.connect(house.database_url()) as holder:
        holder.execute("LOCK TABLE backbone_tally IN ACCESS EXCLUSIVE MODE")
        job = house.command("jobs", "run", "backbone.sweep").strip()
        until(lambda: state_of(house, job) == "doing", what="the worker is in the job")
        os.kill(house.pid("worker"), signal.SIGKILL)
        holder.rollback()
    until(lambda: state_of(house, job) is None, what="the job is done, and so not kept")
    assert query(house, "SELECT 1 FROM backbone_tally WHERE what = 'fault'") == []


def state_of(house, job):
    rows = query(house, "SELECT status FROM procrastinate_jobs WHERE id = %s", int(job))
    return rows[0][0] if rows else None


def test_a_web_server_killed_under_load_comes_back_on_the_same_address(house):
    answers, enough = [], threading.Event()

    def ask():
        while not enough.is_set():
            try:
                with urlopen(house.url + "/", timeout=5) as answer:
                    answers.append(answer.status)
            except OSError:
                answers.append(0)

    askers = [threading.Thread(target=ask) for _ in range(4)]
    for asker in askers:
        asker.start()
    until(lambda: answers.count(200) > 5, what="answers before")
    old = house.pid("web")
    os.kill(old, signal.SIGKILL)
    until(lambda: house.pid("web") not in {0, old} and ready(house), what="a new web server")
    before = answers.count(200)
    until(lambda: answers.count(200) > before + 5, what="answers after")
    enough.set()
    for asker in askers:
        asker.join()
    assert not psutil.pid_exists(old)


@pytest.mark.usefixtures("_new_enough")
def test_a_client_that_keeps_trying_never_gets_the_address_of_a_killed_server(house):
    taken, enough = [], threading.Event()

    def grab():
        while not enough.is_set():
            try:
                taken.append(self_connected(house.place.port))
            except OSError:
                time.sleep(0.001)

    old = house.pid("web")
    grabber = threading.Thread(target=grab)
    grabber.start()
    os.kill(old, signal.SIGKILL)
    try:
        until(lambda: house.pid("web") not in {0, old} and ready(house), what="a new web server")
    finally:
        enough.set()
        grabber.join()
        itself = [each for each in taken if each.getsockname() == each.getpeername()]
        for each in taken:
            each.close()
    assert itself == []


def test_one_killed_web_process_is_replaced_without_the_supervisor(house):
    server = psutil.Process(house.pid("web"))
    victim = server.children()[0]
    victim.kill()
    until(
        lambda: len(server.children()) == 2 and victim not in server.children(),
        what="a new process of the same server",
    )


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_database_that_goes_away_comes_back_and_nothing_needs_a_restart(house, how):
    web, worker, database = (house.pid(name) for name in ("web", "worker", "database"))
    statuses = []
    os.kill(database, how)

    def asked():
        try:
            with urlopen(house.url + "/readyz", timeout=5) as answer:
                statuses.append(answer.status)
        except HTTPError as refused:
            statuses.append(refused.code)
        except OSError:
            statuses.append(0)
        return house.pid("database") not in {0, database} and statuses[-1] == 200

    until(asked, what="the portal is ready again")
    assert house.pid("web") == web, "the web server outlives the database"
    assert 0 not in statuses, "every request was answered, if only by a refusal"
    job = house.command("jobs", "run", "backbone.sweep").strip()
    until(lambda: state_of(house, job) is None, what="the worker works again")
    assert worker


def test_every_page_asked_while_the_database_restarts_is_an_answer_never_a_trace(house):
    seen = set()
    os.kill(house.pid("database"), signal.SIGINT)
    limit = time.monotonic() + 5
    while time.monotonic() < limit:
        try:
            with urlopen(house.url + "/tai-khoan/dang-nhap/", timeout=5) as answer:
                seen.add((answer.status, False))
        except HTTPError as refused:
            seen.add((refused.code, b"Traceback" in refused.read()))
    assert {status for status, _ in seen} <= {200, 503}
    assert not any(trace for _, trace in seen)
