from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.operations.agencies import Kind, Level, NewAgency, add_office, open_agency
from motcua.agencies.queries.agencies import NoSuchOffice, offices_of
from motcua.backbone.models import Entry
from motcua.kernel.actors import Actor, Role
from motcua.kernel.money import Dong
from motcua.payments.models import CashTaken
from motcua.payments.operations.billing import BillSettled, cancel_bill
from motcua.payments.operations.cash import (
    AmountChanged,
    GivenBackAlready,
    NoSuchCash,
    OnlyLeadersGiveBack,
    ReasonNeeded,
    TillGone,
    TillOfYesterday,
    give_back_cash,
    take_cash,
)
from motcua.payments.operations.receiving import record_receipt
from motcua.payments.operations.tills import (
    DifferenceUnexplained,
    NegativeCash,
    NoOpenTill,
    NoTillForYou,
    TillOpenAlready,
    close_till,
    open_till,
)
from motcua.payments.queries.bills import (
    NoSuchBill,
    State,
    Verdict,
    bill_for,
    odd_receipts,
    receipts_of,
)
from motcua.payments.queries.tills import NoSuchTill, cash_receipt, my_open_till, till, tills_of
from motcua.payments.rules.tills import GivenTooLittle, TillSums, change_of, receipt_number
from motcua.payments.tests.world import AGENCY, BANK, CLERK, CODE, HUONG, LEADER, bill, message

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
SECOND = Actor("second", "Cán bộ hai", AGENCY, frozenset({Role.CLERK}))
ELSEWHERE = Actor("else", "Cán bộ", "000.00.17.H57", frozenset({Role.CLERK, Role.LEADER}))
AUDITOR = Actor("auditor", "Thanh tra", AGENCY, frozenset({Role.AUDITOR}))
PORTAL = Actor.system("tests")
DUE = Dong(24000)
amounts = st.integers(0, 10**12).map(Dong)


def refused(kind):
    """Expect a refusal that undoes itself alone."""
    return pytest.raises(kind), transaction.atomic()


def expect(kind, call):
    raises, apart = refused(kind)
    with raises, apart:
        call()


def build_office():
    for number in (AGENCY, ELSEWHERE.agency):
        agency = NewAgency(
            id=number,
            name=f"Cơ quan {number}",
            level=Level.PROVINCE,
            kind=Kind.DEPARTMENT,
            opened_on=date(2025, 7, 1),
        )
        open_agency(agency, by=PORTAL, at=AT)
        add_office(number, "Bộ phận một cửa", by=PORTAL, at=AT)
    return offices_of(AGENCY)[0].id


@pytest.fixture
def office(db):
    return build_office()


@pytest.fixture
def mine(office):
    """The clerk's open till with 500,000 dong to change."""
    return open_till(office, Dong(500_000), by=CLERK, at=AT)


def told(name):
    return [e.facts for e in Entry.objects.filter(name=f"payments.{name}").order_by("id")]


@given(amounts, amounts)
def test_change_and_what_is_due_are_what_was_given(due, put_down):
    if put_down < due:
        with pytest.raises(GivenTooLittle):
            change_of(due, put_down)
    else:
        assert change_of(due, put_down) + due == put_down


@given(amounts, amounts, amounts, amounts)
def test_what_is_expected_and_the_difference_make_up_what_was_counted(start, taken, back, counted):
    sums = TillSums(start, taken, back, 1)
    assert sums.expected + sums.difference(counted) == counted
    assert sums.expected + back == start + taken


@given(st.integers(2020, 2099), st.integers(1, 9_999_998))
def test_receipts_of_a_year_are_numbered_in_order(year, count):
    assert receipt_number(year, count) < receipt_number(year, count + 1)
    assert receipt_number(year, count) != receipt_number(year + 1, count)


def test_cash_pays_a_bill_and_is_told_as_a_banks_money_is(mine, django_assert_max_num_queries):
    made = bill(at=AT)
    with django_assert_max_num_queries(12):
        taken = take_cash(CODE, DUE, given=Dong(50_000), by=CLERK, at=AT)
    assert (taken.number, taken.change) == ("BL26-0000001", Dong(26_000))
    seen = bill_for(CODE, by=HUONG)
    assert (seen.state, seen.paid_at, seen.refund_due) == (State.PAID, AT, Dong(0))
    assert told("bill-paid") == [{"bill": made, "amount": 24000, "paid_at": AT.isoformat()}]
    assert told("cash-received")[0]["number"] == taken.number
    kept = cash_receipt(taken.number, by=CLERK)
    assert (kept.given, kept.change, kept.subject) == (Dong(50_000), Dong(26_000), CODE)
    assert cash_receipt(taken.number, by=ELSEWHERE) is None


