"""The end of a log, or all of it, taken away with all that the database knows of it."""

import pytest
from django.core.management import CommandError, call_command

from motcua.exchange.adapters.headfiles import head_outside, keep_outside
from motcua.exchange.adapters.keyfiles import folder
from motcua.exchange.models import Head, LogEntry, Node
from motcua.exchange.operations.calling import call
from motcua.exchange.operations.sequencing import sequence
from motcua.exchange.queries.tree import root_at
from motcua.exchange.tests.places import POLICE
from motcua.exchange.tests.test_log import found
from motcua.exchange.tests.wire import ECHO, agreement, now


@pytest.fixture
def ask(wire, django_capture_on_commit_callbacks):
    """Call some times and number the calls, as the worker does."""
    agreement()

    def called(times):
        with django_capture_on_commit_callbacks(execute=True):
            for number in range(times):
                call(POLICE, ECHO, body=b"%d" % number, purpose="settle-dossier", at=now())
            assert sequence(POLICE, at=now()) == times

    return called


def cut(size, log=POLICE):
    """Leave no more of the log than its first entries, in every table."""
    Head.objects.filter(log=log, size__gt=size).delete()
    LogEntry.objects.filter(log=log, leaf__gte=size).delete()
    for row in Node.objects.filter(log=log):
        if (row.index + 1) << row.level > size:
            Node.objects.filter(log=log, level=row.level, index=row.index).delete()


@pytest.fixture
def log(ask):
    ask(3)
    ask(4)


def test_the_newest_head_is_outside_the_database(log, capsys):
    kept = head_outside(POLICE)
    assert (kept.head.size, kept.head.root) == (7, root_at(POLICE, 7))
    assert not found()
    call_command("exchange", "verify", "--member", POLICE)
    assert f"{POLICE}: #7 {kept.head.root.hex()}" in capsys.readouterr().out


@pytest.mark.parametrize("size", [3, 0], ids=["the end", "all of it"])
def test_what_is_cut_off_with_its_hashes_and_heads_is_missed(log, size):
    cut(size)
    assert found() == {("removed", size)}
    with pytest.raises(CommandError):
        call_command("exchange", "verify", "--member", POLICE)


def test_a_log_that_grew_over_what_was_cut_off_by_a_hand_that_signs_does_not_hide_it(log, ask):
    before = head_outside(POLICE)
    place = folder(POLICE) / "head"
    place.unlink()
    cut(3)
    ask(2)
    keep_outside(before)
    assert found() == {("removed", 5)}
    place.unlink()
    ask(3)
    keep_outside(before)
    assert found() == {("outside", 7)}


@pytest.mark.parametrize("text", ["", "nothing", "size=9"])
def test_a_file_with_something_else_in_it_is_told_of_and_kept(log, ask, text):
    place = folder(POLICE) / "head"
    place.write_text(text)
    ask(1)
    assert place.read_text() == text
    assert found() == {("outside", None)}


def test_a_head_in_the_file_that_the_member_did_not_sign_is_told_of(log):
    place = folder(POLICE) / "head"
    place.write_text(place.read_text().replace("size=7", "size=6"))
    assert ("outside", 6) in found()
    place.write_text(place.read_text().replace(POLICE, "000.00.00.G10"))
    assert ("outside", 6) in found()


def test_a_log_whose_file_is_gone_has_one_again_with_its_next_entry(log, ask):
    (folder(POLICE) / "head").unlink()
    assert not found()
    ask(1)
    assert head_outside(POLICE).head.size == 8
