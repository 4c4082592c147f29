"""An agency's working time: the country's days, its week, its own days, and who changes them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from motcua.agencies.operations.calendars import (
    NoReason,
    NoSuchSpecialDay,
    NoWorkingDay,
    clear_day,
    make_up_day,
    override_day,
    set_hours,
)
from motcua.agencies.queries.agencies import NoSuchAgency
from motcua.agencies.queries.calendars import DayKind, calendar_of, noted_days_of
from motcua.agencies.rules.access import NotYourAgency
from motcua.agencies.tests.conftest import AT, CHIEF, CITY, SYSTEM, WARD, refused
from motcua.backbone.models import Entry
from motcua.kernel.worktime import DAY_OFF, STANDARD_WEEK, ZONE, DayHours, Limit, Unit, due_at

FULL, MORNING = STANDARD_WEEK[0], DayHours.of("07:00-11:30")
WEDNESDAY, SATURDAY = date(2026, 11, 4), date(2026, 11, 7)
WHY = "Theo thông báo"


def test_an_agency_works_the_standard_week_but_on_the_country_s_days_off(ward):
    calendar = calendar_of(WARD)
    assert calendar.week == STANDARD_WEEK
    off = [date(2025, 1, 27), date(2026, 2, 20), date(2026, 1, 2), date(2026, 8, 31)]
    assert not any(calendar.works_on(day) for day in off)


@pytest.mark.parametrize(
    ("worked", "instead_of"),
    [
        (date(2024, 5, 4), date(2024, 4, 29)),
        (date(2025, 4, 26), date(2025, 5, 2)),
        (date(2026, 1, 10), date(2026, 1, 2)),
        (date(2026, 8, 22), date(2026, 8, 31)),
    ],
)
def test_make_up_saturdays_are_worked_as_the_day_they_make_up_for(ward, worked, instead_of):
    calendar = calendar_of(WARD)
    assert worked.weekday() == 5
    assert calendar.hours_on(worked) == FULL
    assert not calendar.works_on(instead_of)


def test_a_due_time_over_tet_2026(ward):
    filed = datetime(2026, 2, 13, 14, 30, tzinfo=ZONE)
    due = due_at(filed, Limit(Decimal(2), Unit.WORKING_DAYS), calendar_of(WARD))
    assert due == datetime(2026, 2, 24, 14, 30, tzinfo=ZONE)


def test_a_calendar_is_read_once_and_again_when_it_changed(ward, django_assert_num_queries):
    first = calendar_of(WARD)
    with django_assert_num_queries(1):
        assert calendar_of(WARD) is first
    override_day(WARD, WEDNESDAY, DAY_OFF, reason=WHY, by=CHIEF, at=AT)
    with django_assert_num_queries(1):
        assert not calendar_of(WARD).works_on(WEDNESDAY)
    assert calendar_of(CITY).works_on(WEDNESDAY)
    with refused(NoSuchAgency):
        calendar_of("G15")


def test_a_change_that_was_undone_leaves_no_trace(ward):
    with refused(RuntimeError):
        override_day(WARD, WEDNESDAY, DAY_OFF, reason=WHY, by=CHIEF, at=AT)
        assert not calendar_of(WARD).works_on(WEDNESDAY)
        raise RuntimeError
    assert calendar_of(WARD).works_on(WEDNESDAY)


def test_own_hours_of_the_week(ward):
    week = [DayHours.of("07:30-11:30 13:30-17:00")] * 5 + [MORNING, DAY_OFF]
    set_hours(WARD, week, reason=WHY, same_day_cutoff=time(16), by=CHIEF, at=AT)
    calendar = calendar_of(WARD)
    assert calendar.week == tuple(week)
    assert calendar.nominal_day == timedelta(hours=7.5)
    assert calendar.same_day_cutoff == time(16)
    assert calendar.hours_on(SATURDAY) == MORNING
    set_hours(WARD, week, reason=WHY, nominal_day=timedelta(hours=8), by=CHIEF, at=AT)
    assert calendar_of(WARD).nominal_day == timedelta(hours=8)


def test_own_days_replace_each_other_and_can_be_cleared(ward):
    make_up_day(WARD, SATURDAY, 0, reason="Làm bù", by=CHIEF, at=AT)
    assert calendar_of(WARD).hours_on(SATURDAY) == FULL
    override_day(WARD, SATURDAY, MORNING, reason="Chỉ buổi sáng", by=CHIEF, at=AT)
    assert calendar_of(WARD).hours_on(SATURDAY) == MORNING
    clear_day(WARD, SATURDAY, reason="Thôi", by=CHIEF, at=AT)
    assert not calendar_of(WARD).works_on(SATURDAY)
    told = Entry.objects.filter(name="agencies.calendar-changed", subject=WARD).order_by("id")
    assert [(e.facts["day"], e.facts["before"], e.facts["after"]) for e in told] == [
        ("2026-11-07", "", str(FULL)),
        ("2026-11-07", str(FULL), str(MORNING)),
        ("2026-11-07", str(MORNING), ""),
    ]
    assert [e.facts["reason"] for e in told] == ["Làm bù", "Chỉ buổi sáng", "Thôi"]
    with refused(NoSuchSpecialDay):
        clear_day(WARD, SATURDAY, reason="Thôi", by=CHIEF, at=AT)


def test_an_agency_may_work_on_a_holiday_and_say_why(ward):
    holiday = date(2026, 9, 2)
    override_day(WARD, holiday, MORNING, reason="Trực lễ", by=CHIEF, at=AT)
    days = {noted.day: noted for noted in noted_days_of(WARD, year=2026)}
    assert days[holiday].kind == DayKind.OVERRIDE
    assert (days[holiday].reason, days[holiday].own) == ("Trực lễ", True)
    assert days[date(2026, 8, 22)].kind == DayKind.MAKE_UP
    assert days[date(2026, 2, 17)].reason == "Tết Nguyên Đán"
    assert date(2026, 4, 26) not in days, "a holiday on a Sunday changes nothing"
    assert list(days) == sorted(days)
    assert {day.year for day in days} == {2026}


def test_a_calendar_changes_for_a_reason_and_stays_a_calendar(ward):
    with refused(NoReason):
        override_day(WARD, WEDNESDAY, DAY_OFF, reason=" ", by=CHIEF, at=AT)
    with refused(NoWorkingDay):
        set_hours(WARD, [DAY_OFF] * 7, reason=WHY, by=CHIEF, at=AT)
    with refused(NoWorkingDay):
        set_hours(WARD, [FULL], reason=WHY, by=CHIEF, at=AT)
    with refused(NoWorkingDay):
        make_up_day(WARD, SATURDAY, 6, reason=WHY, by=CHIEF, at=AT)
    with refused(NoWorkingDay):
        make_up_day(WARD, SATURDAY, 7, reason=WHY, by=CHIEF, at=AT)
    assert not Entry.objects.filter(name="agencies.calendar-changed").exists()


def test_only_its_administrator_changes_an_agency_s_calendar(ward):
    with refused(NotYourAgency):
        override_day(CITY, WEDNESDAY, DAY_OFF, reason=WHY, by=CHIEF, at=AT)
    with refused(NoSuchAgency):
        override_day("G15", WEDNESDAY, DAY_OFF, reason=WHY, by=SYSTEM, at=AT)
