"""Streams taken into the tables: what is new, what is the same, what is refused, how far."""

from threading import Event, Thread, Timer

import pytest
from django.db import connection

from motcua.sync.models import Dossier, Status
from motcua.sync.operations import taking, turns
from motcua.sync.operations.taking import Gap, NotAMember, NotAStream
from motcua.sync.rules import batching
from motcua.sync.rules.persons import DUMMY
from motcua.sync.tests.streams import (
    AT,
    HUE,
    body,
    code_of,
    cursor_of,
    dossier,
    refused,
    send,
    status,
    tables,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, params=["long", "short"])
def _length(monkeypatch, request):
    """Take these messages as if they were long, and as the short ones they are."""
    if request.param == "long":
        monkeypatch.setattr(taking, "REMEMBERED", 1)


def test_a_stream_is_taken_and_counted():
    rows = [dossier(1, person="001195012345"), status(1, 1), status(1, 2, hours=1), dossier(2)]
    taken = send(rows)
    assert (taken.rows, taken.cursor, taken.refused_rows) == (4, 4, 0)
    assert (taken.dossiers_new, taken.statuses_new) == (2, 2)
    held = Dossier.objects.get(code=code_of(1))
    assert (held.year, held.member, held.title, held.told_at) == (2026, "H57", "Khai sinh", AT)
    assert held.person is not None
    assert Status.objects.filter(code=code_of(1), status=2, member="H57").count() == 1


def test_telling_it_again_changes_nothing():
    rows = [dossier(1), status(1, 1), status(1, 2, hours=1)]
    send(rows)
    before = tables()
    again, other = send(rows, packed=True), send(rows[::-1], stream="b")
    for taken in (again, other):
        assert (taken.dossiers_new, taken.dossiers_changed, taken.statuses_new) == (0, 0, 0)
        assert (taken.dossiers_same, taken.statuses_same) == (1, 2)
    assert tables() == before


def test_the_later_record_of_a_dossier_holds_whichever_comes_first():
    late, early = dossier(1, hours=5, title="Mới"), dossier(1, hours=1, title="Cũ")
    assert send([late]).dossiers_new == 1
    assert send([early], stream="b").dossiers_same == 1
    assert Dossier.objects.get().title == "Mới"
    changed = send([dossier(1, hours=6, title="Mới nữa"), late], stream="c")
    assert (changed.dossiers_changed, changed.dossiers_same) == (1, 1)
    assert Dossier.objects.get().title == "Mới nữa"


def test_rows_that_cannot_be_taken_are_told_by_place_and_reason():
    rows = [
        status(1),
        b"{",
        b"[]",
        status(1, 11),
        status(1, 12),
        {**status(1), "extra": 1},
        dossier(1, code=code_of(1, top="H26")),
        status(1, code="no agency"),
        dossier(1, as_of="0001-01-01T00:00:00Z"),
        status(1, at="1700-01-01T00:00:00Z"),
        status(1, words="a\0b"),
        b"\xff\xfe",
        dossier(1),
    ]
    taken = send(rows)
    assert (taken.dossiers_new, taken.statuses_new, taken.cursor) == (1, 1, len(rows))
    assert taken.refused_rows == 11
    found = [(run.first, run.last, run.reason.split(":")[0]) for run in taken.refused]
    assert found == [
        (1, 1, "json"),
        (2, 2, "shape"),
        (3, 4, "shape"),
        (5, 5, "shape"),
        (6, 6, "foreign"),
        (7, 7, "code"),
        (8, 9, "time"),
        (10, 10, "nul"),
        (11, 11, "json"),
    ]
    assert refused() == [(r.first, r.last, r.reason, r.example) for r in taken.refused]


def test_no_member_tells_of_another_s_dossiers():
    theirs = [dossier(1, code=code_of(1, top="H26")), status(1, code=code_of(1, top="H26"))]
    assert send(theirs, member="000.00.00.H26").dossiers_new == 1
    before = tables()
    forged = dossier(1, code=code_of(1, top="H26"), hours=900, title="Của tôi")
    taken = send([forged, status(1, 9, code=code_of(1, top="H26"))])
    assert [(run.first, run.last, run.reason) for run in taken.refused] == [(0, 1, "foreign")]
    assert tables() == before


def test_the_example_of_a_refused_row_hides_the_middle_of_long_numbers():
    taken = send([{**dossier(1), "person": "001195012345", "extra": 1}])
    assert "001195012345" not in taken.refused[0].example
    assert "001…45" in taken.refused[0].example


def test_made_up_numbers_are_kept_as_such_and_are_nobody_s():
    send([dossier(1, person="000000001")])
    held = Dossier.objects.get()
    assert (held.person, held.flags) == (None, DUMMY)


