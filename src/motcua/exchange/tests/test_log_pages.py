"""The log's pages: auditors find a call and take its proof away; others see nothing."""

import json
from datetime import timedelta

import pytest

from motcua.exchange.adapters.keyfiles import anchors
from motcua.exchange.models import LogEntry
from motcua.exchange.operations.sequencing import sequence
from motcua.exchange.queries.log import NoSuchEntry, Wanted, entries, entry
from motcua.exchange.queries.part import NotOfTheExchange
from motcua.exchange.queries.proving import NotYetNumbered, proof_of
from motcua.exchange.rules.proofs import check_proof
from motcua.exchange.tests.conftest import AUDITOR, CLERK, STRANGER
from motcua.exchange.tests.places import HANOI, POLICE
from motcua.exchange.tests.wire import ECHO, ask, now


@pytest.fixture
def row(done):
    ask()
    return LogEntry.objects.get(log=HANOI)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(), 1),
        (Wanted(member=POLICE, service=ECHO, state="answered"), 1),
        (Wanted(member="000.00.00.G10"), 0),
        (Wanted(service="other.v1"), 0),
        (Wanted(state="refused"), 0),
        (Wanted(state="unanswered"), 0),
        (Wanted(state="open"), 0),
    ],
)
def test_an_auditor_finds_calls_by_member_service_and_outcome(row, wanted, count):
    found, before = entries(wanted, by=AUDITOR)
    assert len(found) == count
    assert before is None
    assert all(each.id == row.id for each in found)


def test_an_auditor_finds_calls_by_day_and_page(row):
    from django.utils.timezone import localtime

    today = localtime(row.at).date()
    assert entries(Wanted(day=today), by=AUDITOR)[0]
    assert not entries(Wanted(day=today - timedelta(days=1)), by=AUDITOR)[0]
    assert not entries(Wanted(before=row.id), by=AUDITOR)[0]


@pytest.mark.parametrize("who", [CLERK, STRANGER])
def test_nobody_else_reads_the_log(row, who):
    with pytest.raises(NotOfTheExchange):
        entries(Wanted(), by=who)
    with pytest.raises(NotOfTheExchange):
        entry(row.id, by=who)


def test_another_member_s_log_is_not_ours_to_read(row):
    theirs = LogEntry.objects.get(log=POLICE)
    with pytest.raises(NoSuchEntry):
        entry(theirs.id, by=AUDITOR)
    with pytest.raises(NoSuchEntry):
        proof_of(theirs.id, by=AUDITOR, logs=(HANOI,))


def test_the_proof_of_a_call_is_there_once_it_has_its_number(row):
    with pytest.raises(NotYetNumbered):
        proof_of(row.id, by=AUDITOR, logs=(HANOI,))
    sequence(HANOI, at=now())
    text = proof_of(row.id, by=AUDITOR, logs=(HANOI,))
    assert not check_proof(text, anchors=anchors()).faults
    assert json.loads(text)["leaf"] == 0
    assert entry(row.id, by=AUDITOR).leaf == 0


@pytest.mark.parametrize("numbered", [False, True])
def test_the_pages_show_it(row, rf, numbered):
    from motcua.exchange.web import log

    if numbered:
        sequence(HANOI, at=now())
    for view, given in ((log.listed, {}), (log.shown, {"id": row.id})):
        request = rf.get("/", {"xem": "answered", "ngay": "x", "truoc": "y"} if not given else {})
        request.actor, request.session = AUDITOR, {}
        page = view(request, **given).content.decode()
        assert str(row.id) in page
        assert POLICE in page
