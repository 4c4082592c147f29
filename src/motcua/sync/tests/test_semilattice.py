"""However rows are cut, doubled, ordered and broken off, the tables end up the same."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.sync.models import staging
from motcua.sync.operations import taking
from motcua.sync.rules import batching, reading
from motcua.sync.rules.reading import CutShort
from motcua.sync.tests.streams import (
    body,
    cursor_of,
    dossier,
    empty,
    refused,
    send,
    status,
    tables,
)

pytestmark = pytest.mark.django_db(transaction=True)

ROW = st.one_of(
    st.builds(
        lambda number, hours, title: dossier(number, hours=hours, title=title),
        st.integers(1, 4),
        st.integers(0, 3),
        st.sampled_from(["A", "B", "tên dài hơn"]),
    ),
    st.builds(
        lambda number, value, hours, words: status(number, value, hours=hours, words=words),
        st.integers(1, 4),
        st.integers(1, 10),
        st.integers(0, 3),
        st.sampled_from(["", "x", "}"]),
    ),
    st.sampled_from([b"{", b"", b'{"k":"s"}']),
)
ROWS = st.lists(ROW, min_size=1, max_size=30)


@pytest.fixture(autouse=True, params=["long", "short"])
def _small(monkeypatch, request):
    monkeypatch.setattr(reading, "BLOCK_ROWS", 4)
    monkeypatch.setattr(reading, "PIECE", 128)
    monkeypatch.setattr(batching, "MOST_STAGED", 6)
    if request.param == "long":
        monkeypatch.setattr(batching, "REMEMBERED", 1)
        monkeypatch.setattr(taking, "REMEMBERED", 1)
    monkeypatch.setattr(staging, "FEWEST", 1)


def after_once(rows):
    empty()
    send(rows)
    found = tables(), refused()
    empty()
    return found


@settings(max_examples=60)
@given(ROWS, st.data())
def test_however_cut_doubled_and_broken_off(rows, data):
    once = after_once(rows)
    for _ in range(data.draw(st.integers(0, 6))):
        start = data.draw(st.integers(0, cursor_of()))
        end = data.draw(st.integers(start, len(rows)))
        part, packed = body(rows[start:end]), data.draw(st.booleans())
        cut = data.draw(st.none() | st.integers(0, len(part)))
        before = cursor_of()
        with suppress(CutShort):
            send(part, offset=start, packed=packed, cut=cut)
        assert before <= cursor_of() <= len(rows)
    while (cursor := cursor_of()) < len(rows):
        send(rows[cursor:], offset=cursor)
    assert (tables(), refused()) == once


@settings(max_examples=40)
@given(ROWS, st.randoms(use_true_random=False), st.integers(1, 3))
def test_however_ordered_and_spread_over_streams(rows, chance, streams):
    once, _ = after_once(rows)
    doubled = rows + rows[: len(rows) // 2]
    chance.shuffle(doubled)
    for number in range(streams):
        send(doubled[number::streams], stream=str(number))
    assert tables() == once


@settings(max_examples=40)
@given(ROWS)
def test_the_tables_are_what_a_plain_reading_says(rows):
    empty()
    taken = send(rows)
    good = [row for row in rows if not isinstance(row, bytes)]
    said = {
        (row["code"], row["status"], row["at"], row["words"]) for row in good if row["k"] == "s"
    }
    latest = {}
    for row in good:
        if row["k"] == "d":
            latest[row["code"]] = max(latest.get(row["code"], ""), row["as_of"])
    dossiers, statuses = tables()
    assert len(statuses) == len(said), (len(said), taken)
    assert taken.statuses_new == len(said)
    assert {(s["code"], s["status"], s["words"]) for s in statuses} == {
        (code, value, words) for code, value, _at, words in said
    }
    assert {d["code"]: d["as_of"] for d in dossiers} == latest
    counts = taken.dossiers_new + taken.dossiers_changed + taken.dossiers_same
    assert counts + taken.statuses_new + taken.statuses_same + taken.refused_rows == len(rows)
