"""
Whatever is done to a dossier, in whatever order: nothing is lost on the way.

Random people try random steps at a real dossier in the database, most of them in vain; after each,
its clock, its papers, what was declared, its fee, its reasons and whose it is are looked at.
"""

import json
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from motcua.agencies.operations.agencies import Level, open_agency
from motcua.agencies.queries.calendars import calendar_of
from motcua.dossiers.models import Dossier, HandOver, HandOverItem, Transition
from motcua.dossiers.operations.filing import Filing, ForWhom, file_dossier
from motcua.dossiers.rules.clock import limit_from
from motcua.dossiers.rules.corrections import former
from motcua.dossiers.rules.lifecycle import LIFECYCLE, NEEDS_REASON, WAITING, State, Step
from motcua.dossiers.tests.conftest import (
    CLERK,
    LAN,
    MONDAY,
    OTHER,
    SYSTEM,
    a_file,
    answers,
    committee,
)
from motcua.dossiers.tests.engine_moves import MOVES, PEOPLE
from motcua.kernel.errors import Refusal
from motcua.kernel.worktime import Wait, due_after_waits, due_at
from motcua.packs.queries.packs import Channel
from motcua.payments.queries.bills import State as BillState
from motcua.payments.queries.bills import bills_under

GRANNY = ForWhom("party-granny", "Phạm Thị Sáu", claimable=True)
WAY = ["paid", "accept", "forward", "propose", "approve", "result", "return"]
"""The way of most dossiers: each example begins somewhere on it, and then anything goes."""
OFTEN = sorted(MOVES) + ["ask_supplement", "supplied", "fee", "paid", "waive fee", "take over"] * 5
tries = st.builds(
    lambda far, wild: [(move, 1) for move in WAY[:far]] + wild,
    st.integers(0, len(WAY)),
    st.lists(st.tuples(st.sampled_from(OFTEN), st.integers(1, 60)), max_size=15),
)


def look(code, had):
    """Look at what must hold of a dossier at any moment; return all that was ever handed in."""
    dossier = Dossier.objects.get(code=code)
    path = list(Transition.objects.filter(dossier=dossier).order_by("id"))
    for before, taken in pairwise(path):
        assert taken.before == before.state
        assert Step(taken.step) in LIFECYCLE[State(taken.before)]
        assert taken.at >= before.at
    taken_over = path[0].by != dossier.applicant == LAN.id
    assert (dossier.state, dossier.version) == (path[-1].state, len(path) + taken_over)
    assert all(len(x.reason) >= 10 for x in path if Step(x.step) in NEEDS_REASON)
    assert (dossier.waiting_since is not None) == (State(dossier.state) in WAITING)
    assert (dossier.wait_until is not None) == (State(dossier.state) in WAITING)
    look_at_clock(dossier, path)
    has = {file for given in dossier.papers.values() for file in given}
    replaced = {file for x in path for file in x.details.get("replaced", ())}
    was = {each for x in path for each in declared(former(x.details))}
    has |= declared(dossier.answers)
    assert had <= has | replaced | was
    owed = [b for b in bills_under(code) if b.state is not BillState.CANCELLED]
    if State(dossier.state) not in {State.REFUSED, State.WITHDRAWN, State.STOPPED}:
        assert sum(bill.total.amount for bill in owed) == dossier.fee
        assert (dossier.paid_at is not None) == (bool(owed) and all(b.is_paid for b in owed))
    look_at_lists(dossier)
    look_whose(dossier)
    return had | has


def declared(answers):
    """Return what is stated, each answer with its field."""
    return {(field, json.dumps(value, sort_keys=True)) for field, value in answers.items()}


def look_at_clock(dossier, path):
    """Look that it is due when its steps alone say: by its limit, and what was waited since."""
    calendar, limit = calendar_of(dossier.agency), limit_from(dossier.limit)
    begun = [x for x in path if x.step in {Step.FILE, Step.REOPEN}][-1]
    assert dossier.promised_at == begun.due_at == due_at(calendar.local(begun.at), limit, calendar)
    anew = [n for n, x in enumerate(path) if x.step in {Step.FILE, Step.REOPEN, Step.REAPPOINT}]
    waits = waits_in(path)
    since = [wait for wait in waits if wait.start >= path[anew[-1]].at]
    due = due_after_waits(path[anew[-1]].due_at, since, limit.unit, calendar)
    assert dossier.due_at == due >= dossier.promised_at
    kept = [Wait(*map(datetime.fromisoformat, each)) for each in dossier.waits]
    assert kept == waits


