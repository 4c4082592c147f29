"""The portal and the sandbox bank talk over HTTP."""

import os
import subprocess
import sys
import time

import httpx
import pytest
from django.utils.timezone import now

from motcua.backbone.models import Entry
from motcua.kernel.money import Dong
from motcua.payments import jobs
from motcua.payments.adapters.base import BankNotAnswering, PaymentAsked
from motcua.payments.adapters.registry import (
    provider,
)
from motcua.payments.adapters.sandbox import bank as bank_module
from motcua.payments.models.bills import Receipt, StatementCursor
from motcua.payments.operations.reconciling import reconcile
from motcua.payments.operations.starting import start_payment
from motcua.payments.queries.bills import State, bill_for, receipts_of
from motcua.payments.rules.vietqr import Transfer, encode
from motcua.payments.tests.conftest import KEY, options
from motcua.payments.tests.world import BANK, CODE, HUONG, bill

BACK = "http://127.0.0.1:1/thanh-toan/x/tro-ve/"


def until(fact, seconds=10):
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def go_and(town, way, **form):
    """Go to the bank from a fresh bill and choose a way to pay; return where it sends us."""
    made = bill(at=now())
    address = start_payment(made, "sandbox", back=BACK, by=HUONG, at=now())
    assert httpx.get(address).status_code == 200
    answer = httpx.post(address, data={"way": way, **form})
    assert answer.status_code == 303
    return answer.headers["Location"]


def seen():
    return bill_for(CODE, by=HUONG)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestWithTheBankListening:
    def test_paying_exactly_pays_the_bill(self, town):
        assert go_and(town, "exact") == BACK + "?ket-qua=xong"
        until(lambda: seen().is_paid)
        assert receipts_of(seen().id, by=HUONG)[0].amount == Dong(24000)

    def test_paying_twice_pays_once_and_the_rest_goes_back(self, town):
        go_and(town, "twice")
        until(lambda: seen().refund_due == Dong(24000))
        assert Entry.objects.filter(name="payments.bill-paid").count() == 1

    def test_a_wrong_amount_does_not_pay_and_the_rest_can_be_paid(self, town):
        go_and(town, "other", amount="10.000")
        until(lambda: seen().state is State.PART_PAID)
        address = start_payment(seen().id, "sandbox", back=BACK, by=HUONG, at=now())
        assert "14.000 đồng" in httpx.get(address).text
        httpx.post(address, data={"way": "exact"})
        until(lambda: seen().is_paid)

    def test_a_lost_call_back_is_found_in_the_statement(self, town):
        go_and(town, "lost")
        assert not seen().is_paid
        assert reconcile("sandbox", by=BANK, at=now()) == 1
        assert seen().is_paid
        assert Receipt.objects.get().heard_by == "statement"
        assert reconcile("sandbox", by=BANK, at=now()) == 0

    def test_what_a_call_back_told_the_statement_does_not_count_again(self, town):
        go_and(town, "exact")
        until(lambda: seen().is_paid)
        assert reconcile("sandbox", by=BANK, at=now()) == 0
        assert Receipt.objects.count() == 1

    def test_a_long_statement_is_read_page_by_page(self, town, monkeypatch):
        monkeypatch.setattr(bank_module, "PAGE", 2)
        for _ in range(5):
            httpx.post(town.bank + "/transfer", data={"amount": "1000", "purpose": "x"})
        reconcile("sandbox", by=BANK, at=now())
        assert StatementCursor.objects.get().cursor == "5"
        assert Receipt.objects.count() == 5

    def test_a_slow_call_back_comes_in_the_end(self, town, monkeypatch):
        monkeypatch.setattr(bank_module, "DELAY", 1)
        go_and(town, "delay")
        until(lambda: seen().is_paid)

    def test_somebody_who_changes_their_mind_pays_nothing(self, town):
        assert go_and(town, "cancel") == BACK + "?ket-qua=huy"
        assert reconcile("sandbox", by=BANK, at=now()) == 0

    def test_a_transfer_with_the_qr_code_pays_the_bill(self, town):
        bill(at=now())
        account = provider("sandbox").account()
        code = encode(Transfer(account.bin, account.number, seen().total, seen().purpose))
        assert "24.000 đồng" in httpx.post(town.bank + "/transfer", data={"code": code}).text
        until(lambda: seen().is_paid)
        assert CODE in httpx.get(town.bank + "/").text

    def test_the_bank_refuses_what_makes_no_sense(self, town):
        made = bill(at=now())
        address = start_payment(made, "sandbox", back=BACK, by=HUONG, at=now())
        for form in ({"way": "other", "amount": "0"}, {"way": "other"}, {"way": "steal"}, {}):
            assert "Hãy chọn một cách trả" in httpx.post(address, data=form).text
        for form in ({"code": "nonsense"}, {"amount": "-1"}):
            assert "không đọc được" in httpx.post(town.bank + "/transfer", data=form).text
        assert httpx.get(town.bank + "/transfer").status_code == 200
        assert httpx.get(town.bank + "/pay/unknown").status_code == 404
        assert httpx.get(town.bank + "/nowhere").status_code == 404
        assert reconcile("sandbox", by=BANK, at=now()) == 0

    def test_the_bank_speaks_to_the_portal_only(self, town):
        for method, path in (("POST", "/api/payments"), ("GET", "/api/statement")):
            assert httpx.request(method, town.bank + path).status_code == 401
        for path, body, status in (
            ("/api/nothing", b"", 404),
            ("/api/payments", b"[]", 422),
        ):
            headers = KEY.sign(int(time.time()), f"POST {path}\n".encode() + body)
            assert httpx.post(town.bank + path, content=body, headers=headers).status_code == status

    def test_one_reference_is_one_payment(self, town):
        ours = provider("sandbox")
        ours.test_connection()
        asked = PaymentAsked("R1", Dong(5), "x", BACK)
        assert ours.open(asked) == ours.open(asked) == town.bank + "/pay/R1"
        with pytest.raises(BankNotAnswering):
            ours.open(PaymentAsked("R1", Dong(6), "x", BACK))

    def test_an_answer_that_is_no_answer_is_refused(self, town, settings):
        settings.PAYMENT_PROVIDERS = {"sandbox": options(town.portal)}
        with pytest.raises(BankNotAnswering):
            provider("sandbox").test_connection()


@pytest.mark.django_db(transaction=True)
def test_the_job_finds_what_was_lost(town):
    go_and(town, "lost")
    jobs.read_statements(0)
    assert seen().is_paid


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_bank_as_a_process_of_its_own(live_server, settings, tmp_path):
    ours = {"BANK_SECRET": KEY.secret, "DJANGO_SETTINGS_MODULE": "motcua.config.settings"}
    command = [sys.executable, "-m", "motcua.config.cli", "sandbox-bank", "--port", "0"]
    process = subprocess.Popen(
        [*command, "--portal", live_server.url],
        env={**os.environ, "MOTCUA_VAR": str(tmp_path), **ours},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        url = next(x for x in process.stdout if "sandbox bank:" in x).split(": ")[1].strip()[:-1]
        settings.PAYMENT_PROVIDERS = {"sandbox": options(url)}
        assert httpx.get(url + "/healthz").text == "ok"
        go_and(None, "exact")
        until(lambda: seen().is_paid)
        assert (tmp_path / "sandbox-bank.db").exists()
    finally:
        process.terminate()
        assert process.wait(timeout=10) == 0
        process.stdout.close()
