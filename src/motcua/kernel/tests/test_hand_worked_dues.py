"""Due times worked out by hand, on the calendar on the wall."""

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest

from motcua.kernel.tests.calendars_used import PLAIN, REAL, SHORT, at
from motcua.kernel.worktime import (
    Limit,
    Unit,
    due_at,
    start_of_clock,
    working_time_between,
)


def due(filed: str, amount: str, unit: Unit, calendar=REAL, **more):
    return due_at(at(filed), Limit(Decimal(amount), unit, **more), calendar)


@pytest.mark.parametrize(
    ("filed", "starts"),
    [
        ("2026-03-04 06:30", "2026-03-04 07:00"),
        ("2026-03-04 07:00", "2026-03-04 07:00"),
        ("2026-03-04 09:12", "2026-03-04 09:12"),
        ("2026-03-04 11:30", "2026-03-04 13:30"),
        ("2026-03-04 12:15", "2026-03-04 13:30"),
        ("2026-03-04 13:30", "2026-03-04 13:30"),
        ("2026-03-04 16:59", "2026-03-04 16:59"),
        ("2026-03-04 17:00", "2026-03-05 07:00"),
        ("2026-03-06 22:00", "2026-03-09 07:00"),
        ("2026-02-13 17:00", "2026-02-23 07:00"),
        ("2024-05-03 18:00", "2024-05-04 07:00"),
        ("2024-04-27 09:00", "2024-05-02 07:00"),
        ("2025-04-25 17:01", "2025-04-26 07:00"),
    ],
)
def test_the_clock_starts_at_filing_or_at_the_next_opening(filed, starts):
    assert start_of_clock(at(filed), REAL) == at(starts)


@pytest.mark.parametrize(
    ("filed", "amount", "expected"),
    [
        ("2026-03-04 09:00", "1", "2026-03-05 09:00"),
        ("2026-03-04 07:00", "1", "2026-03-04 17:00"),
        ("2026-03-03 17:30", "1", "2026-03-04 17:00"),
        ("2026-03-04 07:00", "0.5", "2026-03-04 11:00"),
        ("2026-03-04 07:30", "0.5", "2026-03-04 11:30"),
        ("2026-03-04 12:00", "0.5", "2026-03-05 07:30"),
        ("2026-03-06 16:00", "1", "2026-03-09 16:00"),
        ("2026-03-04 09:00", "0", "2026-03-04 17:00"),
        ("2026-03-04 17:00", "0", "2026-03-05 17:00"),
        # Tết 2025: off from Saturday 25 January to Sunday 2 February.
        ("2025-01-24 09:00", "3", "2025-02-05 09:00"),
        ("2025-01-24 17:00", "3", "2025-02-05 17:00"),
        ("2025-01-29 08:00", "1", "2025-02-03 17:00"),
        # Tết 2026: off from Saturday 14 to Sunday 22 February.
        ("2026-02-13 14:30", "2", "2026-02-24 14:30"),
        ("2026-02-17 00:00", "5", "2026-02-27 17:00"),
        # Saturday 2024-05-04 was worked instead of Monday 2024-04-29.
        ("2024-04-26 09:00", "1", "2024-05-02 09:00"),
        ("2024-05-02 09:00", "2", "2024-05-04 09:00"),
        ("2024-05-03 17:00", "1", "2024-05-04 17:00"),
        ("2024-05-04 15:00", "1", "2024-05-06 15:00"),
        # Saturday 2025-04-26 was worked instead of Friday 2025-05-02.
        ("2025-04-25 10:00", "1", "2025-04-26 10:00"),
        ("2025-04-26 10:00", "3", "2025-05-05 10:00"),
    ],
)
def test_working_days_skip_what_the_office_does_not_work(filed, amount, expected):
    assert due(filed, amount, Unit.WORKING_DAYS) == at(expected)


@pytest.mark.parametrize(
    ("filed", "amount", "expected"),
    [
        ("2026-03-04 08:00", "4", "2026-03-04 14:00"),
        ("2026-03-04 08:00", "3.5", "2026-03-04 11:30"),
        ("2026-03-04 16:00", "1", "2026-03-04 17:00"),
        ("2026-03-04 16:00", "8", "2026-03-05 16:00"),
        ("2026-03-04 17:00", "0.25", "2026-03-05 07:15"),
        ("2024-05-03 16:30", "1", "2024-05-04 07:30"),
    ],
)
def test_hours_are_working_hours(filed, amount, expected):
    assert due(filed, amount, Unit.WORKING_HOURS) == at(expected)


