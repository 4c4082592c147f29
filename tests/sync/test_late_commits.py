"""A step whose transaction ends after a later one's: it is waited for and never passed over."""

from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from motcua.dossiers.models import Dossier as Ours
from motcua.dossiers.queries.outward import (
    START,
    agencies_pattern,
    last_place,
    settled_place,
    steps_between,
)
from motcua.dossiers.tests.conftest import definition, ward
from motcua.dossiers.tests.counter import Counter
from motcua.exchange.tests.conftest import PORTAL, _own_files, wire
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import agreement, now, offered
from motcua.sync.api.gateway import SERVICE, answer
from motcua.sync.models import Status
from motcua.sync.operations.parents import add_parent
from motcua.sync.operations.telling import parents_to_tell, tell_parent

__all__ = ["_own_files", "definition", "ward", "wire"]
pytestmark = pytest.mark.django_db(transaction=True)
TAKEN = (
    "INSERT INTO dossiers_transition ({names}) SELECT {names} FROM dossiers_transition "
    "WHERE dossier_id = %s ORDER BY id LIMIT 1 RETURNING id"
)


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@contextmanager
def slow_step(code):
    """Take a step in a transaction of another connection; its number is out, it is not seen."""
    number = Ours.objects.values_list("id", flat=True).get(code=code)
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "dossiers_transition")
    names = ", ".join(f'"{column.name}"' for column in columns if column.name != "id")
    known = connection.get_connection_params()
    for ours in ("cursor_factory", "context", "prepare_threshold"):
        known.pop(ours, None)
    with psycopg.connect(**known) as other:
        (taken,) = other.execute(TAKEN.format(names=names), [number]).fetchone()
        yield other, taken


def steps_until(place):
    _, steps, _ = steps_between(START, place, agencies_pattern("H26"), limit=100)
    return [step.code for step in steps]


def test_a_number_given_out_before_and_committed_after_is_waited_for(counter):
    first = counter.file().code
    with slow_step(first) as (other, number):
        second = counter.file().code
        assert last_place().step > number
        assert settled_place(sleep=lambda _: None) is None
        waits = []

        def ends(seconds):
            waits.append(seconds)
            other.commit()

        place = settled_place(sleep=ends)
    assert len(waits) >= 1
    assert place is not None
    assert place.step > number
    assert steps_until(place) == [first, first, second]


def test_one_that_is_taken_back_leaves_nothing_to_wait_for(counter):
    code = counter.file().code
    with slow_step(code) as (other, number):
        place = settled_place(sleep=lambda _: other.rollback())
    assert place is not None
    assert place.step >= number
    assert steps_until(place) == [code]


def test_a_step_that_began_after_is_not_waited_for(counter):
    """Writers that come while one waits are not waited for: else a busy desk would hold us up."""
    code = counter.file().code
    with slow_step(code) as (first, _):
        later = []

        def another_comes(_):
            if not later:
                first.rollback()
                later.append(slow_step(code))
                later.append(later[0].__enter__())

        place = settled_place(sleep=another_comes)
        _, number = later[1]
        later[0].__exit__(None, None, None)
    assert place is not None
    assert place.step < number


def test_a_parent_is_told_of_the_late_step_and_of_the_one_before_it(wire, counter):
    agreement("synchronise", service=offered(answer, SERVICE))
    parent = add_parent(HANOI, POLICE, by=PORTAL, at=now())
    first = counter.file().code
    tell_parent(parent, clock=now)
    with slow_step(first) as (other, _):
        second = counter.file().code
        assert tell_parent(parent, clock=now, sleep=lambda _: None) == 0
        assert not Status.objects.filter(code=second).exists()
        assert parents_to_tell(at=now()) == [parent]
        other.commit()
    assert tell_parent(parent, clock=now) == 4
    assert Status.objects.filter(code=second).exists()
    assert parents_to_tell(at=now()) == []
