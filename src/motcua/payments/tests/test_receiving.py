from datetime import timedelta

import pytest

from motcua.backbone.models import Entry
from motcua.kernel.money import Dong
from motcua.payments.models.bills import Attempt, Receipt
from motcua.payments.operations.billing import cancel_bill
from motcua.payments.operations.receiving import record_receipt
from motcua.payments.queries.bills import State, Verdict, bill_for, odd_receipts, receipts_of
from motcua.payments.tests.world import (
    AT,
    BANK,
    CLERK,
    CODE,
    HUONG,
    LEADER,
    NAM,
    OTHER_CLERK,
    bill,
    message,
)

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=2)


def hear(*args, at=LATER, **kwargs):
    return record_receipt("sandbox", message(*args, **kwargs), heard_by="call-back", by=BANK, at=at)


def told(name):
    return [e.facts for e in Entry.objects.filter(name=f"payments.{name}").order_by("id")]


def test_money_that_fits_pays_the_bill(django_assert_max_num_queries):
    made = bill()
    with django_assert_max_num_queries(6):
        assert hear().verdict is Verdict.WHOLE
    seen = bill_for(CODE, by=HUONG)
    assert (seen.state, seen.is_paid, seen.outstanding) == (State.PAID, True, Dong(0))
    assert seen.paid_at == AT + timedelta(hours=1)
    assert told("bill-paid") == [
        {"bill": made, "amount": 24000, "paid_at": "2026-11-22T04:00:00+00:00"}
    ]


def test_a_bank_that_says_it_twice_is_heard_once():
    bill()
    assert [hear().new, hear().new] == [True, False]
    assert len(told("bill-paid")) == 1
    assert Receipt.objects.count() == 1


def test_a_bill_paid_twice_is_paid_once_and_the_rest_goes_back():
    bill()
    hear("T1")
    assert hear("T2").verdict is Verdict.AGAIN
    seen = bill_for(CODE, by=HUONG)
    assert (seen.state, seen.refund_due, seen.received) == (
        State.OVERPAID,
        Dong(24000),
        Dong(24000),
    )
    assert len(told("bill-paid")) == 1
    assert told("refund-due")[0]["reason"] == "again"


def test_too_little_does_not_pay_and_the_rest_completes_it():
    bill()
    hear("T1", 10000)
    seen = bill_for(CODE, by=HUONG)
    assert (seen.state, seen.outstanding) == (State.PART_PAID, Dong(14000))
    assert told("bill-paid") == []
    assert told("bill-part-paid")[0]["outstanding"] == 14000
    hear("T2", 14000)
    assert bill_for(CODE, by=HUONG).is_paid
    assert len(told("bill-paid")) == 1


def test_too_much_pays_and_the_rest_goes_back():
    bill()
    hear("T1", 30000)
    seen = bill_for(CODE, by=HUONG)
    assert (seen.state, seen.is_paid, seen.refund_due) == (State.OVERPAID, True, Dong(6000))
    assert told("bill-paid")[0]["amount"] == 24000


def test_a_call_back_that_comes_late_counts_when_the_money_was_in_time():
    bill()
    assert hear(at=AT + timedelta(days=30)).verdict is Verdict.WHOLE
    assert bill_for(CODE, by=HUONG).is_paid


def test_money_sent_after_the_time_ran_out_is_kept_and_flagged():
    bill()
    assert hear(paid_at=AT + timedelta(days=4)).verdict is Verdict.LATE
    seen = bill_for(CODE, by=HUONG)
    assert (seen.state, seen.refund_due) == (State.OPEN, Dong(24000))
    assert [x.verdict for x in odd_receipts(by=CLERK)] == [Verdict.LATE]
    assert told("bill-paid") == []


def test_money_sent_after_cancelling_is_kept_and_flagged():
    bill()
    cancel_bill(CODE, by=CLERK, at=AT)
    assert hear().verdict is Verdict.CANCELLED
    assert bill_for(CODE, by=HUONG).state is State.CANCELLED
    assert told("refund-due")[0]["amount"] == 24000


@pytest.mark.parametrize(
    "facts",
    [
        {"purpose": "tien nha thang 11"},
        {"purpose": ""},
        {"attempt": "unknown", "purpose": "x"},
        {"currency": "USD"},
    ],
)
def test_money_that_fits_no_bill_is_kept_and_shown_to_leaders(facts):
    bill()
    assert hear("T9", **facts).verdict is Verdict.UNMATCHED
    assert hear("T9", **facts).new is False
    assert bill_for(CODE, by=HUONG).state is State.OPEN
    assert [x.reference for x in odd_receipts(by=LEADER)] == ["T9"]
    assert odd_receipts(by=CLERK) == odd_receipts(by=HUONG) == []
    assert len(told("money-unmatched")) == 1


def test_money_sent_through_the_banks_page_is_known_by_our_reference():
    made = bill()
    Attempt.objects.create(
        bill_id=made, provider="sandbox", reference="A1", amount=24000, started_at=AT
    )
    assert hear(attempt="A1", purpose="whatever").verdict is Verdict.WHOLE


def test_a_reference_of_another_bank_is_not_ours():
    made = bill()
    Attempt.objects.create(
        bill_id=made, provider="other", reference="A1", amount=24000, started_at=AT
    )
    assert hear(attempt="A1", purpose="whatever").verdict is Verdict.UNMATCHED


def test_receipts_are_seen_by_payer_and_agency_only():
    made = bill()
    hear("T1", 10000)
    hear("T2", 20000)
    assert [x.reference for x in receipts_of(made, by=HUONG)] == ["T1", "T2"]
    assert len(receipts_of(made, by=CLERK)) == 2
    assert receipts_of(made, by=NAM) == receipts_of(made, by=OTHER_CLERK) == []
    assert [x.refund_due for x in odd_receipts(by=CLERK)] == [Dong(6000)]
    assert odd_receipts(by=OTHER_CLERK) == []


def test_odd_receipts_are_read_page_by_page(django_assert_num_queries):
    bill()
    for n in range(4):
        hear(f"T{n}")
    with django_assert_num_queries(1):
        first = odd_receipts(by=LEADER, limit=2)
    rest = odd_receipts(by=LEADER, limit=2, before=first[-1].id)
    assert [x.reference for x in first + rest] == ["T3", "T2", "T1"]
