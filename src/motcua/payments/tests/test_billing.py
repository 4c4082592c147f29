from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.transaction import atomic

from motcua.backbone.models import Entry
from motcua.kernel.actors import ANONYMOUS
from motcua.kernel.money import Dong
from motcua.payments.operations.billing import (
    BilledOtherwise,
    BillLine,
    BillSettled,
    NothingToPay,
    cancel_bill,
    issue_bill,
    owe_back,
    renew_bill,
)
from motcua.payments.operations.receiving import record_receipt
from motcua.payments.queries.bills import (
    NoSuchBill,
    State,
    bill_for,
    bill_for_room,
    bills_for_room,
    receipts_of,
)
from motcua.payments.queries.bills import bill as bill_named
from motcua.payments.tests.world import (
    AGENCY,
    AT,
    BANK,
    CLERK,
    CODE,
    HUONG,
    LINES,
    NAM,
    OTHER_CLERK,
    bill,
    message,
)

pytestmark = pytest.mark.django_db


def names():
    return list(Entry.objects.order_by("id").values_list("name", flat=True))


def test_a_bill_asks_for_the_sum_of_its_lines(django_assert_num_queries):
    with django_assert_num_queries(3):
        made = bill()
    with django_assert_num_queries(1):
        seen = bill_for(CODE, by=HUONG)
    assert (seen.id, seen.total, seen.purpose) == (made, Dong(24000), CODE)
    assert seen.lines == tuple(LINES)
    assert (seen.state, seen.outstanding, seen.is_paid) == (State.OPEN, Dong(24000), False)
    assert seen.may_be_paid(AT)
    assert not seen.has_expired(AT)


def test_asking_twice_asks_once():
    assert bill() == bill()
    assert names() == ["payments.bill-issued"]


def test_the_same_thing_is_not_billed_at_two_prices():
    bill()
    with pytest.raises(BilledOtherwise), atomic():
        issue_bill(CODE, LINES[:1], payer="huong", agency=AGENCY, by=HUONG, at=AT)


@pytest.mark.parametrize(
    "lines",
    [[], [BillLine("Miễn phí", Dong(0))], [BillLine("A", Dong(5)), BillLine("B", Dong(-1))]],
)
def test_a_bill_for_nothing_is_not_issued(lines):
    with pytest.raises(NothingToPay), atomic():
        issue_bill(CODE, lines, payer="huong", agency=AGENCY, by=HUONG, at=AT)


def test_a_bill_is_seen_by_its_payer_and_its_agency_only():
    made = bill()
    assert bill_for(CODE, by=HUONG) == bill_for(CODE, by=CLERK) == bill_named(made, by=CLERK)
    assert bill_for_room(CODE).id == made
    for stranger in (NAM, OTHER_CLERK, ANONYMOUS):
        assert bill_for(CODE, by=stranger) is None
        assert receipts_of(made, by=stranger) == []
        with pytest.raises(NoSuchBill):
            bill_named(made, by=stranger)
        with pytest.raises(NoSuchBill), atomic():
            renew_bill(made, by=stranger, at=AT)
    for nonsense in ("nonsense", str(uuid4())):
        with pytest.raises(NoSuchBill):
            bill_named(nonsense, by=HUONG)
    assert bill_for_room("other") is None
    assert bills_for_room([]) == {}


def test_a_cancelled_bill_is_cancelled_once_and_what_came_goes_back():
    bill()
    record_receipt("sandbox", message(amount=10000), heard_by="call-back", by=BANK, at=AT)
    cancel_bill(CODE, by=CLERK, at=AT)
    cancel_bill(CODE, by=CLERK, at=AT)
    seen = bill_for(CODE, by=HUONG)
    assert (seen.state, seen.refund_due) == (State.CANCELLED, Dong(10000))
    assert names().count("payments.bill-cancelled") == 1


def test_what_goes_back_in_the_end_is_what_came_and_no_more():
    bill()
    record_receipt("sandbox", message(), heard_by="call-back", by=BANK, at=AT)
    owe_back(CODE, Dong(8000), by=CLERK, at=AT)
    cancel_bill(CODE, by=CLERK, at=AT, paid_too=True)
    seen = bill_for(CODE, by=HUONG)
    assert seen.refund_due == Dong(24000)
    assert [x.refund_due for x in receipts_of(seen.id, by=HUONG)] == [Dong(24000)]


def test_a_paid_bill_is_neither_cancelled_nor_renewed():
    made = bill()
    record_receipt("sandbox", message(), heard_by="call-back", by=BANK, at=AT)
    with pytest.raises(BillSettled), atomic():
        cancel_bill(CODE, by=CLERK, at=AT)
    with pytest.raises(BillSettled), atomic():
        renew_bill(made, by=HUONG, at=AT)


def test_a_bill_nobody_issued_cannot_be_cancelled():
    with pytest.raises(NoSuchBill), atomic():
        cancel_bill("nothing", by=CLERK, at=AT)


def test_a_bill_whose_time_ran_out_is_opened_again():
    made = bill()
    renew_bill(made, by=HUONG, at=AT)
    assert names() == ["payments.bill-issued"]
    later = AT + timedelta(days=4)
    assert bill_for(CODE, by=HUONG).has_expired(later)
    renew_bill(made, by=HUONG, at=later)
    assert bill_for(CODE, by=HUONG).may_be_paid(later)
    assert names()[-1] == "payments.bill-renewed"
