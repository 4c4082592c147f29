"""A log that contradicts what was signed: told once, kept on, signed again once it is decided."""

from functools import partial

import pytest
from django.core.management import CommandError, call_command

from motcua.backbone.models import Entry
from motcua.backbone.tests.reading import Page, check_frame
from motcua.exchange.adapters.headfiles import head_outside, heads_aside
from motcua.exchange.adapters.keyfiles import folder
from motcua.exchange.events import LogBreakAccepted, LogContradicted
from motcua.exchange.models import Head, LogBreak, LogEntry, Node
from motcua.exchange.operations.breaks import NothingContradicted, accept_break
from motcua.exchange.operations.calling import call
from motcua.exchange.operations.members import NoReason
from motcua.exchange.operations.sequencing import sequence
from motcua.exchange.operations.witnessing import compare, keep_seen
from motcua.exchange.queries.breaks import held_against_outside, open_breaks
from motcua.exchange.queries.heads import head_shown, last_head
from motcua.exchange.queries.proving import LogHeld, proof_of
from motcua.exchange.queries.tree import root_at
from motcua.exchange.rules.access import NotTheOperator
from motcua.exchange.rules.heads import write_head
from motcua.exchange.tests.conftest import ADMIN, HUE_ADMIN, LEADER, PORTAL, SECOND, refused
from motcua.exchange.tests.places import HANOI, HUE, POLICE
from motcua.exchange.tests.test_cut_off import cut
from motcua.exchange.tests.test_log import found, sql
from motcua.exchange.tests.test_witnessing import THEIRS, signed, told
from motcua.exchange.tests.wire import ECHO, agreement, now

WHY = "Khôi phục sau sự cố đĩa ngày 22/11"


@pytest.fixture
def work(django_capture_on_commit_callbacks):
    """Number what waits, as the worker does."""

    def worked(log=POLICE):
        with django_capture_on_commit_callbacks(execute=True):
            return sequence(log, at=now())

    return worked


@pytest.fixture
def asked(wire, work):
    agreement()

    def called(times):
        for number in range(times):
            call(POLICE, ECHO, body=b"%d" % number, purpose="settle-dossier", at=now())

    called(3), work()
    called(4), work()
    return called


@pytest.fixture
def accept(django_capture_on_commit_callbacks):
    def accepted(log=POLICE, reason=WHY):
        with django_capture_on_commit_callbacks(execute=True):
            return accept_break(log, reason, by=PORTAL, at=now())

    return accepted


def announced(kind=LogContradicted):
    return [(e.subject, e.facts["size"]) for e in Entry.objects.filter(name=kind.name)]


def waiting():
    return LogEntry.objects.filter(log=POLICE, leaf=None).count()


def contradicted():
    return [log for log in (HANOI, POLICE) if held_against_outside(log).contradicted]


def test_a_cut_log_is_told_of_once_keeps_its_entries_and_has_no_new_head(asked, work):
    assert not contradicted()
    cut(3)
    assert work() == 0
    asked(2)
    assert [work(), work(), waiting()] == [0, 0, 2]
    assert announced() == [(POLICE, 7)]
    assert last_head(POLICE).head.size == 3
    assert head_outside(POLICE).head.size == 7
    assert contradicted() == [POLICE]


def test_calls_are_answered_meanwhile_under_the_last_head_and_proofs_have_to_wait(asked, work):
    cut(3)
    work(), asked(1)
    assert "size=3" in head_shown(POLICE)["motcua-log-head"]
    held, whole = (
        LogEntry.objects.filter(log=POLICE).order_by(way).first() for way in ("-id", "id")
    )
    with pytest.raises(LogHeld):
        proof_of(held.id, by=PORTAL)
    assert proof_of(whole.id, by=PORTAL)


def test_once_it_is_decided_all_that_was_kept_is_numbered_and_the_decision_stays(
    asked, work, accept, capsys
):
    cut(3)
    asked(2), work()
    assert accept() == 3
    assert announced(LogBreakAccepted) == [(POLICE, 7)]
    assert Entry.objects.get(name=LogBreakAccepted.name).facts["reason"] == WHY
    assert work() == 2
    assert [last_head(POLICE).head.size, waiting()] == [5, 0]
    assert head_outside(POLICE).head.size == 5
    assert announced() == [(POLICE, 7)]
    assert not found()
    assert not contradicted()
    call_command("exchange", "verify", "--member", POLICE)
    assert WHY in capsys.readouterr().out
    (aside,) = heads_aside(POLICE)
    assert "size=7" in aside.heads[0]


def test_heads_that_are_taken_away_are_no_break_while_the_log_bears_out_the_newest(asked, work):
    cut_heads = Head.objects.filter(log=POLICE, size__gt=3).delete()
    assert cut_heads[0] == 1
    asked(1)
    assert work() == 1
    assert last_head(POLICE).head.size == 8
    assert not announced()


@pytest.mark.parametrize(
    ("change", "size"),
    [
        ("UPDATE exchange_node SET hash = decode(repeat('00', 32), 'hex') WHERE level = 2", 3),
        ("DELETE FROM exchange_node WHERE level = 1 AND index = 2", 3),
        ("DELETE FROM exchange_node", 0),
    ],
)
def test_hashes_that_were_spoilt_are_made_anew_from_the_rows(asked, work, accept, change, size):
    root = root_at(POLICE, 7)
    sql(f"{change}" + (" AND" if "WHERE" in change else " WHERE") + " log = %s", POLICE)
    assert work() == 0
    assert accept() == size
    assert work() == 7 - size
    assert root_at(POLICE, 7) == root
    assert not found()


