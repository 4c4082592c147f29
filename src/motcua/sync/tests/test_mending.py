"""What may be missing of a row and cannot be read is left out and marked; the rest is taken."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.sync.models import Dossier, Status
from motcua.sync.rules.batches import Batch
from motcua.sync.rules.decoding import Decoder
from motcua.sync.rules.mending import FIELDS, MOMENTS, fields_in, mended
from motcua.sync.rules.persons import MALFORMED, MISSING
from motcua.sync.rules.reading import Block
from motcua.sync.tests.streams import AT, DAY, code_of, dossier, send, status, tables

KEY = b"k" * 16
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | NUMBERS | st.text()
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5
)
NEEDED = st.sampled_from(["code", "procedure", "as_of"])


def read(*rows):
    batch, data = Batch(0), b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    Decoder("H57", key=KEY, at=AT).read(Block(0, len(rows), data), batch)
    return batch


def held(**facts):
    """Let a dossier be taken; return it and the fields that are marked."""
    send([dossier(1, **facts)])
    found = Dossier.objects.get()
    return found, fields_in(found.flags)


@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), JSON))
def test_whatever_may_be_missing_never_makes_a_row_refused(facts):
    row = {k: v for k, v in facts.items() if "\\u0000" not in json.dumps(v)}
    assert not read(dossier(1, **row)).refused


def test_a_wrong_value_before_broken_json_and_one_without_a_floor_are_refused():
    begin = b'{"k":"d","title":7,"code":"000.00.16.H57-260917-0001",'
    lines = [begin + b'"kind"', begin + b'"agency":' + b"[" * 200_000, begin + b'"kind":1}']
    batch = Batch(0)
    Decoder("H57", key=KEY, at=AT).read(Block(0, 3, b"\n".join(lines) + b"\n"), batch)
    found = [(run.first, run.reason.split(":")[0]) for run in batch.refused]
    assert found == [(0, "json"), (2, "shape")]


@given(NEEDED, st.none() | st.booleans() | NUMBERS | st.lists(st.integers()))
def test_what_must_be_there_is_refused_by_place_and_reason(field, value):
    (run,) = read(dossier(1), {**dossier(2), field: value}).refused
    assert (run.first, run.last, run.reason.split(":")[0]) == (1, 1, "shape")
    assert f"$.{field}" in run.reason


FIRST = datetime(1901, 1, 1)  # noqa: DTZ001 (as it is written: local time)
LAST = datetime(2199, 1, 1)  # noqa: DTZ001


@given(st.datetimes(FIRST, LAST), st.sampled_from(MOMENTS))
def test_a_moment_in_the_old_interface_s_form_is_the_same_moment(at, field):
    at = at.replace(microsecond=0)
    told = f"{at:%Y%m%d%H%M%S}"
    for text in (told, int(told), f"{at:%d/%m/%Y %H:%M:%S}", f" {told} "):
        row, marks = mended(json.dumps(dossier(1, kind="1", **{field: text})).encode())
        assert getattr(row, field) == at.replace(tzinfo=UTC) - timedelta(hours=7)
        assert not marks


@pytest.mark.django_db
@pytest.mark.parametrize(
    "told",
    [
        "hôm qua",
        "2026-13-41",
        "20261341",
        "2026-09-17T08:12:00",
        True,
        {},
        10**40,
        "1700-01-01T00:00:00Z",
    ],
)
def test_a_moment_that_cannot_be_read_is_left_out_and_marked(told):
    found, fields = held(received_at=told, filed_at=DAY.isoformat())
    assert (found.received_at, found.filed_at, fields) == (None, DAY, ("received_at",))


@pytest.mark.django_db
@pytest.mark.parametrize("told", ["", "  ", None])
def test_an_empty_moment_is_none_and_nothing_is_marked(told):
    found, fields = held(received_at=told)
    assert (found.received_at, fields) == (None, ())


@pytest.mark.django_db
def test_numbers_as_texts_are_read_and_others_are_marked():
    found, fields = held(kind="2", channel="bưu điện", applicant=None)
    assert (found.kind, found.channel, found.applicant, fields) == (2, 1, "", ("channel",))


@pytest.mark.django_db
def test_texts_too_long_are_cut_and_marked_and_a_number_without_its_zeros_is_nobody_s():
    found, fields = held(title="a" * 1001, person=1195012345)
    assert found.title == "a" * 999 + "…"
    assert fields == ("title", "person")
    assert (found.person, found.flags & 7) == (None, MISSING)
    found, fields = held(hours=1, person="0" * 31)
    assert (found.person, found.flags & 7, fields) == (None, MALFORMED, ("person",))


@pytest.mark.django_db
def test_what_was_done_is_cut_and_what_is_no_text_refused():
    taken = send([status(1, words="a" * 2001, who=None), status(1, 3, words=7)])
    assert [(run.first, run.reason.split(":")[0]) for run in taken.refused] == [(1, "shape")]
    assert Status.objects.get().words == "a" * 1999 + "…"


@pytest.mark.django_db
def test_a_row_is_read_the_same_whatever_comes_with_it_and_mending_it_takes_the_mark_away():
    good, odd = dossier(1, title=" a "), dossier(2, due_at="mai")
    send([good])
    send([odd], stream="b")
    alone = tables()
    send([odd, good, b"{"], stream="c")
    assert tables() == alone
    send([dossier(2, hours=1, due_at=DAY.isoformat())], stream="d")
    assert Dossier.objects.get(code=code_of(2)).flags & ~7 == 0
