"""Hours as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.rules.hours import hours_written
from motcua.kernel.worktime import DAY_OFF, DayHours

FULL = DayHours.of("07:00-11:30 13:30-17:00")


@pytest.mark.parametrize(
    "text",
    [
        "07:00-11:30 13:30-17:00",
        "7h-11h30, 13h30-17h",
        "7h00 – 11h30 và 13h30 – 17h00",
        "7:00—11:30;13:30—17",
        " 7 đến 11g30 13.30 đến 17 ",
        "7H TO 11H30 AND 13H30 TO 17H",
    ],
)
def test_many_ways_to_write_the_same_hours(text):
    assert hours_written(text) == FULL


def test_nothing_written_is_a_day_off():
    assert hours_written("  ") is DAY_OFF


@pytest.mark.parametrize("text", ["sáng", "7-", "7-11 x", "25-26", "11-7", "7-11 10-12", "7:60-9"])
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011
        hours_written(text)


@given(st.lists(st.times().map(lambda t: t.replace(second=0, microsecond=0)), max_size=6))
def test_what_we_write_we_can_read(times):
    ends = sorted(set(times))
    spans = tuple(zip(ends[::2], ends[1::2], strict=False))
    assert hours_written(str(DayHours(spans))) == DayHours(spans)