def test_texts_come_back_as_they_were_sent():
    odd = 'dấu "nháy", \\ gạch\tthẻ\nxuống dòng \\N \\u0000'
    send([dossier(1, title=odd, applicant=odd), status(1, words=odd, who=odd)])
    assert Dossier.objects.get().title == odd
    assert Status.objects.get().words == Status.objects.get().who == odd


def test_a_gap_is_refused_with_the_place_to_go_on_from():
    send([status(1)])
    with pytest.raises(Gap) as gap:
        send([status(2)], offset=2)
    assert gap.value.facts == {"cursor": 1, "offset": 2}
    assert cursor_of() == 1


def test_who_is_no_member_or_names_no_stream_is_told_so():
    with pytest.raises(NotAMember):
        send([], member="H57")
    for stream, offset in [("", 0), ("a" * 81, 0), ("a\0", 0), ("a", -1)]:
        with pytest.raises(NotAStream):
            send([], stream=stream, offset=offset)
    assert send([]).cursor == 0


def test_too_many_refused_runs_stop_a_message_not_the_stream(monkeypatch):
    monkeypatch.setattr(batching, "MOST_RUNS", 3)
    monkeypatch.setattr(taking, "MOST_RUNS", 3)
    monkeypatch.setattr("motcua.sync.rules.reading.BLOCK_ROWS", 4)
    rows = [b"{" if n % 2 else b"[]" for n in range(12)] + [status(1)]
    taken = send(rows)
    assert (taken.stopped, taken.cursor) == (True, 4)
    while taken.stopped:
        taken = send(rows[taken.cursor :], offset=taken.cursor)
    assert taken.cursor == 13
    assert Status.objects.count() == 1
    assert len(refused()) == 12


def test_many_refused_rows_stop_a_message_though_they_are_one_run(monkeypatch):
    monkeypatch.setattr(batching, "MOST_REFUSED", 5, raising=False)
    monkeypatch.setattr(taking, "MOST_REFUSED", 5, raising=False)
    monkeypatch.setattr("motcua.sync.rules.reading.BLOCK_ROWS", 4)
    rows = [b""] * 20 + [status(1)]
    taken = send(rows, packed=True)
    assert (taken.stopped, taken.cursor) == (True, 8)
    while taken.stopped:
        taken = send(rows[taken.cursor :], offset=taken.cursor)
    assert (taken.cursor, Status.objects.count()) == (21, 1)
    assert [(first, last) for first, last, _, _ in refused()] == [(0, 19)]


def test_time_is_looked_at_while_a_body_is_unpacked_too(monkeypatch):
    monkeypatch.setattr(taking, "LONGEST", 0)
    monkeypatch.setattr("motcua.sync.rules.reading.PIECE", 300)
    taken = send([status(number) for number in range(1, 50)])
    assert taken.stopped
    assert 0 < taken.cursor < 10


def test_only_one_merge_a_member_and_a_few_in_all(settings):
    settings.SYNC_AT_ONCE = 1
    with turns.turn_of("H57"), turns_of_another() as other:
        with pytest.raises(turns.Busy):
            other("H57")
        with pytest.raises(turns.Busy):
            other("H26")
        settings.SYNC_AT_ONCE = 2
        other("H26")
    assert send([status(1)], member=HUE).cursor == 1


def test_who_comes_while_another_is_nearly_done_waits_a_moment(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 60)
    left = Event()

    def leave():
        with turns.turn_of("H57"):
            entered.set()
            left.wait(60)
        connection.close()

    entered, holder = Event(), Thread(target=leave)
    holder.start()
    assert entered.wait(60)
    Timer(0.1, left.set).start()
    assert send([status(1)], member=HUE).cursor == 1
    holder.join()


class turns_of_another:
    """A second process: a thread with a connection of its own."""

    def __enter__(self):
        from concurrent.futures import ThreadPoolExecutor

        self.pool = ThreadPoolExecutor(1)
        return lambda top: self.pool.submit(self.turn, top).result()

    def __exit__(self, *_):
        self.pool.submit(self.close).result()
        self.pool.shutdown()

    @staticmethod
    def close():
        connection.close()

    @staticmethod
    def turn(top):
        with turns.turn_of(top):
            return True


def test_an_end_without_line_end_is_taken_only_as_a_whole_row():
    data = body([status(1), status(2)])
    assert send(data[:-1]).cursor == 2
    assert send(data[:-3], stream="b").cursor == 1


def test_rows_nested_without_end_are_refused_alone():
    deep = b'{"x":' + b"[" * 5000 + b"]" * 5000 + b',"k":"s"}'
    taken = send([status(1), deep, status(2)])
    assert (taken.statuses_new, taken.cursor, taken.refused_rows) == (2, 3, 1)
    assert [(first, last, reason) for first, last, reason, _ in refused()] == [(1, 1, "json")]
    cut_off = send(body([status(3)]) + b"[" * 5000, stream="b")
    assert (cut_off.statuses_new, cut_off.cursor, cut_off.refused_rows) == (1, 1, 0)
