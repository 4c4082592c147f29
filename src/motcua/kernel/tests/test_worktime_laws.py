"""Laws of working time, held against a slow oracle that looks at every minute."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.tests.calendars_used import REAL, SHORT, at
from motcua.kernel.worktime import (
    DAY_OFF,
    ZONE,
    DayHours,
    Limit,
    Unit,
    Wait,
    WorkingCalendar,
    add_working_time,
    due_at,
    revised_due,
    start_of_clock,
    working_time_between,
)

MINUTE = timedelta(minutes=1)
FIRST = date(2025, 1, 20)
HOURS = ["", "07:00-11:30", "07:00-11:30 13:30-17:00", "08:00-12:00 13:30-17:00", "09:15-21:45"]

hours = st.sampled_from(HOURS).map(DayHours.of)
near_days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
calendars = st.builds(
    WorkingCalendar,
    week=st.tuples(*[hours] * 7).filter(any),
    holidays=st.frozensets(near_days, max_size=12),
    overrides=st.dictionaries(near_days, hours, max_size=6),
    make_up=st.dictionaries(near_days, st.integers(0, 6), max_size=6),
    nominal_day=st.sampled_from([timedelta(hours=8), timedelta(hours=7.5)]),
) | st.sampled_from([REAL, SHORT])
moments = st.integers(0, 30 * 24 * 60).map(lambda n: at(f"{FIRST} 00:00") + n * MINUTE)
units = st.sampled_from(list(Unit))
limits = st.builds(
    lambda amount, unit: Limit(Decimal(amount), unit), st.integers(0, 12), units
) | st.builds(lambda halves: Limit(Decimal(halves) / 2, Unit.WORKING_DAYS), st.integers(0, 24))
waits = st.lists(
    st.tuples(moments, st.integers(0, 6 * 24 * 60)).map(lambda t: Wait(t[0], t[0] + t[1] * MINUTE)),
    max_size=4,
)


@dataclass
class Oracle:
    """Knows only whether one minute is worked, and walks."""

    calendar: WorkingCalendar

    def works(self, minute: datetime) -> bool:
        c, day = self.calendar, minute.date()
        week = c.week[day.weekday()]
        if day in c.overrides:
            week = c.overrides[day]
        elif day in c.make_up:
            week = c.week[c.make_up[day]]
        elif day in c.holidays:
            week = DAY_OFF
        return any(opens <= minute.time() < closes for opens, closes in week.spans)

    def start(self, minute: datetime) -> datetime:
        while not self.works(minute):
            minute += MINUTE
        return minute

    def after(self, minute: datetime, minutes: int) -> datetime:
        while minutes:
            minutes -= self.works(minute)
            minute += MINUTE
        return minute

    def between(self, a: datetime, b: datetime) -> int:
        count = 0
        while a < b:
            count += self.works(a)
            a += MINUTE
        return count


@given(moments, calendars)
def test_the_clock_starts_with_the_first_worked_minute(moment, calendar):
    assert start_of_clock(moment, calendar) == Oracle(calendar).start(moment)


@given(moments, st.integers(0, 3000), calendars)
def test_working_time_is_used_up_minute_by_minute(moment, minutes, calendar):
    fast = add_working_time(moment, minutes * MINUTE, calendar)
    assert fast == Oracle(calendar).after(moment, minutes)


@given(moments, moments, calendars)
def test_working_time_between_is_its_worked_minutes(a, b, calendar):
    assert working_time_between(a, b, calendar) == Oracle(calendar).between(a, b) * MINUTE


@given(moments, st.integers(1, 12), waits, calendars)
def test_a_limit_with_waits_is_used_up_by_the_minutes_nobody_waited(moment, days, told, calendar):
    """The clock as it ticks: worked minutes count unless a wait runs; late is late."""
    oracle = Oracle(calendar)
    minute = oracle.start(moment)
    left = days * calendar.nominal_day // MINUTE
    while left:
        waiting = any(w.start <= minute < w.end for w in told)
        left -= oracle.works(minute) and not waiting
        minute += MINUTE
    due = due_at(moment, Limit(Decimal(days), Unit.WORKING_DAYS), calendar, told)
    stopped_at_due = any(w.start <= minute < w.end for w in told)
    assert due >= minute if stopped_at_due else due == minute


@given(moments, limits, waits, calendars)
def test_the_order_of_waits_and_telling_one_twice_change_nothing(moment, limit, told, calendar):
    due = due_at(moment, limit, calendar, told)
    assert due_at(moment, limit, calendar, [*reversed(told), *told]) == due


@given(moments, limits, waits, calendars)
def test_waiting_never_makes_it_due_earlier(moment, limit, told, calendar):
    assert due_at(moment, limit, calendar, told) >= due_at(moment, limit, calendar)


@given(moments, limits, calendars)
def test_a_wait_after_the_due_time_repairs_nothing(moment, limit, calendar):
    due = due_at(moment, limit, calendar)
    late = Wait(due + MINUTE, due + timedelta(days=9))
    assert due_at(moment, limit, calendar, [late]) == due


@given(moments, st.integers(0, 2000), limits, calendars)
def test_who_files_later_is_not_served_earlier(moment, minutes, limit, calendar):
    later = moment + minutes * MINUTE
    assert due_at(moment, limit, calendar) <= due_at(later, limit, calendar)


@given(moments, limits, waits, calendars, near_days, hours)
def test_a_changed_calendar_never_takes_a_promise_back(moment, limit, told, calendar, day, new):
    promised = due_at(moment, limit, calendar, told)
    changed = replace(calendar, overrides={**calendar.overrides, day: new})
    revised = revised_due(promised, moment, limit, changed, told)
    assert revised == max(promised, due_at(moment, limit, changed, told))


@given(moments, limits, calendars)
def test_a_due_time_is_a_moment_of_work_in_the_office_s_own_time(moment, limit, calendar):
    due = due_at(moment, limit, calendar)
    assert due.tzinfo is ZONE
    if limit.unit is not Unit.CLOCK_HOURS or not limit.amount:
        assert Oracle(calendar).works(due - MINUTE)
