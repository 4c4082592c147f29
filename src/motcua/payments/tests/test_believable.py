"""Made-up bills obey the rules of real ones, and made-up tills add up."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.operations.agencies import Kind, Level, NewAgency, add_office, open_agency
from motcua.agencies.queries.agencies import one_stop_offices
from motcua.kernel.actors import Actor
from motcua.kernel.money import Dong
from motcua.payments.models.bills import Bill, Receipt
from motcua.payments.models.tills import CashTaken, ReceiptNumber, Till
from motcua.payments.operations.billing import OPEN_FOR, issue_bill
from motcua.payments.operations.cash import take_cash
from motcua.payments.operations.seeding import MadeBill, MadeFee, MadeTill, seed_bills
from motcua.payments.operations.tills import open_till
from motcua.payments.queries.bills import odd_receipts
from motcua.payments.queries.tills import sums_of_till
from motcua.payments.rules.believable import counted_in, outcome_of, put_down, words_of_transfer
from motcua.payments.rules.lines import purpose_key, purpose_keys
from motcua.payments.rules.settling import Standing, State, Verdict, settle
from motcua.payments.tests.world import AGENCY, AT, CLERK, CODE, HUONG, LEADER, LINES

TOTAL = 24_000
moments = st.integers(0, 40 * 24 * 3600).map(lambda seconds: AT + timedelta(seconds=seconds))


@given(st.integers(1, 10**9), st.none() | moments, st.booleans())
def test_a_made_up_bill_stands_as_the_money_leaves_a_real_one(total, paid_at, given_up):
    made = outcome_of(total, issued_at=AT, paid_at=paid_at, given_up=given_up, open_for=OPEN_FOR)
    assert made.expires_at >= AT + OPEN_FOR
    if paid_at is None:
        assert (made.received, made.refund_due) == (0, 0)
        assert made.state is (State.CANCELLED if given_up else State.OPEN)
        return
    asked = Standing(State.OPEN, Dong(total), Dong(0), made.expires_at)
    real = settle(asked, Dong(total), paid_at=paid_at)
    assert (real.verdict, real.counted) == (Verdict.WHOLE, Dong(made.received))
    assert made.state is (State.CANCELLED if given_up else real.state)
    assert made.refund_due == (total if given_up else 0)


@given(st.integers(0, 10**9), st.integers(1, 10**8))
def test_who_pays_in_cash_puts_down_enough_and_a_difference_has_its_reason(seed, due):
    rng = Random(seed)
    assert due <= put_down(rng, due) < due + 500_000
    counted, why = counted_in(rng, due)
    assert (counted == due) is (why == "")
    assert abs(counted - due) <= 20_000


@given(st.integers(0, 10**9))
def test_a_made_up_transfer_is_found_by_its_words(seed):
    key = purpose_key(CODE)
    assert key in purpose_keys(words_of_transfer(Random(seed), key))


@pytest.fixture
def office(db):
    new = NewAgency(
        id=AGENCY,
        name="Ủy ban nhân dân phường",
        level=Level.COMMUNE,
        kind=Kind.COMMITTEE,
        opened_on=datetime(2025, 7, 1, tzinfo=UTC).date(),
        unit=None,
        parent=None,
    )
    by = Actor.system("tests")
    open_agency(new, by=by, at=AT)
    add_office(AGENCY, "Bộ phận một cửa", address="", by=by, at=AT)
    return one_stop_offices()[AGENCY]


def till_of(office, clerk, day):
    return MadeTill(office, clerk, f"Cán bộ {clerk}", day, day + timedelta(hours=8))


def made(number, issued_at, paid_at=None, till=None, *, given_up=False):
    subject = f"000.00.16.H57-261122-{number:04d}"
    return MadeBill(
        subject, "huong", AGENCY, MadeFee(LINES), issued_at, paid_at, till, given_up=given_up
    )


def in_cash(office, count):
    """Make bills of three days and two years, told out of order, paid in cash at two tills."""
    found = []
    for number in range(count):
        day = AT + timedelta(days=number * 7 % 3 * 20)
        paid_at = day + timedelta(minutes=5 + number * 13 % 400)
        till = till_of(office, f"clerk-{number % 2}", day)
        found.append(made(number, paid_at - timedelta(minutes=2), paid_at, till))
    return found


def test_tills_hold_what_their_receipts_say_and_numbers_follow_the_moments(office):
    seed_bills(in_cash(office, 60))
    assert Till.objects.count() == 6
    for till in Till.objects.all():
        sums = sums_of_till(till.pk)
        assert till.expected == sums.expected.amount == till.start + sums.taken.amount
        assert (till.counted == till.expected) is (till.reason == "")
        moments = list(till.taken.values_list("at", flat=True))
        assert till.opened_at <= min(moments) <= max(moments) <= till.closed_at
    for year, count in ReceiptNumber.objects.values_list("year", "last"):
        cash = CashTaken.objects.filter(at__year=year).order_by("at", "id")
        assert sorted(cash.values_list("number", flat=True)) == [
            f"BL{year % 100}-{n:07}" for n in range(1, count + 1)
        ]
        assert list(cash.values_list("number", flat=True)) == sorted(
            cash.values_list("number", flat=True)
        )
    assert sum(ReceiptNumber.objects.values_list("last", flat=True)) == 60


def test_real_cash_goes_on_from_the_numbers_of_made_up_receipts(office):
    seed_bills(in_cash(office, 3))
    seed_bills([made(99, AT, AT, till_of(office, "clerk-0", AT))])
    before = ReceiptNumber.objects.get(year=2026).last
    issue_bill(CODE, LINES, payer="huong", agency=AGENCY, by=HUONG, at=AT)
    open_till(office, Dong(0), by=CLERK, at=AT)
    assert take_cash(CODE, Dong(TOTAL), by=CLERK, at=AT).number == f"BL26-{before + 1:07}"


def test_what_came_for_nothing_is_shown_to_go_back_and_an_open_bill_waits(office):
    later = AT + timedelta(hours=1)
    seed_bills(
        [
            made(1, AT),
            made(2, AT, given_up=True),
            made(3, AT, later),
            made(4, AT, later, given_up=True),
            made(5, AT, AT + timedelta(days=9)),
        ]
    )
    states = dict(Bill.objects.values_list("subject", "state"))
    assert list(map(states.get, sorted(states))) == [
        State.OPEN,
        State.CANCELLED,
        State.PAID,
        State.CANCELLED,
        State.PAID,
    ]
    (back,) = odd_receipts(by=LEADER)
    assert (back.subject[-4:], back.refund_due) == ("0004", Dong(TOTAL))
    for receipt in Receipt.objects.select_related("bill"):
        bill = receipt.bill
        assert bill.issued_at <= receipt.paid_at <= receipt.heard_at
        assert (receipt.paid_at, receipt.amount) == (bill.paid_at, bill.total)
        assert bill.purpose_key in purpose_keys(receipt.purpose)


def test_a_made_up_bill_says_what_a_real_one_says(office):
    seed_bills([made(7, AT)])
    issue_bill(CODE, LINES, payer="huong", agency=AGENCY, by=HUONG, at=AT)
    ours, real = Bill.objects.get(subject__endswith="-0007"), Bill.objects.get(subject=CODE)
    own = {"id", "subject", "purpose", "purpose_key", "_state"}
    told = [{k: v for k, v in vars(x).items() if k not in own} for x in (ours, real)]
    assert told[0] == told[1]
    assert ours.purpose == ours.subject


def test_nothing_made_up_writes_nothing(db):
    seed_bills([])
    assert not Bill.objects.exists()