def test_a_procedure_may_say_clock_hours():
    assert due("2026-03-06 16:00", "24", Unit.CLOCK_HOURS) == at("2026-03-07 16:00")
    assert due("2026-03-06 18:00", "2", Unit.CLOCK_HOURS) == at("2026-03-09 09:00")
    assert due("2026-03-06 16:00", "0", Unit.CLOCK_HOURS) == at("2026-03-06 17:00")


@pytest.mark.parametrize(
    ("filed", "amount", "unit", "expected"),
    [
        ("2026-03-04 09:00", "7", Unit.DAYS, "2026-03-11 17:00"),
        ("2026-03-04 09:00", "3", Unit.DAYS, "2026-03-09 17:00"),
        ("2026-03-04 17:00", "7", Unit.DAYS, "2026-03-12 17:00"),
        ("2026-03-04 09:00", "0", Unit.DAYS, "2026-03-04 17:00"),
        ("2026-02-06 09:00", "10", Unit.DAYS, "2026-02-23 17:00"),
        ("2024-04-29 09:00", "2", Unit.DAYS, "2024-05-04 17:00"),
        ("2025-04-23 09:00", "3", Unit.DAYS, "2025-04-26 17:00"),
        ("2026-01-30 09:00", "1", Unit.MONTHS, "2026-03-02 17:00"),
        ("2024-01-31 09:00", "1", Unit.MONTHS, "2024-02-29 17:00"),
        ("2025-12-31 09:00", "2", Unit.MONTHS, "2026-03-02 17:00"),
        ("2025-11-04 09:00", "14", Unit.MONTHS, "2027-01-04 17:00"),
        ("2026-03-04 09:00", "0", Unit.MONTHS, "2026-03-04 17:00"),
    ],
)
def test_calendar_days_and_months_end_at_closing_of_a_working_day(filed, amount, unit, expected):
    assert due(filed, amount, unit) == at(expected)


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        ("2026-03-04 06:00", "2026-03-04 17:00"),
        ("2026-03-04 12:00", "2026-03-04 17:00"),
        ("2026-03-04 14:59", "2026-03-04 17:00"),
        ("2026-03-04 15:00", "2026-03-04 17:00"),
        ("2026-03-04 15:00:01", "2026-03-05 17:00"),
        ("2026-03-04 18:00", "2026-03-05 17:00"),
        ("2026-03-06 15:30", "2026-03-09 17:00"),
        ("2026-03-07 15:30", "2026-03-09 17:00"),
        ("2026-02-13 15:01", "2026-02-23 17:00"),
        ("2024-05-03 15:01", "2024-05-04 17:00"),
        ("2024-05-04 15:01", "2024-05-06 17:00"),
    ],
)
def test_same_day_until_three_in_the_afternoon(filed, expected):
    assert due(filed, "0", Unit.SAME_DAY) == at(expected)


def test_a_procedure_may_have_its_own_cutoff():
    assert due("2026-03-04 10:01", "0", Unit.SAME_DAY, cutoff=time(10)) == at("2026-03-05 17:00")
    assert due("2026-03-04 10:00", "0", Unit.SAME_DAY, cutoff=time(10)) == at("2026-03-04 17:00")


def test_a_day_of_a_seven_and_a_half_hour_office_is_seven_and_a_half_hours():
    assert due("2026-03-04 08:00", "1", Unit.WORKING_DAYS, SHORT) == at("2026-03-04 17:00")
    assert due("2026-03-04 10:00", "2", Unit.WORKING_DAYS, SHORT) == at("2026-03-06 10:00")
    assert due("2026-03-04 10:00", "8", Unit.WORKING_HOURS, SHORT) == at("2026-03-05 10:30")


def test_a_moment_told_in_another_zone_is_the_same_moment():
    filed = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)
    answer = due_at(filed, Limit(Decimal(1), Unit.WORKING_DAYS), PLAIN)
    assert answer == at("2026-03-05 08:00")
    assert answer.utcoffset() == at("2026-03-05 08:00").utcoffset()


def test_working_time_between_counts_only_work():
    between = working_time_between
    assert between(at("2026-03-04 10:00"), at("2026-03-04 14:30"), PLAIN).total_seconds() == 9000
    assert between(at("2026-03-06 16:00"), at("2026-03-09 08:00"), PLAIN).total_seconds() == 7200
    assert between(at("2026-02-13 16:00"), at("2026-02-23 08:00"), REAL).total_seconds() == 7200
    assert between(at("2026-03-04 10:00"), at("2026-03-04 10:00"), PLAIN).total_seconds() == 0
    assert between(at("2026-03-05 10:00"), at("2026-03-04 10:00"), PLAIN).total_seconds() == 0
