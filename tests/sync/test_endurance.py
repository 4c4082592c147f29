"""Streams that are too much in one way, and one whose agreement ends: nothing lost, flat memory."""

import os
from io import BytesIO

import psutil
import pytest

from motcua.exchange.models import Agreement, Certificate, LogEntry
from motcua.exchange.operations.calling import CallRefused, call
from motcua.exchange.queries.agreements import forget_agreements
from motcua.exchange.queries.keys import forget_keys
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import now
from motcua.kernel.errors import Conflict
from motcua.sync.models import Status
from motcua.sync.operations import pushing, taking
from motcua.sync.operations.pushing import StreamLost, push
from motcua.sync.operations.taking import take
from motcua.sync.rules import batching, reading
from motcua.sync.tests.streams import AT, HUE, body, code_of, cursor_of, refused, status
from tests.sync.test_gateway import ROWS, _own_files, agreed, lines, pushed, wire

__all__ = ["_own_files", "agreed", "wire"]

TINY = int(os.environ.get("MOTCUA_TINY_ROWS", "1100000"))
"""Of ten million, how many a usual run sends; memory is compared after each tenth."""
MB = 2**20
ROOM = 24 * MB
"""What a merge may take for itself, whatever comes: a few blocks, and what Python keeps."""


class Endless:
    """A body that is made while it is read, and sees how much memory the process has meanwhile."""

    def __init__(self, *pieces):
        self.pieces = iter(pieces)
        self.held = b""
        self.seen = []

    def read(self, size=-1):
        while len(self.held) < size and (piece := next(self.pieces, b"")):
            self.held += piece
        found, self.held = self.held[:size], self.held[size:]
        self.seen.append(psutil.Process().memory_info().rss)
        return found


def taken(stream, name, offset=0):
    facts = {"member": HUE, "stream_id": name, "offset": offset, "encoding": "", "at": AT}
    return take(stream, **facts)


