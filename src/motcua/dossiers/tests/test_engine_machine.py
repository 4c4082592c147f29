"""
Whatever is done to a dossier, in whatever order: nothing is lost on the way.

Random people try random steps at a real dossier in the database, most of them in vain; after each,
its clock, its papers, its fee and its reasons are looked at.
"""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from motcua.agencies.operations.agencies import Level, open_agency
from motcua.dossiers.models import Dossier, HandOver, HandOverItem, Opinion, Transition
from motcua.dossiers.operations.charging import BillLine, ask_payment
from motcua.dossiers.operations.expiring import expire
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.operations.handovers import (
    hand_over,
    settle_hand_over,
    take_off_lists,
)
from motcua.dossiers.operations.holding import take_in_hand
from motcua.dossiers.operations.opinions import (
    View,
    ask_opinion,
    close_opinions,
    give_opinion,
)
from motcua.dossiers.operations.paying import forget_payment, record_payment, stop_asking
from motcua.dossiers.operations.reappointing import reappoint
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement, attach_answer
from motcua.dossiers.operations.transferring import transfer
from motcua.dossiers.rules.lifecycle import LIFECYCLE, NEEDS_REASON, WAITING, State, Step
from motcua.dossiers.tests.conftest import (
    CLERK,
    LAN,
    LEADER,
    MONDAY,
    OTHER,
    SPECIALIST,
    SYSTEM,
    WARD,
    a_file,
    answers,
    committee,
    official,
)
from motcua.kernel.actors import Role
from motcua.kernel.errors import Refusal
from motcua.kernel.money import Dong
from motcua.kernel.worktime import Limit, Unit
from motcua.payments.queries.bills import State as BillState
from motcua.payments.queries.bills import bills_under

WHY = "Cần xác minh thêm tại địa phương."
FEE = BillLine("Phí thẩm định", Dong(50_000), "Appraisal fee", "Thông tư 1/2020/TT-BTC")
DAY = Limit(Decimal(1), Unit.WORKING_DAYS)
ASKED = {"papers": ["proof"], "fields": ["full_name"]}
THERE = {role: official(role, OTHER) for role in (Role.CLERK, Role.SPECIALIST, Role.LEADER)}


def supply(code, at):
    attach_answer(code, "proof", a_file(), by=LAN, at=at)
    answer_supplement(code, {}, by=LAN, at=at)


def pay(code, at):
    for bill in bills_under(code):
        if not bill.is_paid and bill.state is not BillState.CANCELLED:
            model = apps.get_model("payments", "Bill").objects.filter(pk=bill.id)
            model.update(state=BillState.PAID, received=bill.total.amount, paid_at=at)
            record_payment(bill.subject, by=SYSTEM, at=at, paid_at=at)


def opinion(code, at):
    for each in Opinion.objects.filter(dossier__code=code, state="open"):
        give_opinion(str(each.pk), WHY, View.AGREES, by=THERE[Role.LEADER], at=at)


def plain(step):
    def take(code, at, who):
        details = ASKED if step is Step.ASK_SUPPLEMENT else None
        take_step(code, step, by=who, at=at, reason=WHY, details=details)

    return take


def cash_back(code, at):
    """Let the cash for a paid bill go back, so that it is owed again; the news of it comes."""
    for bill in bills_under(code):
        if bill.is_paid and bill.state is not BillState.CANCELLED:
            model = apps.get_model("payments", "Bill").objects.filter(pk=bill.id)
            model.update(state=BillState.OPEN, received=0, paid_at=None)
            forget_payment(bill.subject, by=SYSTEM, at=at)


def confirm(code, at, who):
    for made in HandOver.objects.filter(items__dossier__code=code, settled_at=None):
        settle_hand_over(made.pk, [code], {}, by=who, at=at)


def by_anybody(do):
    return lambda code, at, _who: do(code, at)


