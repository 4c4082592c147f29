"""Members that watch one another's logs."""

from datetime import timedelta

import msgspec
import pytest

from motcua.backbone.models import Entry
from motcua.exchange.events import LogContradicted
from motcua.exchange.models import Head, LogEntry, Member, Node, Nonce, Usage
from motcua.exchange.operations import witnessing
from motcua.exchange.operations.calling import CallRefused, call
from motcua.exchange.operations.comparing import compare_with, peers
from motcua.exchange.operations.sequencing import sequence
from motcua.exchange.operations.sweeping import forget_old, make_months
from motcua.exchange.operations.witnessing import Compared, compare, keep_seen, question_for
from motcua.exchange.queries.heads import last_head
from motcua.exchange.queries.keys import signing_key
from motcua.exchange.queries.verifying import Tally, verify_log
from motcua.exchange.rules.heads import SignedHead, TreeHead, read_head, whole_millisecond
from motcua.exchange.tests.conftest import PORTAL
from motcua.exchange.tests.places import HANOI, HUE, POLICE
from motcua.exchange.tests.wire import ask, now

THEIRS = bytes(range(32))


@pytest.fixture
def logs(done):
    """Have two entries in each log, and signed heads."""
    ask(), ask()
    sequence(POLICE, at=now())
    sequence(HANOI, at=now())


@pytest.fixture
def apart(logs, settings):
    """Let the police be a peer elsewhere, for as long as we ask; its gateway is still here."""
    Member.objects.filter(pk=POLICE).update(address="http://127.0.0.1:2")
    return settings


def signed(log, size, root, at=None):
    head = TreeHead(log, size, root, whole_millisecond(at or now()))
    key = signing_key(log, at=now())
    return SignedHead(head, key.kid, key.private.sign(head.text))


def test_heads_are_compared_and_found_to_have_only_grown(logs):
    for grown in (2, 3):
        question, checked = question_for(POLICE, log=HANOI)
        answer = call(POLICE, "heads.v1", body=question, purpose="witness", at=now())
        told = msgspec.json.decode(answer.body, type=Compared)
        assert read_head(told.head).head.size >= grown - 1
        faults = compare(POLICE, answer.body, checked, log=HANOI, by=PORTAL, at=now())
        assert faults == ()
        Head.objects.filter(log=POLICE).update(checked_at=now())
        ask()
        sequence(POLICE, at=now())


def test_a_peer_elsewhere_is_asked_and_what_it_shows_is_kept(apart, monkeypatch):
    apart.EXCHANGE_MEMBERS = (HANOI,)
    assert peers() == (POLICE,)
    from motcua.exchange.operations import comparing

    key = signed(POLICE, 5, THEIRS)
    told = Compared(head=witnessing.write_head(key), seen=witnessing.write_head(last_head(HANOI)))
    monkeypatch.setattr(comparing, "call", lambda *_, **__: Answer(msgspec.json.encode(told)))
    assert compare_with(POLICE, log=HANOI, by=PORTAL, at=now()) == ()
    kept = Head.objects.get(log=POLICE, size=5)
    assert kept.checked_at is not None
    assert kept.seen_at is not None


class Answer:
    def __init__(self, body):
        self.body = body


def contradictions():
    """Return what was announced: whose log, and the size of the head it contradicts."""
    rows = Entry.objects.filter(name=LogContradicted.name).order_by("id")
    return [(row.subject, row.facts["size"]) for row in rows]


def told(**facts):
    return msgspec.json.encode(Compared(**facts))


def test_a_peer_whose_log_shrank_or_has_another_past_is_found_out(logs):
    before = signed(POLICE, 4, THEIRS)
    smaller = witnessing.write_head(signed(POLICE, 3, bytes(32)))
    found = compare(POLICE, told(head=smaller), before, log=HANOI, by=PORTAL, at=now())
    assert found == ("shrunk",)
    for size in (6, 8):
        other = witnessing.write_head(signed(POLICE, size, bytes(32)))
        found = compare(POLICE, told(head=other), before, log=HANOI, by=PORTAL, at=now())
        assert found == ("another-past",)
    assert contradictions() == [(POLICE, 4)]
    assert {each.kind for each in verify_log(POLICE, Tally(), at=now())} == {"witness"}