def test_what_a_bank_brought_first_leaves_nothing_to_take(mine):
    bill(at=AT)
    record_receipt("sandbox", message(paid_at=AT), heard_by="call-back", by=BANK, at=AT)
    expect(BillSettled, lambda: take_cash(CODE, DUE, by=CLERK, at=AT))
    assert my_open_till(by=CLERK).sums.taken == Dong(0)


def test_what_a_bank_brings_after_the_cash_is_flagged_to_go_back(mine):
    bill(at=AT)
    take_cash(CODE, DUE, by=CLERK, at=AT)
    heard = record_receipt("sandbox", message(paid_at=AT), heard_by="call-back", by=BANK, at=AT)
    assert heard.verdict is Verdict.AGAIN
    assert bill_for(CODE, by=HUONG).refund_due == DUE
    assert len(told("bill-paid")) == 1


def test_the_rest_of_a_bill_is_taken_after_too_small_a_transfer(mine):
    bill(at=AT)
    record_receipt("sandbox", message("T1", 4000, paid_at=AT), heard_by="call-back", by=BANK, at=AT)
    expect(AmountChanged, lambda: take_cash(CODE, DUE, by=CLERK, at=AT))
    assert take_cash(CODE, Dong(20_000), by=CLERK, at=AT).amount == Dong(20_000)
    assert bill_for(CODE, by=HUONG).is_paid


def test_a_bill_out_of_time_may_still_be_paid_at_the_desk(office):
    bill(at=AT)
    later = AT + timedelta(days=10)
    open_till(office, Dong(0), by=CLERK, at=later)
    take_cash(CODE, DUE, by=CLERK, at=later)
    assert bill_for(CODE, by=HUONG).is_paid
    assert len(told("bill-renewed")) == 1


def test_no_cash_is_taken_that_cannot_be_right(mine):
    bill(at=AT)
    expect(GivenTooLittle, lambda: take_cash(CODE, DUE, given=Dong(20_000), by=CLERK, at=AT))
    expect(NoSuchBill, lambda: take_cash("nothing", DUE, by=CLERK, at=AT))
    expect(NoOpenTill, lambda: take_cash(CODE, DUE, by=SECOND, at=AT))
    tomorrow = AT + timedelta(days=1)
    expect(TillOfYesterday, lambda: take_cash(CODE, DUE, by=CLERK, at=tomorrow))
    cancel_bill(CODE, by=CLERK, at=AT)
    expect(BillSettled, lambda: take_cash(CODE, DUE, by=CLERK, at=AT))
    assert CashTaken.objects.count() == 0


def test_a_bill_of_another_agency_is_not_taken_for(mine):
    bill(at=AT)
    other = offices_of(ELSEWHERE.agency)[0].id
    open_till(other, Dong(0), by=ELSEWHERE, at=AT)
    expect(NoSuchBill, lambda: take_cash(CODE, DUE, by=ELSEWHERE, at=AT))


def test_a_till_is_opened_once_by_a_clerk_at_an_office_of_theirs(office, mine):
    expect(TillOpenAlready, lambda: open_till(office, Dong(0), by=CLERK, at=AT + timedelta(1)))
    expect(NoTillForYou, lambda: open_till(office, Dong(0), by=LEADER, at=AT))
    expect(NoTillForYou, lambda: open_till(office, Dong(0), by=HUONG, at=AT))
    expect(NoSuchOffice, lambda: open_till(office, Dong(0), by=ELSEWHERE, at=AT))
    expect(NegativeCash, lambda: open_till(office, Dong(-1), by=SECOND, at=AT))
    assert open_till(office, Dong(0), by=SECOND, at=AT) != mine


def test_a_till_that_agrees_is_closed_without_words(mine):
    bill(at=AT)
    take_cash(CODE, DUE, by=CLERK, at=AT)
    closed = close_till(Dong(524_000), by=CLERK, at=AT)
    assert (closed.expected, closed.difference) == (Dong(524_000), Dong(0))
    expect(NoOpenTill, lambda: close_till(Dong(524_000), by=CLERK, at=AT))
    assert told("till-closed")[0]["difference"] == 0


def test_a_difference_is_told_explained_and_kept(mine):
    expect(NegativeCash, lambda: close_till(Dong(-1), by=CLERK, at=AT))
    expect(DifferenceUnexplained, lambda: close_till(Dong(490_000), by=CLERK, at=AT))
    closed = close_till(Dong(490_000), reason=" Trả nhầm ", by=CLERK, at=AT)
    assert closed.difference == Dong(-10_000)
    assert told("till-closed")[0]["reason"] == "Trả nhầm"
    assert till(mine, by=LEADER).difference == Dong(-10_000)


