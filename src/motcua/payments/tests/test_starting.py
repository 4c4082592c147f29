"""Going to a bank, and what happens when it is not there."""

import json
import threading
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.utils.timezone import now
from jsonschema_rs import validator_for

from motcua.backbone.breaker import Breaker
from motcua.backbone.models import Entry
from motcua.payments import jobs
from motcua.payments.adapters.base import BankNotAnswering, Statement
from motcua.payments.adapters.registry import (
    VENDORS,
    NoSuchProvider,
    WrongOptions,
    provider,
    provider_names,
)
from motcua.payments.models.bills import Attempt, StatementCursor
from motcua.payments.operations.billing import BillSettled
from motcua.payments.operations.receiving import record_receipt
from motcua.payments.operations.reconciling import reconcile
from motcua.payments.operations.starting import BillExpired, start_payment
from motcua.payments.queries.bills import NoSuchBill
from motcua.payments.tests.world import AT, BANK, HUONG, NAM, bill, message

BACK = "http://127.0.0.1:1/thanh-toan/x/tro-ve/"


def test_going_to_the_bank_twice_is_one_payment_there(db, silent_bank):
    made = bill()
    for _ in range(2):
        with pytest.raises(BankNotAnswering):
            start_payment(made, "sandbox", back=BACK, by=HUONG, at=AT)
    assert Attempt.objects.count() == 1
    assert Entry.objects.filter(name="payments.payment-started").count() == 1


def test_only_what_is_owed_can_be_paid(db, silent_bank):
    made = bill()
    with pytest.raises(NoSuchBill):
        start_payment(made, "sandbox", back=BACK, by=NAM, at=AT)


def test_a_bill_out_of_time_is_not_paid(db, silent_bank):
    made = bill(expires_at=AT)
    with pytest.raises(BillExpired):
        start_payment(made, "sandbox", back=BACK, by=HUONG, at=now())


def test_a_paid_bill_is_not_paid_again(db, silent_bank):
    made = bill()
    record_receipt("sandbox", message(), heard_by="call-back", by=BANK, at=AT)
    with pytest.raises(BillSettled):
        start_payment(made, "sandbox", back=BACK, by=HUONG, at=AT)


def test_a_bank_that_fails_again_and_again_is_left_alone_for_a_while():
    clock, asked = [0.0], []
    breaker = Breaker(BankNotAnswering, clock=lambda: clock[0])

    def ask(*, works):
        with breaker.guarding():
            asked.append(works)
            if not works:
                raise BankNotAnswering

    def refused():
        with pytest.raises(BankNotAnswering):
            ask(works=False)

    for _ in range(5):
        refused()
    assert len(asked) == 3
    clock[0] = 14.9
    refused()
    assert len(asked) == 3
    clock[0] = 15.0
    refused()
    refused()
    assert len(asked) == 4
    clock[0] = 31.0
    ask(works=True)
    for _ in range(2):
        refused()
    ask(works=True)
    assert len(asked) == 8


@pytest.mark.django_db(transaction=True)
def test_the_same_bill_asked_for_at_the_same_moment_is_issued_once():
    start, made, lock = threading.Barrier(8), set(), threading.Lock()

    def ask():
        start.wait()
        try:
            number = bill()
            with lock:
                made.add(number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert len(made) == 1
    assert Entry.objects.filter(name="payments.bill-issued").count() == 1


def test_a_statement_without_end_is_read_in_pieces(db, monkeypatch):
    """A bank that always says there is more does not keep the worker for ever."""
    endless = Statement((), "1", more=True)
    monkeypatch.setattr("motcua.payments.operations.reconciling.MOST_PAGES", 3)
    monkeypatch.setattr(
        "motcua.payments.operations.reconciling.provider_named",
        lambda name: SimpleNamespace(statement=lambda cursor: endless),
    )
    assert reconcile("sandbox", by=BANK, at=AT) == 0
    assert StatementCursor.objects.get().cursor == "1"


def test_a_silent_bank_does_not_stop_the_job(db, silent_bank, caplog):
    caplog.set_level("WARNING")
    jobs.read_statements(0)
    assert "payments.bank-silent" in caplog.text


def test_options_are_checked_before_they_are_used(settings):
    settings.PAYMENT_PROVIDERS = {"sandbox": {"url": "ftp://x", "secret": "short"}}
    with pytest.raises(WrongOptions, match="url"):
        provider("sandbox")
    settings.PAYMENT_PROVIDERS = {"unheard-of": {}}
    assert provider_names() == ["unheard-of"]
    for name in ("unheard-of", "sandbox"):
        with pytest.raises(NoSuchProvider):
            provider(name)


def test_the_settings_that_come_with_the_portal_fit_the_schema():
    schema = VENDORS["sandbox"].options_schema
    assert validator_for(schema).is_valid(django_settings.SANDBOX_BANK)
    assert json.dumps(schema)