def waits_in(path):
    """Return the stretches in which its steps waited for the applicant, those that are over."""
    found, asked = [], None
    for taken in path:
        if taken.before in WAITING and taken.state not in WAITING:
            found.append(Wait(asked, taken.at))
        if taken.state in WAITING and taken.before not in WAITING:
            asked = taken.at
    return found


def look_at_lists(dossier):
    """Look that each list the dossier ever stood on waits for somebody, or is settled."""
    for made in HandOver.objects.filter(items__dossier=dossier):
        waits = HandOverItem.objects.filter(hand_over=made, state="pending").exists()
        assert (made.settled_at is None) == waits


def look_whose(dossier):
    """Look that it is one person's, whose all bills are, and that a secret opens it only once."""
    assert dossier.applicant in {LAN.id, GRANNY.applicant}
    assert (dossier.claim == "") == (dossier.applicant == LAN.id)
    assert dossier.filer == dossier.applicant
    assert {bill.payer for bill in bills_under(dossier.code)} <= {dossier.applicant}


def filed(definition, *, at_counter):
    """File it online, or at a counter for somebody without an account; return its code."""
    who = CLERK if at_counter else LAN
    filing = Filing(
        definition,
        answers(copies=2),
        {"proof": [a_file(who)]},
        "test",
        "machine",
        channel=Channel.COUNTER if at_counter else Channel.ONLINE,
        for_whom=GRANNY if at_counter else None,
    )
    return file_dossier(filing, by=who, at=MONDAY).code


@pytest.fixture
def elsewhere(definition):
    open_agency(committee(OTHER, Level.COMMUNE, "00008"), by=SYSTEM, at=MONDAY)


ASKED_TWICE = [("ask_supplement", 1), ("supplied", 5)] * 2
CORRECTED = [(move, 1) for move in [*WAY, "open again", "forward", "propose", "approve", "result"]]
LATER = [(move, 30) for move in ["open again", "ask_supplement", "supplied", "appoint", "pass on"]]
STOPPED = [(move, 30) for move in ["paid", "ask_supplement", "stop", "open again", *["fee"] * 2]]
MISTAKEN = [
    (move, 3)
    for move in [
        *("fee", "paid", "fee", "waive fee", "fee", "stop", "stop asking", "open again"),
        *("waive fee", "stop", "stop asking", "open again", "waive fee"),
    ]
]
TAKEN_OVER = [(move, 2) for move in ["paid", "accept", "take over", "take over", "ask", "answer"]]
CHARGED = [(move, 3) for move in ["paid", "accept", "forward", "fee", "paid", "appoint", "fee"]]


@example(moves=ASKED_TWICE, at_counter=False)
@example(moves=CORRECTED, at_counter=False)
@example(moves=[*CORRECTED, *LATER], at_counter=False)
@example(moves=STOPPED, at_counter=False)
@example(moves=[*CHARGED, ("expired", 24 * 90)], at_counter=False)
@example(moves=MISTAKEN, at_counter=False)
@example(moves=TAKEN_OVER, at_counter=True)
@given(moves=tries, at_counter=st.booleans())
@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_path_loses_the_clock_a_paper_an_answer_a_fee_or_a_reason(
    definition, elsewhere, moves, at_counter
):
    at = MONDAY
    with transaction.atomic():
        code = filed(definition, at_counter=at_counter)
        had = look(code, set())
        for name, hours in moves:
            at += timedelta(hours=hours)
            for who in PEOPLE:
                try:
                    with transaction.atomic():
                        MOVES[name](code, at, who)
                    break
                except Refusal:
                    continue
            had = look(code, had)
        event(
            f"at a counter, taken over: {Dossier.objects.get(code=code).filer == LAN.id}"
            * at_counter
        )
        event(f"ends {Dossier.objects.get(code=code).state}")
        transaction.set_rollback(True)
