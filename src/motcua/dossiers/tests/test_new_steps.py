"""New appointments, transfers, re-openings, further fees, handing back: each by its own door."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.apps import apps

from motcua.agencies.operations.agencies import Level, open_agency
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.operations.charging import BillLine, LineUnclear, ask_payment
from motcua.dossiers.operations.paying import record_payment, stop_asking
from motcua.dossiers.operations.reappointing import reappoint
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.operations.returning import (
    NothingToHandBack,
    ReturnBy,
    ReturnedBy,
    ReturnUnclear,
    hand_back,
)
from motcua.dossiers.operations.steps import FeeNotPaid, NothingOwed, ReasonNeeded, take_step
from motcua.dossiers.operations.supplement import answer_supplement
from motcua.dossiers.operations.transferring import NotThere, transfer
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.queries.passed_on import NoLongerHere
from motcua.dossiers.rules.access import NotYourStep
from motcua.dossiers.rules.lifecycle import State, Step, StepNotAllowed
from motcua.dossiers.tests.conftest import (
    CLERK,
    HERE,
    LAN,
    LEADER,
    MONDAY,
    OTHER,
    SPECIALIST,
    SYSTEM,
    WARD,
    committee,
    official,
    refused,
)
from motcua.kernel.actors import Actor, Role
from motcua.kernel.money import Dong
from motcua.kernel.worktime import AppointedTwice, AppointmentTooLate, Limit, Unit
from motcua.payments.queries.bills import State as BillState
from motcua.payments.queries.bills import bills_under

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WHY = "Hồ sơ cần xác minh thêm tại địa phương."
FRIDAY = datetime(2026, 11, 6, 16, 0, tzinfo=HERE)
PAYMENTS = Actor.system("payments")
FEE = BillLine("Phí thẩm định", Dong(50_000), "Appraisal fee", "Thông tư 1/2020/TT-BTC")
WHO = {Step.PROPOSE: SPECIALIST, Step.APPROVE: LEADER}


def walk(code, *steps, at=MONDAY):
    for step in steps:
        take_step(code, step, by=WHO.get(step, CLERK), at=at)


def stored(code):
    return Dossier.objects.get(code=code)


def last(code):
    return Transition.objects.filter(dossier__code=code).latest("id")


@pytest.fixture
def neighbour(ward):
    open_agency(committee(OTHER, Level.COMMUNE, "00008"), by=SYSTEM, at=MONDAY)
    return OTHER


@pytest.fixture
def in_process(file):
    code = file().code
    walk(code, Step.ACCEPT, Step.FORWARD)
    return code


@pytest.fixture
def done(in_process):
    walk(in_process, Step.PROPOSE, Step.APPROVE)
    issue_result(in_process, by=SYSTEM, at=MONDAY)
    return in_process


def test_a_new_appointment_replaces_the_due_time_with_an_apology(in_process):
    moved = reappoint(in_process, FRIDAY, reason=WHY, by=SPECIALIST, at=MONDAY + HOUR)
    assert moved.due_at == FRIDAY
    kept = stored(in_process)
    assert (kept.reappointments, kept.counted_late, kept.appointed_at) == (1, False, FRIDAY)
    assert last(in_process).details["slip"] == [f"{in_process}/1"]


def test_a_second_appointment_needs_the_leader_counts_late_and_is_the_last(in_process):
    reappoint(in_process, FRIDAY, reason=WHY, by=SPECIALIST, at=MONDAY)
    with refused(NotYourStep):
        reappoint(in_process, FRIDAY + 3 * DAY, reason=WHY, by=SPECIALIST, at=MONDAY)
    reappoint(in_process, FRIDAY + 3 * DAY, reason=WHY, by=LEADER, at=MONDAY)
    assert stored(in_process).counted_late
    with refused(AppointedTwice):
        reappoint(in_process, FRIDAY + 4 * DAY, reason=WHY, by=LEADER, at=MONDAY)


def test_nobody_is_appointed_anew_after_the_due_time(in_process):
    with refused(AppointmentTooLate):
        reappoint(in_process, FRIDAY, reason=WHY, by=SPECIALIST, at=FRIDAY - HOUR)


def test_whatever_was_appointed_money_that_comes_lets_the_dossier_go_on(in_process):
    end_of_time = datetime(9999, 12, 31, 17, 0, tzinfo=HERE)
    facts = {"due_at": end_of_time, "appointed_at": end_of_time, "clock_since": MONDAY}
    Dossier.objects.filter(code=in_process).update(**facts)
    ask_payment(in_process, [FEE], reason=WHY, by=SPECIALIST, at=MONDAY)
    record_payment(in_process, by=PAYMENTS, at=MONDAY + 3 * DAY, paid_at=MONDAY + DAY)
    kept = stored(in_process)
    assert kept.state == State.IN_PROCESS
    assert kept.due_at == end_of_time


def test_waiting_after_a_new_appointment_moves_it_and_waiting_before_does_not(in_process):
    asked = {"papers": ["proof"], "fields": ["full_name"]}
    ask = Step.ASK_SUPPLEMENT
    take_step(in_process, ask, by=SPECIALIST, at=MONDAY, reason=WHY, details=asked)
    give = {"full_name": "Nguyễn Thị Lan A"}
    answer_supplement(in_process, give, by=LAN, at=MONDAY + HOUR)
    reappoint(in_process, FRIDAY, reason=WHY, by=SPECIALIST, at=MONDAY + HOUR)
    later = MONDAY + DAY
    with refused(NotYourStep):
        take_step(in_process, ask, by=SPECIALIST, at=later, reason=WHY, details=asked)
    assert stored(in_process).due_at == FRIDAY
    ask_payment(in_process, [FEE], reason=WHY, by=SPECIALIST, at=later)
    record_payment(in_process, by=PAYMENTS, at=later + HOUR, paid_at=later)
    kept = stored(in_process)
    assert kept.state == State.IN_PROCESS
    assert kept.due_at == FRIDAY + HOUR


def test_a_dossier_goes_on_when_all_its_bills_are_paid(file):
    code = file(copies=1).code
    ask_payment(code, [FEE], reason=WHY, by=CLERK, at=MONDAY)
    record_payment(f"{code}/2", by=PAYMENTS, at=MONDAY, paid_at=MONDAY)
    assert stored(code).state == State.PAYMENT
    apps.get_model("payments", "Bill").objects.filter(subject=f"{code}/2").update(state="paid")
    record_payment(code, by=PAYMENTS, at=MONDAY, paid_at=MONDAY)
    assert stored(code).state == State.NEW


def test_a_transferred_dossier_is_new_to_the_other_agency_and_gone_from_the_first(
    in_process, neighbour
):
    due = stored(in_process).due_at
    with refused(NotThere):
        transfer(in_process, WARD, reason=WHY, by=LEADER, at=MONDAY)
    with refused(NotThere):
        transfer(in_process, "H99", reason=WHY, by=LEADER, at=MONDAY)
    with refused(NotYourStep):
        transfer(in_process, neighbour, reason=WHY, by=SPECIALIST, at=MONDAY)
    moved = transfer(in_process, neighbour, reason=WHY, by=LEADER, at=MONDAY)
    assert moved.state is State.NEW
    assert moved.due_at >= due
    with refused(NoLongerHere):
        dossier(in_process, by=CLERK, at=MONDAY)
    there = official(Role.CLERK, neighbour)
    assert dossier(in_process, by=there, at=MONDAY).stage_role is Role.CLERK
    assert last(in_process).agency == neighbour
    assert last(in_process).details == {"from": [WARD], "to": [neighbour]}
    take_step(in_process, Step.ACCEPT, by=there, at=MONDAY)


def test_nothing_is_passed_to_an_agency_that_has_closed(in_process, neighbour):
    apps.get_model("agencies", "Agency").objects.filter(pk=neighbour).update(closed_on=MONDAY)
    with refused(NotThere):
        transfer(in_process, neighbour, reason=WHY, by=LEADER, at=MONDAY)


def test_a_result_is_corrected_by_opening_again_and_the_old_one_is_marked_replaced(done):
    old = str(stored(done).result)
    hand_back(done, ReturnedBy(ReturnBy.ONLINE), by=CLERK, at=MONDAY)
    assert stored(done).archive_on is not None
    with refused(NotYourStep):
        reopen(done, reason=WHY, by=CLERK, at=MONDAY)
    with refused(ReasonNeeded):
        reopen(done, reason="", by=LEADER, at=MONDAY)
    two = Limit(Decimal(2), Unit.WORKING_DAYS)
    moved = reopen(done, reason=WHY, by=LEADER, at=MONDAY, limit=two)
    assert moved.state is State.IN_PROCESS
    assert moved.due_at == MONDAY + 2 * DAY
    kept = stored(done)
    assert (kept.result, kept.archive_on, kept.done_at) == (None, None, None)
    assert last(done).details == {"replaced": [old]}
    walk(done, Step.PROPOSE, Step.APPROVE)
    issue_result(done, by=SYSTEM, at=MONDAY)
    assert str(stored(done).result) != old


def test_a_refused_dossier_opened_again_is_received_with_its_own_limit(file):
    code = file().code
    take_step(code, Step.REFUSE, by=CLERK, at=MONDAY, reason=WHY)
    moved = reopen(code, reason=WHY, by=LEADER, at=MONDAY + DAY)
    assert moved.state is State.RECEIVED
    assert moved.due_at == MONDAY + 4 * DAY
    assert stored(code).stage == 0


def test_an_unpaid_fee_is_asked_again_when_a_dossier_opens_again(file):
    code = file(copies=1).code
    take_step(code, Step.REFUSE, by=CLERK, at=MONDAY, reason=WHY)
    stop_asking(code, by=SYSTEM, at=MONDAY)
    reopen(code, reason=WHY, by=LEADER, at=MONDAY)
    bills = bills_under(code)
    assert [bill.subject for bill in bills] == [code, f"{code}/2"]
    assert [bill.state for bill in bills] == [BillState.CANCELLED, BillState.OPEN]


def test_a_further_fee_has_its_own_bill_and_stops_the_clock(in_process):
    with refused(NothingOwed):
        ask_payment(in_process, [], reason=WHY, by=SPECIALIST, at=MONDAY)
    for wrong in (BillLine("", Dong(1), "", "luật"), BillLine("Phí", Dong(0), "", "luật")):
        with refused(LineUnclear):
            ask_payment(in_process, [wrong], reason=WHY, by=SPECIALIST, at=MONDAY)
    moved = ask_payment(in_process, [FEE], reason=WHY, by=SPECIALIST, at=MONDAY)
    assert moved.state is State.PAYMENT
    kept = stored(in_process)
    assert kept.fee == 50_000
    assert kept.wait_until is not None
    assert kept.stage_due_at is None
    (bill,) = bills_under(in_process)
    assert bill.lines[0].legal == FEE.legal


def test_papers_of_a_refused_dossier_are_handed_back_once(file):
    code = file().code
    take_step(code, Step.REFUSE, by=CLERK, at=MONDAY, reason=WHY)
    by_hand = ReturnedBy(ReturnBy.ON_THE_SPOT, "Nguyễn Thị Lan", "Căn cước 001190000001")
    with refused(NotYourStep):
        hand_back(code, by_hand, by=LEADER, at=MONDAY)
    assert hand_back(code, by_hand, by=CLERK, at=MONDAY).state is State.REFUSED
    with refused(NothingToHandBack):
        hand_back(code, by_hand, by=CLERK, at=MONDAY)


def test_a_result_goes_by_post_with_its_number(done):
    with refused(ReturnUnclear) as refusal:
        hand_back(done, ReturnedBy(ReturnBy.BY_POST, carrier="VNPost"), by=CLERK, at=MONDAY)
    assert {x["at"] for x in refusal.value.facts["problems"]} == {"tracking", "address"}
    sent = ReturnedBy(
        ReturnBy.BY_POST, carrier="VNPost", tracking="EA123VN", address="Số 1 Tràng Tiền, Hà Nội"
    )
    assert hand_back(done, sent, by=CLERK, at=MONDAY).state is State.RETURNED
    assert last(done).details["tracking"] == ["EA123VN"]


def test_what_is_not_finished_is_not_handed_back(in_process):
    with refused(NothingToHandBack):
        hand_back(in_process, ReturnedBy(ReturnBy.ONLINE), by=CLERK, at=MONDAY)
    with refused(StepNotAllowed):
        reopen(in_process, reason=WHY, by=LEADER, at=MONDAY)


def test_no_result_is_handed_over_while_a_fee_is_owed(done):
    Dossier.objects.filter(code=done).update(fee=5)
    with refused(FeeNotPaid):
        hand_back(done, ReturnedBy(ReturnBy.ONLINE), by=CLERK, at=MONDAY)
