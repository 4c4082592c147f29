import json
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils.timezone import now

from motcua.backbone.models import Entry
from motcua.kernel.money import Dong
from motcua.payments.models.bills import Receipt
from motcua.payments.operations.receiving import record_receipt
from motcua.payments.queries.bills import State, bill_for
from motcua.payments.rules.signatures import SigningKey
from motcua.payments.tests.conftest import KEY
from motcua.payments.tests.world import BANK, CODE, HUONG, bill, message

ADDRESS = "/thanh-toan/goi-lai/sandbox/"
pytestmark = pytest.mark.usefixtures("silent_bank")


def facts(**more):
    return {
        "transaction": "TN1",
        "reference": "",
        "amount": 24000,
        "currency": "VND",
        "purpose": CODE,
        "paid_at": now().isoformat(),
        **more,
    }


def signed(body, *, key=KEY, at=None):
    timestamp = int((at or now()).timestamp())
    return key.sign(timestamp, body)


def post(client, body, headers, address=ADDRESS):
    return client.post(address, body, content_type="application/json", headers=headers)


@pytest.fixture
def open_bill(db):
    return bill(at=now())


def test_a_signed_call_back_pays_the_bill(client, open_bill):
    body = json.dumps(facts()).encode()
    answer = post(client, body, signed(body))
    assert (answer.status_code, answer.json()) == (200, {"verdict": "whole", "new": True})
    assert bill_for(CODE, by=HUONG).is_paid


def test_a_call_back_sent_again_is_heard_once(client, open_bill):
    body = json.dumps(facts()).encode()
    headers = signed(body)
    assert [post(client, body, headers).json()["new"] for _ in range(3)] == [True, False, False]
    assert Entry.objects.filter(name="payments.bill-paid").count() == 1


def forged(body):
    return {
        "unsigned": {},
        "another's key": signed(body, key=SigningKey(KEY.id, "z" * 40)),
        "unknown key": signed(body, key=SigningKey("z", KEY.secret)),
        "for another body": signed(body + b" "),
        "old": signed(body, at=now() - timedelta(minutes=6)),
        "from the future": signed(body, at=now() + timedelta(minutes=6)),
        "old made new": {
            **signed(body, at=now() - timedelta(hours=1)),
            "X-Timestamp": str(int(now().timestamp())),
        },
        "odd letters": {**signed(body), "X-Signature": "é" * 64},
    }


@pytest.mark.parametrize("kind", forged(b""))
def test_a_forged_old_or_altered_call_back_is_refused_and_logged(client, open_bill, kind, caplog):
    caplog.set_level("WARNING")
    body = json.dumps(facts()).encode()
    answer = post(client, body, forged(body)[kind])
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "payments.call-back-not-trusted"
    assert "payments.call-back-refused" in caplog.text
    assert bill_for(CODE, by=HUONG).state is State.OPEN
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"not json",
        b"{}",
        *(
            json.dumps(facts(**wrong)).encode()
            for wrong in (
                {"amount": 0},
                {"amount": -5},
                {"amount": "24000"},
                {"amount": 10**13},
                {"amount": 1.5},
                {"transaction": ""},
                {"transaction": "x" * 100},
                {"currency": "dong"},
                {"paid_at": "2026-11-22T10:00:00"},
            )
        ),
    ],
)
def test_a_signed_call_back_that_makes_no_sense_is_refused(client, open_bill, body):
    answer = post(client, body, signed(body))
    assert (answer.status_code, answer.json()["code"]) == (422, "payments.bad-message")
    assert not Receipt.objects.exists()


def test_a_bank_the_portal_does_not_use_is_not_heard(client, open_bill):
    body = json.dumps(facts()).encode()
    answer = post(client, body, signed(body), "/thanh-toan/goi-lai/other/")
    assert answer.status_code == 404


def test_call_backs_are_sent_not_fetched(client):
    assert client.get(ADDRESS).status_code == 405


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [True, False])
def test_call_backs_at_the_same_moment_lose_nothing_and_pay_once(same):
    """Twelve at once, of one transaction or of twelve: 24,000 counted, the rest to go back."""
    bill(at=now())
    start, heard, lock = threading.Barrier(12), [], threading.Lock()

    def tell(number):
        told = message("T" if same else f"T{number}", paid_at=now())
        start.wait()
        try:
            done = record_receipt("sandbox", told, heard_by="call-back", by=BANK, at=now())
            with lock:
                heard.append(done.new)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tell, args=(n,)) for n in range(12)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    seen = bill_for(CODE, by=HUONG)
    assert (seen.is_paid, seen.received) == (True, Dong(24000))
    assert seen.refund_due == Dong(0 if same else 24000 * 11)
    assert sum(heard) == Receipt.objects.count() == (1 if same else 12)
    assert Entry.objects.filter(name="payments.bill-paid").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_unmatched_money_told_at_the_same_moment_is_kept_once():
    start, heard = threading.Barrier(8), []

    def tell():
        start.wait()
        try:
            told = message("T", purpose="nothing of ours", paid_at=now())
            heard.append(
                record_receipt("sandbox", told, heard_by="call-back", by=BANK, at=now()).new
            )
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tell) for _ in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert sorted(heard) == [False] * 7 + [True]
    assert Receipt.objects.count() == 1
    assert Entry.objects.filter(name="payments.money-unmatched").count() == 1
