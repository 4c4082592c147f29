"""Money that comes two ways at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from motcua.backbone.models import Entry
from motcua.kernel.errors import Refusal
from motcua.kernel.money import Dong
from motcua.payments.models import Bill, CashTaken, Receipt
from motcua.payments.operations.billing import BillSettled
from motcua.payments.operations.cash import give_back_cash, take_cash
from motcua.payments.operations.receiving import record_receipt
from motcua.payments.operations.tills import Closed, close_till, open_till
from motcua.payments.queries.bills import Verdict
from motcua.payments.tests.test_cash import AT, DUE, LEADER, SECOND, build_office
from motcua.payments.tests.world import AGENCY, BANK, CLERK, CODE, bill, message

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    def one(call):
        try:
            return call()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def take(who):
    return lambda: take_cash(CODE, DUE, by=who, at=AT)


def transfer():
    return record_receipt("sandbox", message(paid_at=AT), heard_by="call-back", by=BANK, at=AT)


@pytest.mark.parametrize("_round", range(4))
def test_cash_and_a_transfer_at_once_are_one_payment(_round):
    open_till(build_office(), Dong(0), by=CLERK, at=AT)
    bill(at=AT)
    cash, bank = at_once(take(CLERK), transfer)
    seen = Bill.objects.get(subject=CODE)
    assert seen.received == seen.total
    assert Entry.objects.filter(name="payments.bill-paid").count() == 1
    if isinstance(cash, BillSettled):
        assert (bank.verdict, seen.refund_due) == (Verdict.WHOLE, 0)
    else:
        assert (bank.verdict, seen.refund_due) == (Verdict.AGAIN, seen.total)


def test_two_clerks_take_for_one_bill_and_one_is_told_that_it_is_paid():
    office = build_office()
    for who in (CLERK, SECOND):
        open_till(office, Dong(0), by=who, at=AT)
    bill(at=AT)
    answers = at_once(take(CLERK), take(SECOND))
    assert sorted(type(x).__name__ for x in answers) == ["BillSettled", "CashReceipt"]
    assert CashTaken.objects.count() == Receipt.objects.count() == 1


def test_receipts_taken_at_once_are_numbered_without_a_gap():
    office = build_office()
    for who in (CLERK, SECOND):
        open_till(office, Dong(0), by=who, at=AT)
    for n in range(6):
        bill(subject=f"{AGENCY}-261122-{n:04}", at=AT)
    at_once(
        *(
            lambda n=n: take_cash(f"{AGENCY}-261122-{n:04}", DUE, by=(CLERK, SECOND)[n % 2], at=AT)
            for n in range(6)
        )
    )
    numbers = sorted(CashTaken.objects.values_list("number", flat=True))
    assert numbers == [f"BL26-{n:07}" for n in range(1, 7)]


def test_a_till_closed_twice_at_once_is_closed_once():
    open_till(build_office(), Dong(0), by=CLERK, at=AT)
    close = [lambda: close_till(Dong(0), by=CLERK, at=AT) for _ in range(3)]
    answers = at_once(*close)
    assert sum(isinstance(x, Closed) for x in answers) == 1
    assert Entry.objects.filter(name="payments.till-closed").count() == 1


def test_cash_given_back_twice_at_once_goes_back_once():
    mine = open_till(build_office(), Dong(0), by=CLERK, at=AT)
    bill(at=AT)
    number = take_cash(CODE, DUE, by=CLERK, at=AT).number

    def give():
        return give_back_cash(number, reason="Rút", owed=False, till=mine, by=LEADER, at=AT)

    assert sorted(type(x).__name__ for x in at_once(give, give)) == ["Dong", "GivenBackAlready"]
    assert Bill.objects.get().received == 0


def test_what_is_taken_while_the_till_is_closed_is_in_it_or_not_taken():
    open_till(build_office(), Dong(0), by=CLERK, at=AT)
    bill(at=AT)
    closed, taken = at_once(lambda: close_till(Dong(0), reason="Đếm", by=CLERK, at=AT), take(CLERK))
    assert isinstance(closed, Closed)
    assert closed.expected == (Dong(0) if isinstance(taken, Refusal) else DUE)
