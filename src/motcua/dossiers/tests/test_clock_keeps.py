"""No path loses the clock: properties of due times, stages, waits and what ends them."""

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.archiving import kept_until
from motcua.dossiers.rules.clock import (
    REMINDED_BEFORE,
    Clock,
    answer_due,
    days_to_remind,
    stage_due,
    wait_ends,
)
from motcua.dossiers.rules.codes import tidy_claim
from motcua.dossiers.rules.returning import ReturnBy, address_problems, problems_of_return
from motcua.kernel.worktime import ZONE, Limit, Unit, Wait, WorkingCalendar

CALENDAR = WorkingCalendar()
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=ZONE)
moments = st.integers(0, 60 * 24 * 40).map(lambda n: MONDAY + timedelta(minutes=n))
limits = st.one_of(
    st.builds(Limit, st.integers(1, 20).map(Decimal), st.sampled_from(list(Unit))),
    st.just(Limit(Decimal(0), Unit.SAME_DAY)),
)
waits = st.lists(st.tuples(moments, st.integers(0, 5000)), max_size=4).map(
    lambda pairs: tuple(Wait(a, a + timedelta(minutes=n)) for a, n in pairs)
)
holidays = st.sets(st.integers(0, 50).map(lambda n: (MONDAY + timedelta(days=n)).date()))


@given(limits, waits, moments, moments)
def test_a_new_appointment_is_never_undercut_by_anything(limit, waited, since, appointed):
    clock = Clock(MONDAY, limit, waited, since=since, appointed=appointed)
    assert clock.due_again(MONDAY, CALENDAR) >= appointed
    assert clock.due(CALENDAR) >= appointed


@given(limits, waits, moments)
def test_waits_before_the_clock_began_anew_do_not_count(limit, waited, since):
    before = tuple(wait for wait in waited if wait.end <= since)
    assert Clock(MONDAY, limit, before, since=since).due(CALENDAR) == Clock(since, limit).due(
        CALENDAR
    )


@given(limits, waits, moments, holidays)
def test_holidays_never_make_a_due_time_earlier_than_promised(limit, waited, promised, days):
    calendar = WorkingCalendar(holidays=frozenset(days))
    assert Clock(MONDAY, limit, waited).due_again(promised, calendar) >= promised


@given(moments, holidays)
def test_an_appointment_on_a_day_that_became_a_holiday_moves_to_a_working_day(appointed, days):
    calendar = WorkingCalendar(holidays=frozenset(days))
    limit = Limit(Decimal(1), Unit.WORKING_DAYS)
    due = Clock(MONDAY, limit, since=MONDAY, appointed=appointed).due(calendar)
    assert due >= appointed
    assert calendar.works_on(due.date())


@given(limits, waits, moments)
def test_a_stage_is_never_shorter_for_having_waited(limit, waited, since):
    alone, with_waits = (stage_due(since, limit, CALENDAR, each) for each in ((), waited))
    assert with_waits >= alone


def test_a_stage_without_a_limit_is_never_due():
    assert stage_due(MONDAY, None, CALENDAR) is None


@given(moments, st.integers(1, 60))
def test_a_wait_ends_on_a_working_day_and_every_reminder_comes_before_it(since, days):
    until = wait_ends(since, days, CALENDAR)
    assert until > since
    assert CALENDAR.works_on(until.date())
    for left in range(12):
        at = until - timedelta(days=left, minutes=1)
        due = days_to_remind(until, at)
        assert (due is None) == (left > max(REMINDED_BEFORE))
        assert due is None or due >= left
    assert days_to_remind(until, until) is None


@given(moments)
def test_an_online_filing_is_answered_within_a_nominal_day(filed):
    until = answer_due(filed, 8, CALENDAR)
    assert filed < until <= filed + timedelta(days=4)


@given(st.dates(min_value=MONDAY.date()), st.integers(1, 100), st.booleans())
def test_what_ended_is_kept_until_later(ended, years, forever):
    if ended.year + years > 9998:
        return
    kept = kept_until(ended, years=years, forever=forever)
    assert kept.on > ended
    assert kept.action == ("keep" if forever else "destroy")


def test_a_claim_is_read_as_people_type_it():
    assert tidy_claim(" ab2-3cd ") == "AB23CD"


def test_only_what_goes_by_post_needs_an_address():
    assert address_problems(ReturnBy.ONLINE, None) == {}
    assert set(address_problems(ReturnBy.BY_POST, None)) == {"name", "phone", "address"}
    assert problems_of_return(ReturnBy.ONLINE, {}) == {}
    assert set(problems_of_return(ReturnBy.ON_THE_SPOT, {})) == {"to_whom", "document"}
