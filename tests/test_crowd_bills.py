"""What made-up dossiers cost is billed, paid and counted as if real people had come."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import one_stop_offices
from motcua.agencies.queries.calendars import calendar_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations import seeding
from motcua.dossiers.operations.expiring import expire
from motcua.dossiers.operations.paying import record_payment
from motcua.dossiers.operations.seeding import Place, seed_dossiers
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import CAME_TO_NOTHING, State, Step
from motcua.dossiers.tests.conftest import SYSTEM, WARD, answers
from motcua.dossiers.tests.conftest import definition as definition  # noqa: PLC0414
from motcua.dossiers.tests.conftest import ward as ward  # noqa: PLC0414
from motcua.dossiers.tests.test_believable import NOW, OFFICIALS
from motcua.kernel.actors import Actor, Role
from motcua.kernel.money import Dong
from motcua.payments.models.bills import Bill, Receipt
from motcua.payments.models.tills import CashTaken, Till
from motcua.payments.operations.receiving import record_receipt
from motcua.payments.queries.bills import State as BillState
from motcua.payments.queries.bills import bill_to_pay, bills_under, odd_receipts
from motcua.payments.queries.tills import tills_of
from motcua.payments.rules.messages import BankMessage

COPIES, FEE = 3, 24_000
LEADER = Actor("leader", "Lãnh đạo", WARD, frozenset({Role.LEADER}))
BANK = Actor.system("payments.sandbox")


def seed(definition, count, copies=COPIES):
    place = Place(WARD, calendar_of(WARD), OFFICIALS, office=one_stop_offices()[WARD])
    seed_dossiers(
        count,
        places=[place],
        packs=[(definition, answers(copies))],
        applicants=60,
        now=NOW,
        progress=lambda done: None,
    )


@pytest.fixture
def office(ward):
    add_office(WARD, "Bộ phận một cửa", by=SYSTEM, at=NOW)


@pytest.fixture
def crowd(office, definition, monkeypatch):
    """Seed a ward with a thousand dossiers that cost something, in batches; three in ten owe it."""
    monkeypatch.setattr(seeding, "BATCH", 250)
    monkeypatch.setattr("motcua.dossiers.rules.believable_money.AT_ONCE_ONLINE", 0.6)
    monkeypatch.setattr("motcua.dossiers.rules.believable_money.SOON", 0.65)
    monkeypatch.setattr("motcua.dossiers.rules.believable_money.LATE", 0.7)
    seed(definition, 1_000)
    return list(Dossier.objects.prefetch_related("transitions").order_by("pk"))


@pytest.mark.django_db(transaction=True)
def test_every_bill_agrees_with_its_dossier(crowd):
    bills = {bill.subject: bill for bill in Bill.objects.all()}
    assert set(bills) == {x.code for x in crowd}
    seen = set()
    for x in crowd:
        bill = bills[x.code]
        assert (bill.total, bill.agency, bill.payer) == (x.fee, x.agency, x.applicant)
        assert (x.fee, bill.issued_at) == (FEE, x.filed_at)
        assert bill.paid_at == x.paid_at
        steps = {step.step for step in x.transitions.all()}
        came_to_nothing = x.state in CAME_TO_NOTHING and Step.ACCEPT not in steps
        expected = BillState.CANCELLED if came_to_nothing else BillState.PAID
        if x.paid_at is None and not came_to_nothing:
            expected = BillState.OPEN
            assert x.state in (State.NEW, State.PAYMENT, State.SUPPLEMENT)
        assert bill.state == expected
        assert bill.refund_due == (FEE if came_to_nothing and x.paid_at else 0)
        seen.add((State(x.state), bill.state, bool(bill.paid_at)))
    assert {
        (State.RETURNED, "paid", True),
        (State.PAYMENT, "open", False),
        (State.REFUSED, "cancelled", True),
        (State.STOPPED, "cancelled", False),
    } <= seen


@pytest.mark.django_db(transaction=True)
def test_tills_and_receipts_of_a_crowd_add_up(crowd):
    paid = Bill.objects.filter(paid_at__isnull=False)
    assert Receipt.objects.count() == paid.count()
    assert Receipt.objects.aggregate(all=Sum("amount"))["all"] == FEE * paid.count()
    assert Receipt.objects.filter(provider="cash").count() == CashTaken.objects.count() > 100
    days = sorted(set(Till.objects.values_list("day", flat=True)))
    for day in days[:: len(days) // 20]:
        for till in tills_of(day, by=LEADER):
            assert till.closed_at is not None
            assert till.difference == Dong(till.counted.amount - till.sums.expected.amount)
            assert till.sums.taken.amount == FEE * till.sums.count > 0
            assert (till.difference == Dong(0)) is (till.reason == "")
    for year in (2025, 2026):
        cash = CashTaken.objects.filter(at__year=year).order_by("at", "number")
        numbers = [int(number[5:]) for number in cash.values_list("number", flat=True)]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        assert numbers == sorted(numbers)


@pytest.mark.django_db(transaction=True)
def test_a_made_up_dossier_that_waits_for_its_fee_goes_on_when_the_bank_tells(crowd):
    waiting = next(x for x in crowd if x.state == State.PAYMENT)
    owner = Actor(waiting.applicant, waiting.applicant_name)
    bill = bill_to_pay(waiting.code, by=owner)
    assert (bill.outstanding, bill.state) == (Dong(FEE), BillState.OPEN)
    assert dossier(waiting.code, by=owner, at=localtime(NOW)).fee == FEE
    at = bill.issued_at + timedelta(hours=1)
    told = BankMessage("T1", "", Dong(FEE), "VND", f"MBVCB {bill.purpose}", at)
    assert record_receipt("sandbox", told, heard_by="call-back", by=BANK, at=NOW).new
    record_payment(waiting.code, by=Actor.system("payments"), at=NOW, paid_at=at)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.paid_at) == (State.NEW, at)
    assert all(each.is_paid for each in bills_under(waiting.code))


@pytest.mark.django_db(transaction=True)
def test_nobody_s_time_is_over_unnoticed_in_a_crowd(crowd):
    by = Actor.system("expiry")
    waiting = [x for x in crowd if x.wait_until is not None]
    assert waiting
    assert not any(expire(x.code, by=by, at=NOW) for x in waiting)


@pytest.mark.django_db(transaction=True)
def test_what_goes_back_and_what_came_are_found_by_their_indexes(crowd):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE payments_bill, payments_receipt, payments_cashtaken, payments_till")
    bill = Bill.objects.filter(state="open").first()
    told = BankMessage("T2", "", Dong(1), "VND", bill.purpose, NOW)
    questions = {
        "bill_owes_back": lambda: odd_receipts(by=LEADER),
        "till_by_agency": lambda: tills_of(NOW.date(), by=LEADER),
        "bill_by_purpose": lambda: record_receipt(
            "sandbox", told, heard_by="statement", by=BANK, at=NOW
        ),
    }
    for index, question in questions.items():
        with CaptureQueriesContext(connection) as asked:
            question()
        plans = []
        with connection.cursor() as cursor:
            cursor.execute("SET enable_seqscan = off")
            for query in asked.captured_queries:
                if query["sql"].startswith("SELECT"):
                    cursor.execute("EXPLAIN " + query["sql"].replace("%", "%%"), [])
                    plans += [line for (line,) in cursor.fetchall()]
            cursor.execute("RESET enable_seqscan")
        assert index in "\n".join(plans)
        assert not [line for line in plans if "Seq Scan" in line]


def test_what_costs_nothing_has_no_bill(office, definition):
    seed(definition, 60, copies=0)
    assert not Bill.objects.exists()
    assert not Till.objects.exists()
    assert set(Dossier.objects.values_list("fee", "paid_at")) == {(0, None)}