MOVES = {
    **{f"{step}": plain(step) for step in Step if step is not Step.FILE},
    "supplied": by_anybody(supply),
    "paid": by_anybody(pay),
    "opinion": by_anybody(opinion),
    "result": lambda code, at, _who: issue_result(code, by=SYSTEM, at=at),
    "expired": lambda code, at, _who: expire(code, by=SYSTEM, at=at),
    "fee": lambda code, at, who: ask_payment(code, [FEE], reason=WHY, by=who, at=at),
    "appoint": lambda code, at, who: reappoint(
        code,
        (at + timedelta(days=28)).replace(hour=10),
        reason=WHY,
        by=who,
        at=at,
    ),
    "pass on": lambda code, at, who: transfer(code, OTHER, reason=WHY, by=who, at=at),
    "pass back": lambda code, at, who: transfer(code, WARD, reason=WHY, by=who, at=at),
    "ask opinion": lambda code, at, who: ask_opinion(code, OTHER, WHY, [], DAY, by=who, at=at),
    "stop asking": lambda code, at, _who: stop_asking(code, by=SYSTEM, at=at),
    "cash back": by_anybody(cash_back),
    "close opinions": lambda code, at, _who: close_opinions(code, by=SYSTEM, at=at),
    "hand over": lambda code, at, who: hand_over([code], "", by=who, at=at),
    "confirm": confirm,
    "off lists": lambda code, at, _who: take_off_lists(code, by=SYSTEM, at=at),
    "in hand": lambda code, at, who: take_in_hand(code, by=who, at=at),
    "open again": lambda code, at, who: reopen(code, reason=WHY, by=who, at=at),
}
PEOPLE = [CLERK, SPECIALIST, LEADER, LAN, SYSTEM, *THERE.values()]
WAY = ["paid", "accept", "forward", "propose", "approve", "result", "return"]
"""The way of most dossiers: each example begins somewhere on it, and then anything goes."""
OFTEN = sorted(MOVES) + ["ask_supplement", "supplied", "fee", "paid"] * 5
tries = st.builds(
    lambda far, wild: [(move, 1) for move in WAY[:far]] + wild,
    st.integers(0, len(WAY)),
    st.lists(st.tuples(st.sampled_from(OFTEN), st.integers(1, 60)), max_size=15),
)


def look(code, files):
    """Look at what must hold of a dossier at any moment; return the files it ever had."""
    dossier = Dossier.objects.get(code=code)
    path = list(Transition.objects.filter(dossier=dossier).order_by("id"))
    for before, taken in pairwise(path):
        assert taken.before == before.state
        assert Step(taken.step) in LIFECYCLE[State(taken.before)]
        assert taken.at >= before.at
    assert (dossier.state, dossier.version) == (path[-1].state, len(path))
    assert all(len(x.reason) >= 10 for x in path if Step(x.step) in NEEDS_REASON)
    assert (dossier.waiting_since is not None) == (State(dossier.state) in WAITING)
    assert (dossier.wait_until is not None) == (State(dossier.state) in WAITING)
    assert all(start <= end for start, end in dossier.waits)
    if not any(x.step == Step.REOPEN for x in path):
        assert dossier.due_at >= dossier.promised_at
        ended = [x for x in path if x.before in WAITING and x.state not in WAITING]
        assert len(dossier.waits) == len(ended)
    has = {file for given in dossier.papers.values() for file in given}
    replaced = {file for x in path for file in x.details.get("replaced", ())}
    assert files <= has | replaced
    owed = [b for b in bills_under(code) if b.state is not BillState.CANCELLED]
    if State(dossier.state) not in {State.REFUSED, State.WITHDRAWN, State.STOPPED}:
        assert sum(bill.total.amount for bill in owed) == dossier.fee
        assert (dossier.paid_at is not None) == (bool(owed) and all(b.is_paid for b in owed))
    look_at_lists(dossier)
    return files | has


def look_at_lists(dossier):
    """Look that each list the dossier ever stood on waits for somebody, or is settled."""
    for made in HandOver.objects.filter(items__dossier=dossier):
        waits = HandOverItem.objects.filter(hand_over=made, state="pending").exists()
        assert (made.settled_at is None) == waits


@pytest.fixture
def elsewhere(definition):
    open_agency(committee(OTHER, Level.COMMUNE, "00008"), by=SYSTEM, at=MONDAY)


ASKED_TWICE = [("ask_supplement", 1), ("supplied", 5)] * 2
CORRECTED = [(move, 1) for move in [*WAY, "open again", "forward", "propose", "approve", "result"]]
CHARGED = [(move, 3) for move in ["paid", "accept", "forward", "fee", "paid", "appoint", "fee"]]


@example(moves=ASKED_TWICE)
@example(moves=CORRECTED)
@example(moves=[*CHARGED, ("expired", 24 * 90)])
@given(moves=tries)
@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_no_path_loses_the_clock_a_paper_a_fee_or_a_reason(definition, elsewhere, moves):
    at = MONDAY
    with transaction.atomic():
        filing = Filing(definition, answers(copies=2), {"proof": [a_file()]}, "test", "machine")
        code = file_dossier(filing, by=LAN, at=at).code
        files = look(code, set())
        for name, hours in moves:
            at += timedelta(hours=hours)
            for who in PEOPLE:
                try:
                    with transaction.atomic():
                        MOVES[name](code, at, who)
                    break
                except Refusal:
                    continue
            files = look(code, files)
        event(f"ends {Dossier.objects.get(code=code).state}")
        transaction.set_rollback(True)