def test_a_leader_gives_cash_back_and_nobody_owes_it_any_more(mine):
    bill(at=AT)
    number = take_cash(CODE, DUE, by=CLERK, at=AT).number
    give = {"reason": "Hồ sơ đã rút", "owed": False, "till": mine, "at": AT}
    expect(OnlyLeadersGiveBack, lambda: give_back_cash(number, **give, by=CLERK))
    expect(NoSuchCash, lambda: give_back_cash("BL26-9", **give, by=LEADER))
    expect(ReasonNeeded, lambda: give_back_cash(number, **{**give, "reason": " "}, by=LEADER))
    assert give_back_cash(number, **give, by=LEADER) == DUE
    expect(GivenBackAlready, lambda: give_back_cash(number, **give, by=LEADER))
    seen = bill_for(CODE, by=HUONG)
    assert (seen.state, seen.received, seen.refund_due) == (State.CANCELLED, Dong(0), Dong(0))
    assert [x.verdict for x in receipts_of(seen.id, by=HUONG)] == [Verdict.GIVEN_BACK]
    assert CashTaken.objects.get().back_reason == "Hồ sơ đã rút"
    assert told("cash-given-back")[0]["amount"] == 24000
    sums = my_open_till(by=CLERK).sums
    assert (sums.taken, sums.given_back, sums.expected) == (DUE, DUE, Dong(500_000))


def test_cash_taken_by_mistake_goes_back_and_the_bill_is_owed_again(office, mine):
    bill(at=AT)
    number = take_cash(CODE, DUE, by=CLERK, at=AT).number
    close_till(Dong(524_000), by=CLERK, at=AT)
    give = {"reason": "Thu nhầm hồ sơ", "owed": True, "at": AT + timedelta(days=5)}
    expect(TillGone, lambda: give_back_cash(number, **give, till=mine, by=LEADER))
    other = open_till(office, Dong(100_000), by=SECOND, at=AT)
    give_back_cash(number, **give, till=other, by=LEADER)
    seen = bill_for(CODE, by=HUONG)
    assert (seen.state, seen.outstanding, seen.paid_at) == (State.OPEN, DUE, None)
    assert seen.may_be_paid(AT + timedelta(days=6))
    assert told("bill-owed-again")[0]["outstanding"] == 24000
    assert my_open_till(by=SECOND).sums.expected == Dong(76_000)
    assert till(mine, by=CLERK).sums.expected == Dong(524_000)
    assert take_cash(CODE, DUE, by=SECOND, at=AT).number == "BL26-0000002"


def test_cash_that_went_back_goes_back_once_though_the_bill_is_cancelled(mine):
    bill(at=AT)
    number = take_cash(CODE, DUE, by=CLERK, at=AT).number
    give_back_cash(number, reason="Thu nhầm", owed=True, till=mine, by=LEADER, at=AT)
    take_cash(CODE, DUE, by=CLERK, at=AT)
    cancel_bill(CODE, by=LEADER, at=AT, paid_too=True)
    seen = bill_for(CODE, by=HUONG)
    assert seen.refund_due == DUE
    assert [x.refund_due for x in receipts_of(seen.id, by=HUONG)] == [Dong(0), DUE]


def test_cash_for_what_came_to_nothing_is_shown_to_go_back_until_it_went(mine):
    bill(at=AT)
    number = take_cash(CODE, DUE, by=CLERK, at=AT).number
    cancel_bill(CODE, by=LEADER, at=AT, paid_too=True)
    assert [x.refund_due for x in odd_receipts(by=LEADER)] == [DUE]
    give_back_cash(number, reason="Hồ sơ bị từ chối", owed=False, till=mine, by=LEADER, at=AT)
    assert odd_receipts(by=LEADER) == []
    assert bill_for(CODE, by=HUONG).refund_due == Dong(0)


def test_cash_given_back_to_be_paid_again_is_not_shown_to_go_back(mine):
    bill(at=AT)
    number = take_cash(CODE, DUE, by=CLERK, at=AT).number
    cancel_bill(CODE, by=LEADER, at=AT, paid_too=True)
    give_back_cash(number, reason="Thu nhầm", owed=True, till=mine, by=LEADER, at=AT)
    assert odd_receipts(by=LEADER) == []
    seen = bill_for(CODE, by=HUONG)
    assert (seen.outstanding, seen.refund_due) == (DUE, Dong(0))


def test_tills_are_seen_by_whose_they_are_and_by_those_who_oversee(
    office, mine, django_assert_num_queries
):
    theirs = open_till(office, Dong(0), by=SECOND, at=AT)
    day = date(2026, 11, 23)
    for who, seen in ((CLERK, [mine]), (LEADER, [mine, theirs]), (AUDITOR, [mine, theirs])):
        with django_assert_num_queries(3):
            assert [x.id for x in tills_of(day, by=who)] == seen
    assert tills_of(day, by=ELSEWHERE) == tills_of(day, by=HUONG) == ()
    expect(NoSuchTill, lambda: till(theirs, by=CLERK))
    assert my_open_till(by=HUONG) is None
