"""The clock stops while the office waits; a promise is not taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from motcua.kernel.tests.calendars_used import PLAIN, REAL, at
from motcua.kernel.worktime import (
    DAY_OFF,
    ZONE,
    AppointedTwice,
    AppointmentNotLater,
    AppointmentOnDayOff,
    AppointmentTooFar,
    AppointmentTooLate,
    DayHours,
    Limit,
    Unit,
    Wait,
    WorkingCalendar,
    due_at,
    nominal_day_of,
    reappointed,
    revised_due,
)

FILED = "2026-03-02 09:00"  # a Monday


def wait(start: str, end: str) -> Wait:
    return Wait(at(start), at(end))


def due(amount: str, unit: Unit, *waits: Wait, filed=FILED, calendar=REAL):
    return due_at(at(filed), Limit(Decimal(amount), unit), calendar, waits)


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        # Without a wait: Thursday 09:00.
        ([], "2026-03-05 09:00"),
        ([wait("2026-03-03 10:00", "2026-03-03 14:00")], "2026-03-05 11:00"),
        ([wait("2026-03-03 16:00", "2026-03-04 08:00")], "2026-03-05 11:00"),
        ([wait("2026-03-03 18:00", "2026-03-04 06:00")], "2026-03-05 09:00"),
        ([wait("2026-03-04 15:00", "2026-03-09 15:00")], "2026-03-10 09:00"),
        # Overlapping and nested waits count once, in whatever order they are told.
        (
            [
                wait("2026-03-03 14:00", "2026-03-03 16:00"),
                wait("2026-03-03 15:00", "2026-03-03 17:00"),
                wait("2026-03-03 14:30", "2026-03-03 15:30"),
            ],
            "2026-03-05 14:00",
        ),
        # A wait that begins at the due time still counts; one that begins after it does not …
        ([wait("2026-03-05 09:00", "2026-03-05 10:00")], "2026-03-05 10:00"),
        ([wait("2026-03-05 09:01", "2026-03-06 09:00")], "2026-03-05 09:00"),
        # … unless an earlier wait had moved the due time behind its beginning.
        (
            [
                wait("2026-03-03 08:00", "2026-03-03 10:00"),
                wait("2026-03-05 10:00", "2026-03-05 11:00"),
            ],
            "2026-03-05 14:00",
        ),
    ],
)
def test_working_time_waited_is_added(waits, expected):
    assert due("3", Unit.WORKING_DAYS, *waits) == at(expected)


def test_a_wait_over_tet_adds_only_the_working_time_in_it():
    waited = wait("2026-02-13 16:00", "2026-02-23 09:00")
    assert due("2", Unit.WORKING_DAYS, waited, filed="2026-02-12 09:00") == at("2026-02-23 14:00")
    assert due("2", Unit.WORKING_DAYS, filed="2026-02-12 09:00") == at("2026-02-23 09:00")


def test_a_wait_before_the_clock_starts_counts_from_its_start():
    early = wait("2026-03-07 08:00", "2026-03-09 09:00")
    assert due("1", Unit.WORKING_DAYS, early, filed="2026-03-07 08:00") == at("2026-03-10 09:00")
    assert due("7", Unit.DAYS, early, filed="2026-03-07 08:00") == at("2026-03-16 17:00")
    assert due("4", Unit.CLOCK_HOURS, early, filed="2026-03-07 08:00") == at("2026-03-09 13:00")
    over = wait("2026-03-07 08:00", "2026-03-08 08:00")
    assert due("1", Unit.WORKING_DAYS, over, filed="2026-03-07 08:00") == at("2026-03-09 17:00")


def test_calendar_days_and_months_gain_the_difference_of_dates():
    three = wait("2026-03-03 16:00", "2026-03-06 08:00")
    assert due("7", Unit.DAYS) == at("2026-03-09 17:00")
    assert due("7", Unit.DAYS, three) == at("2026-03-12 17:00")
    assert due("1", Unit.MONTHS, three) == at("2026-04-06 17:00")
    assert due("7", Unit.DAYS, wait("2026-03-03 08:00", "2026-03-03 17:00")) == at(
        "2026-03-09 17:00"
    )


def test_the_dates_waited_are_added_to_the_due_day_that_was_promised():
    # Five days end on Saturday 7 March, so Monday 9 March was promised; one day waited: Tuesday.
    one = wait("2026-03-03 16:00", "2026-03-04 08:00")
    four = wait("2026-03-03 16:00", "2026-03-07 08:00")
    assert due("5", Unit.DAYS, filed="2026-03-02 09:00") == at("2026-03-09 17:00")
    assert due("5", Unit.DAYS, one) == at("2026-03-10 17:00")
    assert due("5", Unit.DAYS, four) == at("2026-03-13 17:00")


def test_two_waits_of_a_day_are_worth_one_of_two_days():
    apart = [
        wait("2026-03-03 16:00", "2026-03-04 08:00"),
        wait("2026-03-05 16:00", "2026-03-06 08:00"),
    ]
    together = wait("2026-03-03 16:00", "2026-03-05 08:00")
    assert due("11", Unit.DAYS, *apart) == due("11", Unit.DAYS, together) == at("2026-03-16 17:00")


def test_a_same_day_request_gains_working_time_too():
    hour = wait("2026-03-02 10:00", "2026-03-02 11:00")
    assert due("0", Unit.SAME_DAY, hour) == at("2026-03-03 08:00")


def test_an_open_due_time_follows_the_calendar_but_not_below_the_promise():
    filed, limit = at(FILED), Limit(Decimal(3), Unit.WORKING_DAYS)
    promised = due_at(filed, limit, PLAIN)
    storm = replace(PLAIN, overrides={date(2026, 3, 4): DAY_OFF})
    extra = replace(PLAIN, overrides={date(2026, 3, 2): DayHours.of("07:00-20:00")})
    assert promised == at("2026-03-05 09:00")
    assert revised_due(promised, filed, limit, storm) == at("2026-03-06 09:00")
    assert revised_due(promised, filed, limit, extra) == promised
    assert due_at(filed, limit, extra) < promised


def test_tables_of_a_calendar_count_in_their_order():
    day = date(2026, 3, 7)
    calendar = WorkingCalendar(holidays=frozenset({day}))
    assert not calendar.works_on(day)
    made_up = replace(calendar, make_up={day: 0})
    assert made_up.hours_on(day) == made_up.week[0]
    half = DayHours.of("07:00-11:30")
    assert replace(made_up, overrides={day: half}).hours_on(day) == half
    assert not replace(made_up, overrides={day: DAY_OFF}).works_on(day)


def test_one_new_appointment_announced_in_time_replaces_the_old_one():
    now, later = at("2026-03-05 09:00"), at("2026-03-09 17:00")

    def ask(to=later, announced="2026-03-05 08:59", *, before=False, due=now):
        return reappointed(due, to, announced=at(announced), calendar=PLAIN, before=before)

    assert ask() == later
    with pytest.raises(AppointedTwice):
        ask(before=True)
    with pytest.raises(AppointmentTooLate):
        ask(announced="2026-03-05 09:00")
    with pytest.raises(AppointmentNotLater):
        ask(now)
    with pytest.raises(AppointmentOnDayOff):
        ask(at("2026-03-07 09:00"))
    with pytest.raises(AppointmentOnDayOff):
        ask(at("2026-03-09 12:00"))


@pytest.mark.parametrize(
    ("to", "zone"),
    [("2027-03-05 09:01", ZONE), ("9999-12-31 10:00", ZONE), ("9999-12-31 23:00", UTC)],
)
def test_a_new_appointment_is_at_most_a_year_away(to, zone):
    due, told = at("2026-03-05 09:00"), at("2026-03-05 08:59")
    with pytest.raises(AppointmentTooFar):
        reappointed(
            due,
            datetime.fromisoformat(to).replace(tzinfo=zone),
            announced=told,
            calendar=PLAIN,
            before=False,
        )
    last = told + timedelta(days=365)
    assert reappointed(due, last, announced=told, calendar=PLAIN, before=False) == last


def test_what_cannot_be_meant_is_refused():
    with pytest.raises(ValueError, match="zero or more"):
        Limit(Decimal(-1), Unit.WORKING_DAYS)
    with pytest.raises(ValueError, match="zero or more"):
        Limit(Decimal("NaN"), Unit.WORKING_DAYS)
    with pytest.raises(ValueError, match="whole"):
        Limit(Decimal("0.5"), Unit.DAYS)
    with pytest.raises(ValueError, match="ends after"):
        wait("2026-03-03 10:00", "2026-03-03 09:00")
    with pytest.raises(ValueError, match="in order"):
        DayHours.of("13:30-17:00 07:00-11:30")
    with pytest.raises(ValueError, match="in order"):
        DayHours.of("11:30-07:00")
    with pytest.raises(ValueError, match="seven"):
        WorkingCalendar(week=(DAY_OFF,) * 7)
    with pytest.raises(ValueError, match="longer than nothing"):
        WorkingCalendar(nominal_day=DAY_OFF.length)
    with pytest.raises(ValueError, match="time zone"):
        due_at(datetime.fromisoformat("2026-03-04 09:00"), Limit(Decimal(1), Unit.DAYS), PLAIN)


def test_the_nominal_day_is_the_length_most_days_have():
    long, short = DayHours.of("07:00-11:30 13:30-17:00"), DayHours.of("07:30-11:30")
    assert nominal_day_of([long] * 5 + [short, DAY_OFF]) == long.length
    assert nominal_day_of([short, long]) == long.length
    assert str(long) == "07:00-11:30 13:30-17:00"
