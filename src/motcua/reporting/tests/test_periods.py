"""Reporting months run from the 15th to the 14th, and the longer periods are made of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reporting.rules.periods import MONTHS, Kind, NoSuchPeriod, Period

days = st.dates(date(2001, 1, 1), date(2198, 1, 1))
kinds = st.sampled_from(sorted(MONTHS))


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026-M11", date(2026, 10, 15), date(2026, 11, 14)),
        ("2026-M1", date(2025, 12, 15), date(2026, 1, 14)),
        ("2026-Q1", date(2025, 12, 15), date(2026, 3, 14)),
        ("2026-Q4", date(2026, 9, 15), date(2026, 12, 14)),
        ("2026-H2", date(2026, 6, 15), date(2026, 12, 14)),
        ("2026", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_a_period_has_the_days_of_the_decree(code, first, last):
    period = Period.named(code)
    assert (period.first, period.last) == (first, last)
    assert period.code == code


@given(days)
def test_every_day_lies_in_one_reporting_month(day):
    period = Period.month_with(day)
    assert period.first <= day <= period.last
    assert period.first.day == 15
    assert period.last.day == 14


@given(days, kinds)
def test_the_periods_of_a_kind_follow_one_another_without_a_gap(day, kind):
    each = 12 // MONTHS[kind]
    year = [Period.of(kind, day.year, number + 1) for number in range(each)]
    after = Period.of(kind, day.year + 1, 1)
    for before, later in zip(year, [*year[1:], after], strict=True):
        assert later.first == before.last + timedelta(days=1)
        assert later.since == before.until
    whole = Period.of(Kind.YEAR, day.year, 1)
    assert (year[0].first, year[-1].last) == (whole.first, whole.last)


@given(days, st.integers(0, 400))
def test_any_two_dates_are_a_period(day, length):
    period = Period.between(day, day + timedelta(days=length))
    assert (period.until - period.since).days == length + 1
    assert period.code == ""


@pytest.mark.parametrize(
    "code", ["", "2026-M13", "2026-M0", "2026-Q5", "2026-H3", "1999", "2200", "2026-X1", "m"]
)
def test_a_period_that_is_none_is_refused(code):
    with pytest.raises(NoSuchPeriod):
        Period.named(code)


def test_two_dates_the_wrong_way_round_are_refused():
    with pytest.raises(NoSuchPeriod):
        Period.between(date(2026, 2, 1), date(2026, 1, 31))
    with pytest.raises(NoSuchPeriod):
        Period.of(Kind.DATES, 2026, 1)
