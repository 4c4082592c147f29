"""What somebody with all rights in the database may try on the log, and how it is found out."""

import json
from datetime import UTC, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command

from motcua.exchange.adapters.keyfiles import anchors
from motcua.exchange.models import Head, LogEntry, Node
from motcua.exchange.operations.calling import call
from motcua.exchange.operations.sequencing import sequence
from motcua.exchange.queries.entries import entry_of
from motcua.exchange.queries.verifying import Tally, verify_log
from motcua.exchange.rules.entries import hash_of
from motcua.exchange.rules.heads import TreeHead
from motcua.exchange.rules.merkle import Edge, grown
from motcua.exchange.rules.proofs import check_proof
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.test_log import found, log, proof_for, sql
from motcua.exchange.tests.wire import ECHO, now

__all__ = ["log"]

MOVE = "UPDATE exchange_logentry SET leaf = %s WHERE id = %s"


def test_rows_reordered_are_each_named(log):
    second, third = log[2], log[3]
    sql(MOVE, 3, second.id)
    sql(MOVE, 2, third.id)
    assert found() == {("altered", 2), ("altered", 3)}


def test_a_month_detached_is_missed_entry_by_entry(log):
    month = f"exchange_logentry_{log[0].at.astimezone(UTC):%Y_%m}"
    sql(f"ALTER TABLE exchange_logentry DETACH PARTITION {month}")
    assert found() == {("removed", leaf) for leaf in range(7)}


def rewritten(log, leaves):
    """Write the hashes of the whole log anew, as who changed an entry would."""
    Node.objects.filter(log=POLICE).delete()
    Node.objects.bulk_create(
        Node(log=POLICE, level=level, index=index, hash=value)
        for (level, index), value in grown(0, {}, leaves)
    )


@pytest.mark.parametrize("hidden", [False, True], ids=["shown", "marked as seen elsewhere"])
def test_a_log_rewritten_with_all_its_hashes_meets_every_head_signed_before(log, hidden):
    sql("UPDATE exchange_logentry SET person = decode('00', 'hex') WHERE id = %s", log[0].id)
    rewritten(log, [hash_of(entry_of(row)) for row in log.all()])
    if hidden:
        Head.objects.filter(log=POLICE).update(seen_at=now())
    assert found() == {("hashes", 3), ("hashes", 5), ("hashes", 7)}


def test_a_head_rewritten_for_a_changed_log_is_not_its_members(log):
    """Who has the database, and not the key, can write a head for the new tree, but not sign it."""
    sql("UPDATE exchange_logentry SET person = decode('00', 'hex') WHERE id = %s", log[6].id)
    leaves = [hash_of(entry_of(row)) for row in log.all()]
    rewritten(log, leaves)
    edge = Edge()
    for leaf in leaves:
        edge.add(leaf)
    Head.objects.filter(log=POLICE, size=7).update(root=edge.root)
    assert found() == {("head", 7)}


def test_a_head_of_another_key_is_not_its_members(log):
    row = Head.objects.get(log=POLICE, size=5)
    text = TreeHead(POLICE, 5, bytes(row.root), row.at).text
    other = Head.objects.filter(log=POLICE, size=5)
    other.update(signature=Ed25519PrivateKey.generate().sign(text))
    assert found() == {("head", 5)}
    other.update(key="nobody")
    assert found() == {("head", 5)}


@pytest.mark.parametrize("change", ["altered", "removed", "added"])
def test_the_hashes_of_larger_parts_are_looked_at_too(log, change):
    """Proofs and the next head are made of them: who changes them spoils what is proved later."""
    part = Node.objects.filter(log=POLICE, level=2, index=0)
    if change == "altered":
        part.update(hash=bytes(32))
    elif change == "removed":
        part.delete()
    else:
        Node.objects.create(log=POLICE, level=3, index=0, hash=bytes(32))
    assert found() == {("removed", 7) if change == "added" else ("hashes", 4)}


def test_a_fault_written_over_a_head_hides_nothing(log):
    Head.objects.filter(log=POLICE, size=7).update(fault="split")
    assert found() == {("witness", 7)}


def test_a_proof_made_for_one_entry_is_none_of_another(log, capsys):
    """Neither its text nor its place can be taken over, nor the bodies of another call."""
    one, other = (json.loads(proof_for(log[place].id, capsys)) for place in (1, 2))

    def faults(proof, **bodies):
        return set(check_proof(json.dumps(proof).encode(), anchors=anchors(), **bodies).faults)

    assert not faults(one, request=b"1")
    assert faults(one, request=b"2") == {"request-body"}
    assert faults({**one, "entry": other["entry"]}) == {"not-in-the-log"}
    assert faults({**one, "leaf": other["leaf"]}) == {"not-in-the-log"}
    assert faults({**one, "path": other["path"]}) == {"not-in-the-log"}
    text = json.loads(one["entry"])
    text["asked"] = json.loads(other["entry"])["asked"]
    mixed = faults({**one, "entry": json.dumps(text)})
    assert {"not-in-the-log", "answer-differs"} <= mixed


def test_a_proof_says_whose_log_it_is_of(log, capsys):
    theirs = LogEntry.objects.filter(log=HANOI).order_by("leaf")[1]
    proof = json.loads(proof_for(theirs.id, capsys))
    proof["head"] = json.loads(proof_for(log[1].id, capsys))["head"]
    found = check_proof(json.dumps(proof).encode(), anchors=anchors()).faults
    assert {"another-log", "head-key"} <= set(found)


MOVED = "interval '3 hours'"


@pytest.mark.parametrize("sign", ["+", "-"])
def test_times_moved_before_the_entry_has_its_number_are_found_out(log, capsys, sign):
    """Neither who has the database nor the log's owner can date a message otherwise."""
    call(POLICE, ECHO, body=b"late", purpose="settle-dossier", at=now())
    row = LogEntry.objects.get(log=POLICE, leaf=None)
    at, answered = (f"{name} = {name} {sign} {MOVED}" for name in ("at", "answered_at"))
    sql(f"UPDATE exchange_logentry SET {at}, {answered} WHERE id = %s", row.id)
    later = now() + timedelta(hours=4)
    assert sequence(POLICE, at=later) == 1
    wrong = {each.detail for each in verify_log(POLICE, Tally(), at=later)}
    assert {"request-time", "answer-time"} <= wrong
    proved = check_proof(proof_for(row.id, capsys), anchors=anchors()).faults
    assert {"request-time", "answer-time"} <= set(proved)


def test_an_answer_without_a_time_does_not_hold(log):
    sql("UPDATE exchange_logentry SET answered_at = NULL WHERE id = %s", log[2].id)
    assert "answer-time" in {each.detail for each in verify_log(POLICE, Tally(), at=now())}


def test_the_times_that_members_signed_are_told_with_a_proof(log, capsys, tmp_path):
    place = tmp_path / "proof.json"
    place.write_bytes(proof_for(log[0].id, capsys))
    call_command("exchange", "verify", str(place))
    said = capsys.readouterr().out
    assert f"{HANOI} ký lúc · signed at 20" in said
    assert f"{POLICE} ký lúc · signed at 20" in said
