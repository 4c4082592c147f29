from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.queues.rules.lifecycle import LIFECYCLE, Move, MoveNotAllowed, State, after
from motcua.queues.rules.numbers import number_of
from motcua.queues.rules.pace import ENOUGH, LATEST, expected_wait, median_wait, pace

MINUTE = timedelta(minutes=1)
lengths = st.lists(st.timedeltas(timedelta(0), timedelta(hours=4)), max_size=40)


@given(st.integers(1, 100_000), st.integers(1, 100_000), st.sampled_from("AB"))
def test_numbers_of_a_line_are_all_different_and_begin_with_its_letter(one, other, letter):
    assert number_of(letter, one)[0] == letter
    assert (number_of(letter, one) == number_of(letter, other)) == (one == other)
    assert number_of("A", one) != number_of("B", other)


@pytest.mark.parametrize(("count", "number"), [(1, "A001"), (12, "A012"), (1000, "A1000")])
def test_a_number_is_written_with_three_digits_or_more(count, number):
    assert number_of("A", count) == number


@given(lengths, st.timedeltas(MINUTE, timedelta(hours=1)))
def test_the_pace_is_that_of_the_last_ones_once_there_are_enough(served, usual):
    found = pace(served, usual=usual)
    if len(served) < ENOUGH:
        assert found == usual
    else:
        assert min(served[-LATEST:]) <= found <= max(served[-LATEST:]) + timedelta(microseconds=1)


@given(st.integers(0, 500), st.integers(0, 20), st.timedeltas(timedelta(0), timedelta(hours=1)))
def test_more_windows_never_make_one_wait_longer_nor_more_people_shorter(ahead, windows, each):
    wait = expected_wait(ahead, windows, each)
    assert wait >= ahead * each / max(windows, 1) - timedelta(microseconds=5)
    assert wait.total_seconds() % 60 == 0
    assert (
        expected_wait(ahead, windows + 1, each) <= wait <= expected_wait(ahead + 1, windows, each)
    )


@given(lengths)
def test_half_of_the_people_waited_no_longer_than_the_median(waits):
    found = median_wait(waits)
    if found is None:
        assert waits == []
    else:
        slack = timedelta(microseconds=1)
        assert sum(each <= found + slack for each in waits) * 2 >= len(waits)
        assert sum(each >= found - slack for each in waits) * 2 >= len(waits)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_a_ticket_moves_as_the_table_says_and_no_other_way(state, move):
    if move in LIFECYCLE[state]:
        assert after(state, move, number="A001") is LIFECYCLE[state][move]
    else:
        with pytest.raises(MoveNotAllowed):
            after(state, move, number="A001")
