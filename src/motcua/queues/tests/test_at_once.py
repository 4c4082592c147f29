"""Many people at once, on real connections."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from motcua.queues.models import Ticket
from motcua.queues.operations.places import WindowTaken, open_window
from motcua.queues.operations.tickets import SomebodyCalled, call_next, draw
from motcua.queues.rules.lifecycle import State
from motcua.queues.tests.conftest import AT, HOA, PORTAL, TU, build_office

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls):
    """Make all calls side by side; return what each gave, or the refusal it met."""

    def one(call):
        try:
            return call()
        except (SomebodyCalled, WindowTaken) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def test_many_draw_at_once_and_no_number_is_given_twice_nor_left_out():
    office = build_office()
    calls = [lambda: draw(office, "A", by=PORTAL, at=AT).number for _ in range(12)]
    assert sorted(at_once(calls)) == [f"A{n:03}" for n in range(1, 13)]


def test_two_clerks_never_call_the_same_number():
    office = build_office()
    for who, name in ((HOA, "1"), (TU, "2")):
        open_window(office, name, by=who, at=AT)
    for n in range(6):
        draw(office, "A", by=PORTAL, at=AT)
        if n % 2:
            called = at_once([lambda: call_next(by=HOA, at=AT), lambda: call_next(by=TU, at=AT)])
            assert len(set(called)) == 2
            assert None not in called
            Ticket.objects.filter(state=State.CALLED).update(state=State.DONE)
    assert Ticket.objects.filter(state=State.DONE).count() == 6


def test_pressing_twice_calls_one():
    office = build_office()
    open_window(office, "1", by=HOA, at=AT)
    for _ in range(3):
        draw(office, "A", by=PORTAL, at=AT)
    called = at_once([lambda: call_next(by=HOA, at=AT) for _ in range(3)])
    assert sum(x == "A001" for x in called) == 1
    assert sum(isinstance(x, SomebodyCalled) for x in called) == 2
    assert Ticket.objects.filter(state=State.WAITING).count() == 2


def test_two_officials_want_the_same_window_and_one_gets_it():
    office = build_office()
    calls = [lambda w=who: open_window(office, "1", by=w, at=AT) for who in (HOA, TU)]
    assert sorted(type(x).__name__ for x in at_once(calls)) == ["NoneType", "WindowTaken"]
