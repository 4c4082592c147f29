"""Two who write in a register at once: whoever pulls the feed by its cursor misses neither."""

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread
from time import sleep

import pytest
from django.db import connection, connections, transaction

from motcua.registrar.models import Change
from motcua.registrar.operations.corrections import accept, examine
from motcua.registrar.operations.recording import record
from motcua.registrar.operations.subscribing import mark_pushed
from motcua.registrar.queries.answering import record_on
from motcua.registrar.queries.changes import changes_to_push
from motcua.registrar.tests.test_corrections import wish
from motcua.registrar.tests.test_services import HANOI, call
from motcua.registrar.tests.world import HUONG, NOON, OWNERS, SYSTEM, TODAY, fill, official
from motcua.registries.queries.answers import Register

OFFICIAL = official()


@pytest.fixture
def asked(transactional_db, settings):
    """Have Hanoi follow Hương and ask that her record be put right; return the request."""
    settings.REGISTERS = OWNERS
    fill(60)
    call("population", "subscriptions", {"persons": [HUONG]})
    return json.loads(call("population", "corrections", wish()).body)["number"]


@contextmanager
def not_yet_committed(do):
    """Let another connection do something and commit only when this block is left."""
    done, go = Event(), Event()

    def work():
        with transaction.atomic():
            do()
            done.set()
            go.wait(30)
        connections.close_all()

    thread = Thread(target=work)
    thread.start()
    assert done.wait(30)
    yield
    go.set()
    thread.join()


def until_done_or_waiting(do):
    """Start something on a connection of its own; return it once it is done or has to wait."""

    def work():
        do()
        connections.close_all()

    thread = Thread(target=work)
    thread.start()
    while thread.is_alive() and not waits():
        sleep(0.01)
    return thread


def waits():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = database"
            " WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted"
        )
        return cursor.fetchone() is not None


def pulled(after):
    return json.loads(call("population", "changes", {"after": after}).body)


def moved():
    """Write that Hương's home has another number now."""
    person, _ = record_on(Register.POPULATION, HUONG, on=TODAY)
    there = replace(person, current=replace(person.current, detail="Số 1 phố Mới"))
    record(Register.POPULATION, there, since=TODAY, reason="Chuyển", by=OFFICIAL, at=NOON)


def test_an_answer_that_is_committed_after_a_later_record_is_heard_by_who_pulls(asked):
    with not_yet_committed(lambda: examine(asked, by=OFFICIAL, at=NOON)):
        other = until_done_or_waiting(moved)
        first = pulled(0)
    other.join()
    rest = pulled(max((each["cursor"] for each in first), default=0))
    heard = [each["cursor"] for each in first + rest]
    assert heard == list(Change.objects.order_by("pk").values_list("pk", flat=True))
    assert {each["kind"] for each in first + rest} == {"correction", "record"}


def test_a_record_written_meanwhile_is_not_undone_by_a_correction(asked):
    examine(asked, by=OFFICIAL, at=NOON)
    born = record_on(Register.POPULATION, HUONG, on=TODAY)[0].birth_date
    right = {"ethnicity": "Mường"}
    with not_yet_committed(moved):
        other = until_done_or_waiting(
            lambda: accept(asked, right, since=born, by=OFFICIAL, at=NOON)
        )
    other.join()
    person, _ = record_on(Register.POPULATION, HUONG, on=TODAY)
    assert (person.ethnicity, person.current.detail) == ("Mường", "Số 1 phố Mới")


def test_what_was_pushed_is_marked_and_nothing_else(asked):
    person, _ = record_on(Register.POPULATION, HUONG, on=TODAY)
    for days in (2, 1):
        since = TODAY - timedelta(days=days)
        record(Register.POPULATION, person, since=since, reason="x", by=SYSTEM, at=NOON)
    first, second = changes_to_push(HANOI, Register.POPULATION)
    mark_pushed(Register.POPULATION, HANOI, [second.cursor], at=NOON)
    assert changes_to_push(HANOI, Register.POPULATION) == (first,)
