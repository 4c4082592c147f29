"""What a supplement changes follows from it: a dearer fee is billed, a smaller one goes back."""

import pytest
from django.apps import apps

from motcua.agencies.operations.agencies import Level, open_agency
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.operations.filing_checks import AnswersNotRight
from motcua.dossiers.operations.paying import record_payment
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement
from motcua.dossiers.operations.supplement_follows import check_papers
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import (
    CLERK,
    LAN,
    MONDAY,
    OTHER,
    SYSTEM,
    committee,
)
from motcua.payments.queries.bills import State as BillState
from motcua.payments.queries.bills import bills_under

WHY = "Số bản sao ghi chưa khớp với giấy tờ."


def correct(code, **answers):
    asked = {"papers": [], "fields": list(answers)}
    take_step(code, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, reason=WHY, details=asked)
    answer_supplement(code, answers, by=LAN, at=MONDAY)
    return Dossier.objects.get(code=code)


def pay(code):
    bill = apps.get_model("payments", "Bill").objects.get(subject=code)
    bill.state, bill.received = "paid", bill.total
    bill.save()
    bill.receipts.create(
        provider="test",
        reference=code,
        amount=bill.total,
        counted=bill.total,
        currency="VND",
        verdict="whole",
        paid_at=MONDAY,
        heard_at=MONDAY,
        heard_by="test",
    )
    record_payment(code, by=SYSTEM, at=MONDAY, paid_at=MONDAY)
    return bill.total


def test_a_dearer_fee_has_a_bill_of_its_own(file):
    code = file(copies=1).code
    before = pay(code)
    kept = correct(code, copies=2)
    first, second = bills_under(code)
    assert kept.fee == 2 * before
    assert kept.paid_at is None
    assert second.total.amount == before
    assert Transition.objects.latest("id").details["fee_changed"] == [str(before)]
    assert first.state is BillState.PAID


def test_a_smaller_fee_is_flagged_to_go_back(file):
    code = file(copies=2).code
    before = pay(code)
    kept = correct(code, copies=1)
    assert kept.fee == before // 2
    assert bills_under(code)[0].refund_due.amount == before // 2


def test_a_smaller_fee_not_paid_yet_is_billed_anew(file):
    code = file(copies=2).code
    kept = correct(code, copies=1)
    first, second = bills_under(code)
    assert first.state is BillState.CANCELLED
    assert second.total.amount == kept.fee


def test_nothing_is_left_to_pay_when_the_fee_is_gone(file):
    code = file(copies=1).code
    kept = correct(code, copies=0)
    assert kept.fee == 0
    assert [bill.state for bill in bills_under(code)] == [BillState.CANCELLED]


@pytest.mark.parametrize(("commune", "there"), [("00008", [OTHER]), ("00013", None)])
def test_another_place_hints_at_the_agency_that_is_competent(file, commune, there):
    open_agency(committee(OTHER, Level.COMMUNE, "00008"), by=SYSTEM, at=MONDAY)
    code = file().code
    kept = correct(code, office={"province": "01", "commune": commune})
    assert kept.state == State.NEW
    assert Transition.objects.latest("id").details.get("competent") == there


def test_papers_newly_required_are_asked_in_the_same_answer():
    check_papers(("letter",), {"letter": ["f1"]})
    with refused_plainly() as refusal:
        check_papers(("letter",), {})
    assert refusal.value.facts["problems"][0]["at"] == "papers.letter"


def refused_plainly():
    return pytest.raises(AnswersNotRight)
