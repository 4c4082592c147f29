"""Pictures show what they are given."""

import re

import segno
from hypothesis import given
from hypothesis import strategies as st

from motcua.backbone.pictures import (
    QUIET,
    columns_drawing,
    qr_drawing,
    shares_drawing,
    sparkline_drawing,
)


@given(st.text(min_size=1, max_size=120))
def test_a_drawn_code_has_the_dark_modules_of_the_code(content):
    drawn = qr_drawing(content)
    matrix = segno.make(content, error="m", micro=False).matrix
    dark = {(x, y) for y, row in enumerate(matrix) for x, bit in enumerate(row) if bit}
    found = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawn.path):
        start = int(x) - QUIET
        found |= {(start + i, int(y) - QUIET) for i in range(int(length))}
    assert found == dark
    assert drawn.side == len(matrix) + 2 * QUIET


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6))
def test_shares_fill_the_bar_and_none_that_exists_is_invisible(parts):
    drawn = shares_drawing(parts)
    assert sum(part.width for part in drawn) == (1000 if any(parts) else 0)
    for part, size in zip(drawn, parts, strict=True):
        assert (part.width >= 8) == bool(size)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30))
def test_a_line_stays_in_its_box_and_ends_where_it_should(points):
    drawn = sparkline_drawing(points)
    places = [tuple(map(float, pair.split())) for pair in drawn.line[1:].split(" L")]
    assert len(places) == len(points)
    assert all(6 <= x <= 294 and 11 <= y <= 43 for x, y in places)
    assert (places[0][1] > places[-1][1]) <= (points[-1] >= points[0])


@given(
    st.lists(
        st.tuples(st.just("9/11"), st.integers(0, 10**7), st.integers(0, 10**7)),
        min_size=1,
        max_size=31,
    )
)
def test_columns_stand_under_their_scale(days):
    drawn = columns_drawing(days)
    whole = int(drawn.lines[-1].name)
    assert whole >= max(max(a, b) for _, a, b in days)
    assert [line.y for line in drawn.lines] == [180, 125, 70, 15]
    assert all(15 <= day.top1 <= 180 and 15 <= day.top2 <= 180 for day in drawn.days)
    assert all(day.x >= 44 and day.x + 2 * day.width <= 640 for day in drawn.days)
