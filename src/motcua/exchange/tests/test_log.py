"""The message log: what is proved of it, and what a database administrator cannot hide."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from motcua.exchange.adapters.keyfiles import anchors
from motcua.exchange.models import Head, LogEntry, Node
from motcua.exchange.operations.calling import call
from motcua.exchange.operations.sequencing import sequence
from motcua.exchange.queries.verifying import Tally, verify_log
from motcua.exchange.rules.proofs import NotAProof, check_proof
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import ECHO, agreement, now


@pytest.fixture
def log(wire):
    """Have seven exchanges in both logs, in three heads."""
    agreement()
    for count in (3, 2, 2):
        for number in range(count):
            call(POLICE, ECHO, body=b"%d" % number, purpose="settle-dossier", at=now())
        assert sequence(POLICE, at=now()) == sequence(HANOI, at=now()) == count
    return LogEntry.objects.filter(log=POLICE).order_by("leaf")


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def found(member=POLICE):
    return {(each.kind, each.leaf) for each in verify_log(member, Tally(), at=now())}


def test_a_log_that_nobody_touched_is_whole(log):
    tally = Tally()
    assert not list(verify_log(POLICE, tally, at=now()))
    assert (tally.entries, tally.heads, tally.waiting) == (7, 3, 0)
    assert not found(HANOI)
    assert sequence(POLICE, at=now()) == 0


@pytest.mark.parametrize(
    "change",
    [
        "person = decode('00', 'hex')",
        "at = at - interval '1 day'",
        "status = 500",
        "size = size + 1",
        "provider = '000.00.00.G10'",
        "asked = replace(asked, 'settle-dossier', 'statistics')",
        "answered = ''",
        "purpose = 'statistics'",
    ],
)
def test_a_row_altered_by_an_administrator_is_named(log, change):
    row = log[4]
    sql(f"UPDATE exchange_logentry SET {change} WHERE id = %s", row.id)
    altered = {kind for kind, leaf in found() if leaf == 4}
    assert "altered" in altered
    assert {leaf for _, leaf in found()} == {4}


def test_a_row_removed_is_missed_by_its_number(log):
    sql("DELETE FROM exchange_logentry WHERE id = %s", log[2].id)
    assert found() == {("removed", 2)}


@pytest.mark.parametrize(("leaf", "at"), [("3", 3), ("7", 7), ("NULL", None)])
def test_a_row_added_is_told_from_those_that_were_signed(log, leaf, at):
    names = [f.column for f in LogEntry._meta.concrete_fields if f.name not in {"id", "leaf"}]
    own = ", ".join(names)
    other = own.replace("asked_signature", "answered_signature")
    sql(
        f"INSERT INTO exchange_logentry ({own}, leaf) "
        f"SELECT {other}, {leaf} FROM exchange_logentry WHERE id = %s",
        log[1].id,
    )
    assert ("added", at) in found()
    assert {place for _, place in found()} == {at}


def test_whoever_changes_row_and_hash_together_meets_the_signed_head(log):
    from motcua.exchange.queries.entries import entry_of
    from motcua.exchange.rules.entries import hash_of

    sql("UPDATE exchange_logentry SET person = decode('00', 'hex') WHERE id = %s", log[3].id)
    value = hash_of(entry_of(LogEntry.objects.get(pk=log[3].id)))
    Node.objects.filter(log=POLICE, level=0, index=3).update(hash=value)
    assert found() == {("hashes", 4), ("hashes", 5), ("hashes", 7)}


def test_an_end_cut_off_with_its_hashes_is_missed_by_the_heads(log):
    sql("DELETE FROM exchange_logentry WHERE leaf >= 5 AND log = %s", POLICE)
    sql("DELETE FROM exchange_node WHERE level = 0 AND index >= 5 AND log = %s", POLICE)
    assert found() == {("removed", 5)}


def test_a_head_that_the_member_did_not_sign_is_found_out(log):
    Head.objects.filter(log=POLICE, size=5).update(signature=bytes(64))
    assert found() == {("head", 5)}


def test_a_call_without_an_answer_is_closed_after_a_while(log):
    from datetime import timedelta

    row = log[0]
    sql(
        "UPDATE exchange_logentry SET leaf = NULL, status = NULL, answered = '', "
        "answered_signature = NULL, answered_key = '', answered_at = NULL WHERE id = %s",
        row.id,
    )
    assert sequence(POLICE, at=now()) == 0
    assert sequence(POLICE, at=now() + timedelta(minutes=11)) == 1
    assert LogEntry.objects.get(pk=row.id).status == 0


def proof_for(entry, capsys):
    call_command("exchange", "prove", str(entry))
    return capsys.readouterr().out.encode()


@pytest.mark.parametrize("member", [POLICE, HANOI])
def test_either_side_proves_to_anybody_what_was_sent(log, capsys, tmp_path, member):
    entry = LogEntry.objects.filter(log=member).order_by("leaf")[3]
    text = proof_for(entry.id, capsys)
    known = check_proof(text, anchors=anchors(), request=b"0", answer=b"0")
    assert not known.faults
    assert known.entry.log == member
    assert check_proof(text, anchors=anchors(), request=b"1").faults == ("request-body",)
    assert check_proof(text, anchors=anchors(), answer=b"1").faults == ("answer-body",)
    assert {"consumer-key", "provider-key", "head-key"} <= set(check_proof(text, anchors=()).faults)
    place = tmp_path / "proof.json"
    place.write_bytes(text)
    call_command("exchange", "verify", str(place))
    assert "The proof holds" in capsys.readouterr().out


ALTERED = [
    ("purpose", "statistics", {"not-in-the-log", "request-differs"}),
    ("at", "2026-11-20T00:00:00Z", {"not-in-the-log"}),
    ("status", 404, {"not-in-the-log", "answer-differs"}),
    ("log", "000.00.00.G10", {"not-in-the-log", "another-log", "head-key"}),
    ("consumer", "000.00.00.H57", {"not-in-the-log", "consumer-key", "request-differs"}),
]


@pytest.mark.parametrize(("name", "value", "faults"), ALTERED)
def test_a_proof_with_an_altered_entry_does_not_hold(log, capsys, name, value, faults):
    proof = json.loads(proof_for(log[2].id, capsys))
    proof["entry"] = json.dumps(json.loads(proof["entry"]) | {name: value})
    found = check_proof(json.dumps(proof).encode(), anchors=anchors()).faults
    assert faults <= set(found)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("leaf", 1),
        ("path", []),
        ("format", "other"),
        ("entry", "{}"),
        ("entry", '{"x":' + "[" * 9000),
        ("head", ""),
    ],
)
def test_a_proof_with_another_part_altered_does_not_hold(log, capsys, name, value):
    proof = json.loads(proof_for(log[2].id, capsys)) | {name: value}
    try:
        assert check_proof(json.dumps(proof).encode(), anchors=anchors()).faults
    except NotAProof:
        assert name in {"format", "entry", "head"}


def test_the_command_says_which_entry_is_wrong(log, capsys):
    call_command("exchange", "verify", "--member", POLICE)
    assert "The log is whole" in capsys.readouterr().out
    sql("UPDATE exchange_logentry SET size = 0 WHERE id = %s", log[6].id)
    with pytest.raises(CommandError):
        call_command("exchange", "verify", "--member", POLICE)
    said = capsys.readouterr().out
    assert f"#6 {log[6].id} đã bị sửa · was altered" in said