def test_a_peer_that_shows_two_pasts_of_one_size_is_found_out(logs):
    keep_seen(signed(HUE, 9, THEIRS), by=PORTAL, at=now())
    keep_seen(signed(HUE, 9, THEIRS), by=PORTAL, at=now())
    keep_seen(signed(HUE, 9, bytes(32)), by=PORTAL, at=now())
    assert list(Head.objects.filter(log=HUE).values_list("fault", flat=True).order_by("fault")) == [
        "",
        "split",
    ]
    assert contradictions() == [(HUE, 9)]


def test_our_own_log_is_held_against_what_a_peer_saw(logs):
    seen = witnessing.write_head(last_head(HANOI))
    assert compare(POLICE, told(seen=seen), None, log=HANOI, by=PORTAL, at=now()) == ()
    more = witnessing.write_head(signed(HANOI, 64, THEIRS))
    for _ in range(2):
        assert compare(POLICE, told(seen=more), None, log=HANOI, by=PORTAL, at=now()) == ("shrunk",)
    assert contradictions() == [(HANOI, 64)]
    Node.objects.filter(log=HANOI, level=1, index=0).update(hash=THEIRS)
    found = compare(POLICE, told(seen=seen), None, log=HANOI, by=PORTAL, at=now())
    assert found == ("another-past",)


@pytest.mark.parametrize("body", [b"{", b'{"head": "x=1"}', b'{"head": 1}'])
def test_what_is_no_head_of_theirs_is_refused(logs, monkeypatch, body):
    monkeypatch.setattr(witnessing, "own_members", lambda: ())
    with pytest.raises(CallRefused) as error:
        call(POLICE, "heads.v1", body=body, purpose="witness", at=now())
    assert error.value.problem["code"] == "exchange.wrong-head"


def test_a_head_of_another_s_log_is_refused(logs):
    other = witnessing.write_head(signed(HUE, 1, THEIRS))
    with pytest.raises(witnessing.WrongHead):
        compare(POLICE, told(head=other), None, log=HANOI, by=PORTAL, at=now())


def test_the_head_that_comes_with_an_answer_is_kept_once_in_a_while(logs, settings):
    witnessing._noted.clear()
    head = {"motcua-log-head": witnessing.write_head(signed(HUE, 3, THEIRS))}
    for _ in range(2):
        witnessing.note_head(head, HUE, at=now())
    witnessing.note_head({}, HUE, at=now())
    assert Head.objects.filter(log=HUE).count() == 1
    witnessing._noted.clear()
    witnessing.note_head({"motcua-log-head": "x"}, HUE, at=now())
    assert Head.objects.filter(log=HUE).count() == 1


def test_used_signatures_are_kept_until_they_have_expired(logs):
    Usage.objects.create(
        agreement=LogEntry.objects.first().agreement,
        period="m",
        starts=now() - timedelta(days=3),
        slot=0,
        calls=1,
    )
    assert Nonce.objects.count() == 2
    forget_old(at=now())
    assert Nonce.objects.count() == 2
    assert not Usage.objects.filter(period="m").exists()
    forget_old(at=now() + timedelta(minutes=10))
    assert not Nonce.objects.exists()


def test_the_log_has_room_for_the_months_to_come(db):
    from datetime import UTC, datetime

    assert make_months(at=datetime(2031, 11, 5, tzinfo=UTC)) == [
        "exchange_logentry_2031_11",
        "exchange_logentry_2031_12",
        "exchange_logentry_2032_01",
        "exchange_logentry_2032_02",
    ]
    assert make_months(at=datetime(2031, 11, 5, tzinfo=UTC)) == []
