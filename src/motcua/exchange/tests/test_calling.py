import json

import pytest
from django.db import transaction

from motcua.exchange.models import LogEntry, Usage
from motcua.exchange.operations.calling import CallRefused, InTransaction, call
from motcua.exchange.operations.serving import Reply
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import ECHO, agreement, now, offered


def ask(path="hello", **given):
    facts = {"purpose": "settle-dossier", "at": now(), "body": b'{"a": 1}'}
    return call(POLICE, ECHO, path, **facts | given)


def test_a_call_is_answered_and_both_sides_have_written_it_down(wire):
    terms = agreement()
    reply = ask("persons/x%20y?loai=a%20b", subject="001099000001")
    assert (reply.status, reply.body) == (200, b'{"a": 1}')
    assert reply.headers["x-path"] == "persons/x y?loai=a%20b"
    theirs = LogEntry.objects.get(log=POLICE)
    ours = LogEntry.objects.get(log=HANOI)
    assert (theirs.side, ours.side) == ("provider", "consumer")
    assert str(theirs.id) == reply.headers["motcua-entry"]
    assert str(ours.id) == reply.headers["motcua-own-entry"]
    for name in ("asked", "answered", "asked_key", "answered_key", "status", "agreement", "size"):
        assert getattr(ours, name) == getattr(theirs, name), name
    assert bytes(ours.asked_signature) == bytes(theirs.asked_signature)
    assert ours.person is not None
    assert "001099000001" not in ours.asked
    assert Usage.objects.get(agreement=terms.id, period="d").calls == 1


def test_nobody_waits_for_another_system_in_a_transaction(wire):
    agreement()
    with pytest.raises(InTransaction), transaction.atomic():
        ask()


def test_a_refusal_is_signed_and_says_what_to_do_in_both_languages(wire):
    agreement("statistics")
    with pytest.raises(CallRefused) as refused:
        ask()
    problem = refused.value.problem
    assert refused.value.status == 403
    assert problem["code"] == "exchange.purpose-not-agreed"
    assert problem["title"] != problem["title_vi"]
    assert problem["server_time"]
    assert not LogEntry.objects.filter(log=POLICE).exists()
    assert LogEntry.objects.get(log=HANOI).status == 403
    assert json.loads(refused.value.body)["code"] == "exchange.purpose-not-agreed"


def test_of_a_long_refusal_no_more_is_told_than_fits_a_page(wire):
    long = json.dumps({"title_vi": "không " * 10**5, "code": "x" * 10**5}).encode()
    agreement()
    offered(lambda _: Reply(400, long, "application/problem+json"))
    with pytest.raises(CallRefused) as refused:
        ask()
    assert (len(refused.value.facts["said"]), len(refused.value.facts["reason"])) == (300, 80)
