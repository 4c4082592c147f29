"""Short messages: one statement each, in the member's turn, in nobody else's way."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.sync.models import Dossier, Refusal, Status
from motcua.sync.operations import taking, turns
from motcua.sync.operations.taking import Busy, Gap
from motcua.sync.tests.streams import (
    AT,
    cursor_of,
    dossier,
    empty,
    refused,
    send,
    status,
    tables,
)

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def others(count):
    """Other processes: threads with connections of their own."""
    with ThreadPoolExecutor(count) as pool:
        together = Barrier(count)

        def leave(_):
            together.wait()
            connection.close()

        try:
            yield pool
        finally:
            list(pool.map(leave, range(count)))


def waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone()[0] > 0


def test_a_short_message_is_one_statement():
    with CaptureQueriesContext(connection) as asked:
        taken = send([dossier(1), status(1), status(2)])
    assert (taken.statuses_new, taken.dossiers_new, taken.cursor) == (2, 1, 3)
    assert len(asked) == 1


def test_what_is_refused_of_it_is_noted_in_the_same_transaction(monkeypatch):
    assert send([status(1), b"{"]).refused_rows == 1
    assert [(first, last) for first, last, *_ in refused()] == [(1, 1)]
    before = tables()
    monkeypatch.setattr(taking, "note_refused", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        send([status(2), b"{"], offset=2)
    assert (cursor_of(), tables()) == (2, before)


def test_rows_that_it_must_change_and_another_holds_keep_it_waiting_no_longer(monkeypatch):
    """The night's clearing holds old refused rows; who sends meanwhile is to come again."""
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    send([b"{"])
    before = tables()
    with transaction.atomic(), others(1) as pool:
        Refusal.objects.all().delete()
        with pytest.raises(Busy):
            pool.submit(send, [b"{", status(1)], offset=1).result()
    assert (cursor_of(), tables(), refused()) == (1, before, [])
    assert send([b"{", status(1)], offset=1).cursor == 3


def test_of_a_stream_that_has_not_begun_only_the_first_rows_are_taken():
    with pytest.raises(Gap) as gap:
        send([status(2)], offset=1)
    assert gap.value.facts == {"cursor": 0, "offset": 1}
    assert not Status.objects.exists()
    send([status(1)])
    assert send([status(2)], offset=1).cursor == 2


def test_it_waits_for_the_member_s_turn_and_not_for_a_place_of_all(settings, monkeypatch):
    settings.SYNC_AT_ONCE = 0
    assert send([status(1)]).cursor == 1
    settings.SYNC_AT_ONCE = 1
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with turns.turn_of("H57"), others(1) as pool:
        with pytest.raises(Busy):
            pool.submit(send, [status(2)], offset=1).result()
        assert pool.submit(send, [], member="000.00.00.H26", stream="b").result().cursor == 0
    assert (cursor_of(), Status.objects.count()) == (1, 1)


def test_a_long_message_waits_while_a_short_one_is_merged(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with transaction.atomic(), others(1) as pool:
        send([status(1)])
        monkeypatch.setattr(taking, "REMEMBERED", 1)
        with pytest.raises(Busy):
            pool.submit(send, [status(2)], stream="b").result()


def test_rows_that_follow_what_is_just_being_merged_are_no_gap(monkeypatch):
    """The cursor is read once the turn has come, whatever it was when the statement began."""
    monkeypatch.setattr(turns, "PATIENCE", 60)
    merged, may_end = Event(), Event()

    def slowly():
        with transaction.atomic():
            send([status(1), dossier(1, hours=1)])
            merged.set()
            may_end.wait(60)

    with others(2) as pool:
        first = pool.submit(slowly)
        assert merged.wait(60)
        then = pool.submit(send, [status(2), dossier(1, hours=2)], offset=2)
        assert any(waits() or sleep(0.01) for _ in range(6000))
        may_end.set()
        first.result()
        taken = then.result()
    assert (taken.cursor, taken.statuses_new, taken.dossiers_changed) == (4, 1, 1)
    assert Dossier.objects.get().as_of.hour == 3


def test_many_at_once_come_to_the_same_as_one_after_the_other(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 60)
    rows = [dossier(n % 5, hours=n % 7) for n in range(60)] + [status(n % 9) for n in range(60)]
    send(rows, stream="whole")
    once = tables()
    Status.objects.all().delete()
    Dossier.objects.all().delete()

    def tell(number):
        mine = rows[number::4] if number % 2 else rows[number::4][::-1]
        for offset, row in enumerate(mine):
            assert send([row, row], stream=f"{number % 2}", offset=0).refused_rows == 0
            assert cursor_of(f"{number % 2}") >= 2, offset

    with others(4) as pool:
        list(pool.map(tell, range(4)))
    assert tables() == once


KEPT = ("sync_dossier", "sync_status", "sync_stream", "sync_refusal")
WORDS = st.sampled_from(["", "Đã nhận", "}", "a\\"])
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "title": WORDS,
        "applicant": WORDS,
        "person": st.sampled_from(["001195012345", "123", "x"]),
        "filed_at": st.sampled_from(["2026-09-16T08:00:00+07:00", None, "gần đây"]),
        "due_at": st.sampled_from(["2026-09-20T08:00:00Z", "0001-01-01T00:00:00Z"]),
        "kind": st.sampled_from([2, 9]),
    },
)
MESSAGES = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.integers(-1, 4),
        st.lists(
            st.one_of(
                st.builds(
                    lambda number, hours, facts: dossier(number, hours=hours, **facts),
                    *(st.integers(1, 3), st.integers(0, 3), FACTS),
                ),
                st.builds(
                    lambda number, value, hours, words: status(
                        number, value, hours=hours, words=words, who=words
                    ),
                    *(st.integers(1, 3), st.integers(1, 3), st.integers(0, 1), WORDS),
                ),
                st.sampled_from(
                    [b"{", b"", dossier(1, code="000.00.16.H26-260917-0001"), status(1, 11)]
                ),
            ),
            min_size=1,
            max_size=6,
        ),
    ),
    min_size=1,
    max_size=6,
)
"""Streams, how far before their cursor messages begin (after it by one less), and their rows."""


def told(messages):
    """Return what messages were answered, and every row that they left."""
    empty()
    answers = list[object]()
    for minute, (stream, back, rows) in enumerate(messages):
        offset, at = max(0, cursor_of(stream) - back), AT + timedelta(minutes=minute)
        try:
            answers.append(send(rows, stream=stream, offset=offset, at=at))
        except Gap as gap:
            answers.append(gap.facts)
    with connection.cursor() as cursor:
        for table in KEPT:
            cursor.execute(f"SELECT to_jsonb(t) - 'id' AS told FROM {table} t ORDER BY told")
            answers += cursor.fetchall()
    return answers


@settings(max_examples=60)
@given(MESSAGES)
def test_the_same_messages_leave_the_same_by_either_way(messages):
    """What was told again, corrected, left out, refused or too far on, is so by both."""
    briefly = told(messages)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(taking, "REMEMBERED", 1)
        assert told(messages) == briefly
