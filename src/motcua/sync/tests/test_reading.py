"""Bodies as blocks: the same however they were cut, and never held whole."""

import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.sync.rules import reading
from motcua.sync.rules.reading import (
    CutShort,
    NotUnpackable,
    TooLarge,
    UnknownEncoding,
    blocks_of,
    pieces_of,
)

LINES = st.lists(
    st.sampled_from([b"{}", b"", b"x" * 9, b'{"a":"' + b"y" * 30 + b'"}']), max_size=60
)


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(reading, "BLOCK_ROWS", 8)
    monkeypatch.setattr(reading, "BLOCK_BYTES", 200)
    monkeypatch.setattr(reading, "PIECE", 16)
    monkeypatch.setattr(reading, "LONGEST_ROW", 64)


def read(data, *, encoding="", first=0, most=10**6):
    return list(blocks_of(pieces_of(io.BytesIO(data), encoding=encoding, most=most), first=first))


@given(LINES, st.integers(0, 20))
def test_every_line_is_in_one_block_under_its_number(lines, first):
    data = b"".join(line + b"\n" for line in lines)
    found = read(data, first=first)
    assert b"".join(block.data for block in found) == data
    assert sum(block.rows for block in found) == len(lines)
    numbers = [block.first for block in found]
    assert numbers == [first + sum(b.rows for b in found[:n]) for n in range(len(found))]


@given(LINES, st.integers(0, 60))
def test_whole_blocks_do_not_depend_on_where_a_message_begins(lines, start):
    start = min(start, len(lines))
    whole = {(b.first, b.data) for b in read(b"".join(x + b"\n" for x in lines))}
    rest = read(b"".join(x + b"\n" for x in lines[start:]), first=start)
    later = [(b.first, b.data) for b in rest if b.rows == 8 and b.first % 8 == 0]
    assert set(later) <= whole


@given(LINES)
def test_packed_is_read_as_plain(lines):
    data = b"".join(line + b"\n" for line in lines)
    halves = gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :])
    assert read(halves, encoding="gzip") == read(data)


def test_a_row_too_long_is_one_row_and_is_not_held():
    data = b"{}\n" + b"a" * 5000 + b"\n{}\n"
    first, long, last = read(data)
    assert (first.rows, long.rows, last.rows) == (1, 1, 1)
    assert long.too_long
    assert len(long.data) <= reading.EXAMPLE
    assert [b.first for b in (first, long, last)] == [0, 1, 2]
    assert read(b"a" * 5000) == []
    assert [b.too_long for b in read(b"a" * 5000 + b"\n" + b"b" * 500 + b"\n")] == [True, True]


def test_half_a_row_is_none_and_a_whole_one_needs_no_line_end():
    assert [b.data for b in read(b'{"a":1}\n{"b":"}')] == [b'{"a":1}\n']
    assert [b.data for b in read(b'{"a":1}\n{"b":2}')] == [b'{"a":1}\n{"b":2}\n']


def test_what_is_not_gzip_or_ends_too_early_is_said_so():
    packed = gzip.compress(b"{}\n" * 100)
    with pytest.raises(NotUnpackable):
        read(b"plain", encoding="gzip")
    for cut in range(len(packed)):
        with pytest.raises(CutShort):
            read(packed[:cut], encoding="gzip")
    with pytest.raises(UnknownEncoding):
        read(b"", encoding="br")
    assert read(packed + bytes(10), encoding="gzip") == read(packed, encoding="gzip")


def test_a_bomb_is_refused_long_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(reading, "_FREE", 10_000)
    with pytest.raises(TooLarge):
        read(gzip.compress(b"{}\n" * 10**6), encoding="gzip", most=10**12)
    with pytest.raises(TooLarge):
        read(b"{}\n" * 100, most=200)


def test_packed_members_that_hold_nothing_are_refused_before_they_cost_much():
    empty, row = gzip.compress(b""), gzip.compress(b"{}\n")
    assert [b.rows for b in read(empty * 9 + row + empty, encoding="gzip")] == [1]
    with pytest.raises(NotUnpackable):
        read(empty * 200 + row, encoding="gzip")


def test_many_small_packed_members_are_read_as_a_few_pieces():
    packed = gzip.compress(b"x") * 500
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "PIECE", 4096)
        pieces = list(pieces_of(io.BytesIO(packed), encoding="gzip", most=10**6))
    assert b"".join(pieces) == b"x" * 500
    assert len(pieces) <= len(packed) // 4096 + 1