def test_a_second_cut_is_another_contradiction(asked, work, accept):
    cut(3)
    work(), accept()
    asked(5), work()
    assert head_outside(POLICE).head.size == 8
    cut(3)
    work(), work()
    assert announced() == [(POLICE, 7), (POLICE, 8)]
    assert accept() == 3
    assert len(heads_aside(POLICE)) == 2


def test_rows_that_are_brought_back_need_no_decision_to_be_signed_again(asked, work, accept):
    kept = [list(kind.objects.filter(log=POLICE)) for kind in (LogEntry, Node, Head)]
    cut(3)
    assert work() == 0
    for rows in kept:
        type(rows[0]).objects.bulk_create(rows, ignore_conflicts=True)
    asked(1)
    assert work() == 1
    ((member, size, ours),) = [(e.log, e.size, e.ours) for e in open_breaks(by=PORTAL)]
    assert (member, size, ours) == (POLICE, 7, True)
    assert accept() == 8
    assert not open_breaks(by=PORTAL)
    assert not found()


def test_nobody_decides_without_a_reason_without_a_break_or_without_the_right(asked, work):
    with refused(NothingContradicted):
        accept_break(POLICE, WHY, by=PORTAL, at=now())
    cut(3)
    work()
    with refused(NoReason):
        accept_break(POLICE, " ", by=PORTAL, at=now())
    with refused(NotTheOperator):
        accept_break(POLICE, WHY, by=SECOND, at=now())
    assert work() == 0
    with pytest.raises(CommandError):
        call_command("exchange", "log", "accept-break", POLICE)


def test_the_command_decides(asked, work, capsys, django_capture_on_commit_callbacks):
    cut(3)
    work()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("exchange", "log", "accept-break", POLICE, "--reason", WHY)
    assert f"{POLICE}" in capsys.readouterr().out
    assert not (folder(POLICE) / "head").exists()


def test_a_file_that_holds_no_head_stops_nothing_and_is_put_aside(asked, work, accept):
    (folder(POLICE) / "head").write_text("nothing")
    asked(1)
    assert work() == 1
    assert accept() == 8
    asked(1), work()
    assert head_outside(POLICE).head.size == 9


def test_a_past_that_only_a_peer_saw_stops_the_signing_too_until_it_is_decided(
    asked, work, accept, django_capture_on_commit_callbacks
):
    work(HANOI)
    seen = told(seen=write_head(signed(HANOI, 64, THEIRS)))
    hear = partial(compare, POLICE, seen, None, log=HANOI, by=PORTAL)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            assert hear(at=now()) == ("shrunk",)
    asked(1)
    assert work(HANOI) == 0
    assert announced() == [(HANOI, 64)]
    assert accept(HANOI) == 7
    assert hear(at=now()) == ()
    assert work(HANOI) == 1
    assert announced() == [(HANOI, 64)]


def test_another_member_s_log_is_believed_anew_from_its_next_head(asked, accept):
    keep_seen(signed(HUE, 9, THEIRS), by=PORTAL, at=now())
    keep_seen(signed(HUE, 9, bytes(32)), by=PORTAL, at=now())
    Head.objects.filter(log=HUE).update(checked_at=now())
    accept(HUE)
    assert not Head.objects.filter(log=HUE, checked_at__isnull=False).exists()
    assert not open_breaks(by=PORTAL)


def test_who_runs_the_exchange_sees_every_break_others_those_of_their_own(asked, work):
    keep_seen(signed(HUE, 9, THEIRS), by=PORTAL, at=now())
    keep_seen(signed(HUE, 9, bytes(32)), by=PORTAL, at=now())
    cut(3)
    work()
    assert {each.log for each in open_breaks(by=ADMIN)} == {HUE, POLICE}
    assert {each.log for each in open_breaks(by=HUE_ADMIN)} == {HUE}
    assert {each.log for each in open_breaks(by=SECOND)} == {POLICE}
    assert not open_breaks(by=LEADER)
    assert LogBreak.objects.filter(settled_at=None).count() == 2


def test_the_pages_say_what_to_do_and_why_an_entry_has_no_proof(asked, work, client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "motcua.exchange.tests.signed.As"]
    client.cookies["who"] = "admin"
    home = "/quan-tri/trao-doi/nhat-ky/"
    assert "accept-break" not in client.get(home).content.decode()
    work(HANOI)
    cut(3, HANOI)
    asked(1), work(HANOI)
    told = client.get(home).content.decode()
    check_frame(Page(told))
    assert f"accept-break {HANOI}" in told
    assert "trái với đầu cây gồm 7 mục" in told
    entry = LogEntry.objects.filter(log=HANOI).latest("id")
    shown = client.get(f"{home}{entry.id}/").content.decode()
    check_frame(Page(shown))
    assert "chưa có chứng cứ" in shown
    english = client.get(home, {"lang": "en"}, follow=True).content.decode()
    assert "a head of 7 entries that it signed itself" in english
