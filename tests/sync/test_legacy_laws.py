"""Laws of the old interface: moments go and come back, any order ends in the same tables."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.exchange.tests.conftest import PORTAL, _own_files
from motcua.exchange.tests.wire import now
from motcua.sync.models import Detail
from motcua.sync.operations.legacy_taking import take_dossiers, take_steps
from motcua.sync.operations.systems import System, make_system
from motcua.sync.rules.legacy.shapes import Envelope
from motcua.sync.rules.legacy.texts import HERE, moment_in, moment_text, texts_of
from motcua.sync.rules.outward import cut, next_try, wait_after
from motcua.sync.tests.streams import HUE, dossier, empty, send, status, tables
from tests.sync.legacy import legacy_dossier, legacy_step

__all__ = ["_own_files"]
FIRST = datetime(1900, 1, 1, tzinfo=HERE)
MOMENTS = st.integers(0, 300 * 365 * 86400).map(lambda s: FIRST + timedelta(seconds=s))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
JSON = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20
)


@given(MOMENTS)
def test_a_moment_written_is_the_moment_read(at):
    assert moment_in(moment_text(at)) == at
    assert moment_in(f"{at:%d/%m/%Y %H:%M:%S}") == at


@given(st.text(max_size=20))
def test_whatever_is_written_is_a_moment_or_refused(text):
    try:
        found = moment_in(text)
    except ValueError:
        return
    assert (found is None) == (not text)


@given(JSON)
def test_every_scalar_becomes_a_text_and_stays_one(value):
    try:
        once = texts_of(value)
    except ValueError:
        return
    assert texts_of(once) == once


@given(st.text(), st.integers(1, 50))
def test_what_is_cut_is_never_longer(text, most):
    assert len(cut(text, most)) <= most


@given(st.integers(1, 1000), st.text(max_size=6))
def test_waits_grow_and_end_at_five_minutes(failures, asked):
    assert wait_after(failures) <= wait_after(failures + 1)
    assert wait_after(failures).total_seconds() <= 300
    assert next_try(now(), failures=failures, asked=asked) > now()


WAYS = st.one_of(
    st.builds(
        lambda n, name, papers, done, kind: (
            "dossier",
            legacy_dossier(n, ChuHoSo=name, GhiChu=papers, NgayKetThucXuLy=done, LoaiDoiTuong=kind),
        ),
        *(st.integers(1, 3), st.sampled_from("AB"), st.sampled_from(["", "x", "y"])),
        st.sampled_from(["", "20260918090000", "sai"]),
        st.sampled_from(["1", "", "hộ"]),
    ),
    st.builds(
        lambda n, value: ("step", legacy_step(n, str(value), NgayBatDau="20260917000000")),
        *(st.integers(1, 3), st.integers(0, 10)),
    ),
    st.builds(lambda n, h: ("native", dossier(n, hours=h)), st.integers(1, 3), st.integers(0, 3)),
    st.builds(lambda n, v: ("native", status(n, v)), st.integers(1, 3), st.integers(1, 10)),
)


def take_in(system, rows):
    """Let rows come one message each, by the way each takes."""
    for number, (way, row) in enumerate(rows):
        if way == "native":
            send([row], stream=f"n{number}")
        else:
            take = take_dossiers if way == "dossier" else take_steps
            take(system, Envelope(data=[row], isUpdating=str(len(str(row)) % 2)), at=now())


def kept():
    details = Detail.objects.order_by("year", "code", "part")
    return tables(), list(details.values_list("code", "part", "as_of", "facts"))


@pytest.mark.django_db(transaction=True)
@settings(max_examples=15)
@given(st.lists(WAYS, min_size=1, max_size=10), st.randoms(use_true_random=False))
def test_legacy_and_native_rows_in_any_order_end_in_the_same_tables(rows, chance):
    System.objects.all().delete()
    made = make_system("hue-dvc", HUE, title="", by=PORTAL, at=now())
    system = System.objects.get(pk=made.id)
    found = []
    for order in (rows, chance.sample(rows + rows[: len(rows) // 2], len(rows) + len(rows) // 2)):
        empty()
        Detail.objects.all().delete()
        take_in(system, order)
        found.append(kept())
    assert found[0] == found[1]