def grown(seen):
    """Return by how much memory grew after a tenth was read."""
    return max(seen[-len(seen) * 9 // 10 :]) - max(seen[: len(seen) // 10 + 1])


@pytest.mark.django_db
def test_ten_million_tiny_rows_are_one_refused_run_and_take_no_more_memory_than_few():
    """A message ends after a million of them: the next one goes on from the cursor."""
    seen, cursor = [], 0
    while cursor < TINY:
        rest = (b"{}\n" * min(10_000, TINY - row) for row in range(cursor, TINY, 10_000))
        stream = Endless(*rest, body([status(1)]))
        told = taken(stream, "tiny", cursor)
        assert told.stopped == (told.cursor < TINY)
        seen, cursor = seen + stream.seen, told.cursor
    assert (told.cursor, told.statuses_new) == (TINY + 1, 1)
    (run,) = refused("tiny")
    assert run[:2] == (0, TINY - 1)
    assert grown(seen) < ROOM


@pytest.mark.django_db
def test_a_row_of_fifty_megabytes_is_refused_without_being_held():
    giant = (b"x" * MB for _ in range(50))
    stream = Endless(body([status(1)]), b'{"k":"s","words":"', *giant, b'"}\n', body([status(2)]))
    told = taken(stream, "giant")
    assert (told.cursor, told.statuses_new, told.refused_rows) == (3, 2, 1)
    ((first, last, reason, example),) = refused("giant")
    assert (first, last, reason) == (1, 1, "too-long")
    assert len(example) < 1000
    assert grown(stream.seen) < ROOM


@pytest.mark.parametrize("end", ["suspended", "ended"])
def test_an_agreement_that_ends_in_mid_stream_keeps_what_came_and_goes_on_once_renewed(
    agreed, monkeypatch, end
):
    monkeypatch.setattr(pushing, "MESSAGE_ROWS", 4)

    def end_it(so_far):
        if so_far.cursor == 4:
            Agreement.objects.update(standing=end)
            forget_agreements()

    with pytest.raises(CallRefused) as told:
        pushed(told=end_it)
    assert told.value.problem["code"] == "exchange.agreement-ended"
    assert end in told.value.problem["title"]
    assert told.value.problem["title_vi"]
    assert cursor_of("a b") == 4
    assert Status.objects.count() == 3
    before = LogEntry.objects.filter(side="provider").count()
    with pytest.raises(CallRefused):
        pushed()
    assert LogEntry.objects.filter(side="provider").count() == before

    Agreement.objects.update(standing="in-force")
    forget_agreements()
    assert pushed().cursor == len(ROWS) == cursor_of("a b")
    assert Status.objects.count() == 10


@pytest.mark.parametrize("end", ["agreement", "key"])
def test_what_ends_within_one_message_ends_the_message(agreed, monkeypatch, end):
    """Batches that were merged before stay, and the refusal says how far it came."""
    monkeypatch.setattr(taking, "REMEMBERED", 1)
    monkeypatch.setattr(reading, "BLOCK_ROWS", 10)
    monkeypatch.setattr(batching, "MOST_STAGED", 10)
    merged, merge = [], taking._merge

    def ending(batch, *rest, **facts):
        merge(batch, *rest, **facts)
        merged.append(batch.end)
        if len(merged) == 2 and end == "agreement":
            Agreement.objects.update(standing="ended")
            forget_agreements()
        elif len(merged) == 2:
            Certificate.objects.filter(member=HANOI).update(revoked_at=now())
            forget_keys()

    monkeypatch.setattr(taking, "_merge", ending)
    rows = [status(1, hours=hour, code=code_of(1, top="H26")) for hour in range(200)]
    with pytest.raises(CallRefused) as told:
        pushed(rows)
    code = {"agreement": "exchange.agreement-ended", "key": "exchange.revoked-key"}[end]
    assert told.value.problem["code"] == code
    assert told.value.problem["cursor"] == merged[-1] == cursor_of("a b") == 20
    assert Status.objects.count() == 20


@pytest.mark.django_db
def test_a_short_message_is_taken_by_what_was_known_as_it_came(monkeypatch):
    """Whoever brought it has looked a moment ago; of a long one it is looked again."""

    def still():
        raise Conflict

    facts = {"member": HUE, "stream_id": "a", "encoding": "", "at": AT, "still": still}
    assert take(BytesIO(body([status(1)])), offset=0, **facts).cursor == 1
    monkeypatch.setattr(taking, "REMEMBERED", 1)
    with pytest.raises(Conflict) as told:
        take(BytesIO(body([status(2)])), offset=1, **facts)
    assert told.value.facts["cursor"] == 1
    assert Status.objects.count() == 1


def test_a_message_that_takes_too_long_stops_with_the_cursor_and_goes_on(agreed, monkeypatch):
    """Its answer is there before the log stops waiting for it."""
    monkeypatch.setattr(reading, "BLOCK_ROWS", 10)
    monkeypatch.setattr(batching, "MOST_STAGED", 10)
    monkeypatch.setattr(taking, "LONGEST", 0.0)
    rows = [status(1, hours=hour, code=code_of(1, top="H26")) for hour in range(30)]
    assert pushed(rows).cursor == 30
    entries = LogEntry.objects.filter(side="provider", asked__contains='"stream"')
    assert [entry.status for entry in entries] == [200] * 3


def test_an_agreement_whose_time_is_over_in_mid_stream_ends_it_too(agreed, monkeypatch):
    monkeypatch.setattr(pushing, "MESSAGE_ROWS", 4)

    def pass_time(so_far):
        Agreement.objects.update(valid_until=now())
        forget_agreements()

    with pytest.raises(CallRefused) as told:
        pushed(told=pass_time)
    assert "expired" in told.value.problem["title"]
    assert cursor_of("a b") == 4


@pytest.mark.parametrize("said", ["1e9", "nan", "-1", "999999999999", "soon", ""])
def test_who_is_told_to_wait_for_ever_waits_a_while(agreed, monkeypatch, settings, said):
    """Retry-After is not signed: neither a member nor who stands between can hold us up with it."""
    monkeypatch.setattr(taking, "REMEMBERED", 1)
    settings.SYNC_AT_ONCE = 0
    waits = []

    def on_answer(answer):
        if answer.status_code == 503:
            answer.headers["retry-after"] = said

    agreed.on_answer = on_answer
    with pytest.raises(pushing.StillBusy):
        push(lines(ROWS), to=POLICE, stream="a", clock=now, sleep=waits.append)
    assert waits
    assert all(0 <= wait <= 300 for wait in waits)


def test_who_goes_on_a_little_each_time_is_not_given_up(agreed, monkeypatch):
    monkeypatch.setattr(pushing, "TRIES", 2)
    monkeypatch.setattr(batching, "MOST_RUNS", 0)
    monkeypatch.setattr(reading, "BLOCK_ROWS", 2)
    odd = [row for each in ROWS for row in (each, b"?")]
    assert push(lines(odd), to=POLICE, stream="a", clock=now, sleep=print).cursor == len(odd)


def test_a_receiver_that_lost_what_it_had_is_not_sent_the_wrong_rows():
    """A cursor that goes back would let rows in between be skipped: the push ends, and says so."""
    so_far = pushing.Pushed(cursor=8)
    with pytest.raises(StreamLost) as told:
        pushing._note(so_far, {"cursor": 4, "refused": []})
    assert isinstance(told.value, Conflict)
    assert so_far.cursor == 8


def test_a_member_s_rows_come_under_its_own_name_whatever_they_say(agreed):
    """H57's rows in a call of H26, H26's in a stream named like H57's, digits of other scripts."""
    other = status(1, code=code_of(1))
    lookalike = status(1, code=code_of(1, top="H26").replace("0", "\u0660", 1))
    inner = status(1, code="H26-/../X")
    done = push(lines([other, lookalike, inner, ROWS[1]]), to=POLICE, stream=HUE, clock=now)
    told = [(run["from"], run["to"], run["reason"]) for run in done.refused]
    assert told == [(0, 0, "foreign"), (1, 2, "code")]
    assert Status.objects.count() == 1
    assert set(Status.objects.values_list("member", flat=True)) == {"H26"}
    cursor = call(POLICE, "dossiers.v1", "cursor", method="GET", purpose="synchronise", at=now())
    assert b"000.00.00.H57" in cursor.body
