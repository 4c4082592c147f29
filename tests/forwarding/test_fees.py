"""What is owed at the unit is read and paid at the hub: straight to the unit, and once."""

import threading
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from django.utils.timezone import localtime

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.charging import ask_payment
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import answers
from motcua.dossiers.tests.counter import WHY, check_shape, text_of
from motcua.exchange.operations.calling import CallRefused, call
from motcua.exchange.tests.wire import now
from motcua.forwarding.operations.following import ask_how_it_stands
from motcua.forwarding.operations.handing_on import hand_on
from motcua.forwarding.operations.paying import BankUnclear, more_time, way_to_bank
from motcua.forwarding.queries.directory import PURPOSE, SERVICE
from motcua.forwarding.queries.handed import NotHanded
from motcua.forwarding.rules.manifest import BadManifest
from motcua.kernel.actors import Actor
from motcua.kernel.money import Dong
from motcua.notices.queries.mine import my_notices
from motcua.payments.adapters.sandbox.server import RunningBank
from motcua.payments.models import Attempt, Bill
from motcua.payments.operations.billing import BillLine
from motcua.payments.operations.receiving import record_receipt
from motcua.payments.rules.messages import BankMessage
from motcua.payments.tests.conftest import KEY, SILENT, options
from tests.forwarding.conftest import HUB, PROVINCE, down

MORE = BillLine("Phí thẩm định", Dong(150_000), "Fee for the appraisal", "Điều 5")


@pytest.fixture
def owed(handed_in, settings):
    """Something is to be paid at the province, and the hub knows; the bank there is silent."""
    settings.PAYMENT_PROVIDERS = {"sandbox": options(SILENT)}

    def owing(copies=2, reference="1"):
        row = handed_in(reference, answers=answers(copies))
        hand_on(row.code, at=now())
        ask_how_it_stands(row.code, at=now())
        row.refresh_from_db()
        return row

    return owing


def bills_of(row):
    return Bill.objects.filter(subject__startswith=row.there).order_by("subject")


def page_of(row, bill):
    return f"/ho-so/chuyen/{row.code}/nop-phi/{bill.pk}/"


def transferred(bill, reference="T1", amount=None):
    """Have the province's bank say that the money came."""
    paid = Dong(bill.total if amount is None else amount)
    money = BankMessage(reference, "", paid, "VND", bill.purpose, now())
    record_receipt("sandbox", money, heard_by="statement", by=Actor.system("bank"), at=now())


def titles(who):
    return [each.title for each in my_notices(by=who).notices]


def test_the_citizen_reads_at_the_hub_what_is_owed_to_whom_until_when_and_how(owed, counter):
    row = owed()
    (bill,) = bills_of(row)
    client = counter.client("lan")
    page = client.get(f"/ho-so/chuyen/{row.code}/")
    check_shape(page)
    assert "Thanh toán 16.000 đồng" in text_of(page)
    shown = client.get(page_of(row, bill))
    check_shape(shown)
    for words in ("Ủy ban nhân dân 00004", "Phí bản sao", bill.purpose, "16.000 đồng"):
        assert words in text_of(shown), words
    assert client.get(f"{page_of(row, bill)}ma-qr/")["Content-Type"] == "image/png"
    assert counter.client("nam").get(page_of(row, bill)).status_code == 404
    strange = client.get(
        f"/ho-so/chuyen/{row.code}/nop-phi/{'0' * 8}-{'0' * 4}-4000-8000-{'0' * 12}/"
    )
    assert strange.status_code == 404


def test_money_that_came_to_the_province_is_known_at_the_hub_once(owed, counter, work):
    row, lan = owed(), counter.actor("lan")
    (bill,) = bills_of(row)
    mark = counter.client("lan").get(page_of(row, bill)).content.decode()
    transferred(bill)
    transferred(bill)
    work()
    for _again in range(3):
        ask_how_it_stands(row.code, at=now())
    work()
    assert Dossier.objects.get().paid_at is not None
    bill.refresh_from_db()
    assert (bill.received, bill.refund_due) == (16_000, 0)
    assert "dau=payable-0-0" in mark
    assert sorted(each for each in titles(lan) if row.code in each) == [
        f"{row.code}: cần nộp 16.000 đồng",
        f"Bạn đã nộp hồ sơ {row.code}",
        f"Đã nhận phí của hồ sơ {row.code}",
    ]
    client = counter.client("lan")
    page = client.get(page_of(row, bill))
    check_shape(page)
    assert "Đã nộp 16.000" in text_of(page)
    told = client.get(f"{page_of(row, bill)}trang-thai/?dau=payable-0-0")
    assert told["HX-Refresh"] == "true"
    assert client.get(f"{page_of(row, bill)}trang-thai/?dau=paid-16000-0").status_code == 204


def test_a_further_fee_is_paid_at_the_hub_and_the_dossier_goes_on(owed, counter, work):
    row = owed(copies=0)
    assert not bills_of(row).exists()
    clerk = counter.actor("clerk")
    take_step(row.there, Step.ACCEPT, by=clerk, at=now())
    ask_payment(row.there, [MORE], reason=WHY, by=clerk, at=now())
    ask_how_it_stands(row.code, at=now())
    work()
    (bill,) = bills_of(row)
    (asked,) = [each for each in titles(counter.actor("lan")) if "150.000" in each]
    assert row.code in asked
    page = text_of(counter.client("lan").get(page_of(row, bill)))
    assert "Điều 5" in page
    transferred(bill)
    work()
    ask_how_it_stands(row.code, at=now())
    row.refresh_from_db()
    assert Dossier.objects.get().state == State.RECEIVED
    assert row.number == 2


def test_while_the_province_is_down_the_bill_stays_and_money_is_asked_after(
    owed, counter, agreed, work
):
    row = owed()
    (bill,) = bills_of(row)
    agreed.on_request = down
    client = counter.client("lan")
    asked = client.post(f"{page_of(row, bill)}kiem-tra/", follow=True)
    check_shape(asked)
    for words in ("Thanh toán 16.000 đồng", "Nội hiện không trả lời. Tiền đã chuyển vẫn được tính"):
        assert words in text_of(asked), text_of(asked)
    transferred(bill)
    work()
    agreed.on_request = lambda message: message
    done = client.post(f"{page_of(row, bill)}kiem-tra/", follow=True)
    assert "Đã nộp 16.000" in text_of(done)


def test_a_bill_whose_time_ran_out_gets_more_of_it_from_the_hub(owed, counter):
    row, lan = owed(), counter.actor("lan")
    (bill,) = bills_of(row)
    Bill.objects.update(expires_at=now() - timedelta(minutes=1))
    ask_how_it_stands(row.code, at=now())
    client = counter.client("lan")
    page = client.get(page_of(row, bill))
    check_shape(page)
    assert "Lấy mã mới" in text_of(page)
    assert client.get(f"{page_of(row, bill)}ma-qr/").status_code == 404
    done = client.post(f"{page_of(row, bill)}ma-moi/", follow=True)
    assert bill.purpose in text_of(done)
    bill.refresh_from_db()
    until = bill.expires_at
    more_time(row.code, str(bill.pk), by=lan, at=now())
    bill.refresh_from_db()
    assert bill.expires_at == until > now()


def test_less_than_asked_counts_and_the_page_asks_for_the_rest(owed, counter):
    row = owed()
    (bill,) = bills_of(row)
    transferred(bill, amount=10_000)
    ask_how_it_stands(row.code, at=now())
    page = text_of(counter.client("lan").get(page_of(row, bill)))
    assert "Thanh toán 6.000 đồng" in page
    transferred(bill, "T2", amount=10_000)
    ask_how_it_stands(row.code, at=now())
    page = text_of(counter.client("lan").get(page_of(row, bill)))
    assert "4.000" in page


def test_what_came_to_nothing_is_not_paid_any_more(owed, counter, work):
    row = owed()
    (bill,) = bills_of(row)
    take_step(row.there, Step.REFUSE, by=counter.actor("clerk"), at=now(), reason=WHY)
    ask_how_it_stands(row.code, at=now())
    row.refresh_from_db()
    assert row.ask_at < now() + timedelta(minutes=1)
    work()
    ask_how_it_stands(row.code, at=now())
    client = counter.client("lan")
    page = client.get(page_of(row, bill))
    check_shape(page)
    assert "Bạn không phải nộp khoản này nữa" in text_of(page)
    again = client.post(f"{page_of(row, bill)}ma-moi/", follow=True)
    assert "Bạn không phải nộp khoản này nữa" in text_of(again)


def test_a_result_is_not_given_out_while_its_fee_is_owed(owed, counter):
    row = owed(copies=0)
    counter.walk(row.there, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
    Dossier.objects.update(result="00000000-0000-4000-8000-000000000000", fee=5)
    ask_how_it_stands(row.code, at=now())
    row.refresh_from_db()
    assert (row.number, row.results) == (9, {})


@pytest.fixture
def bank(settings, tmp_path):
    """The province's bank, with pages of its own; the hub is where its payers come from."""
    bank = RunningBank(
        host="127.0.0.1", port=0, database=tmp_path / "bank.db", call_back=f"{SILENT}/", key=KEY
    )
    thread = threading.Thread(target=bank.serve)
    thread.start()
    url = f"http://127.0.0.1:{bank.port}"
    yield url
    bank.stop()
    thread.join()


def test_the_payer_goes_from_the_hub_to_the_provinces_bank_and_comes_back(
    owed, counter, bank, settings
):
    row = owed()
    settings.PAYMENT_PROVIDERS = {"sandbox": options(bank)}
    ask_how_it_stands(row.code, at=now())
    (bill,) = bills_of(row)
    client = counter.client("lan")
    page = client.get(page_of(row, bill))
    assert f"form-action 'self' {bank}" in page["Content-Security-Policy"]
    gone = [client.post(f"{page_of(row, bill)}ngan-hang/")["Location"] for _twice in range(2)]
    assert urlsplit(gone[0]).netloc == urlsplit(bank).netloc
    assert gone[0] == gone[1]
    assert Attempt.objects.count() == 1
    assert "16.000" in httpx.get(gone[0]).text
    back = client.get(f"{page_of(row, bill)}?ve=1")
    assert "đang chờ ngân hàng xác nhận" in text_of(back)


def test_the_bank_sends_nobody_to_a_third_place_and_no_member_writes_our_policy(owed, counter):
    row = owed()
    (bill,) = bills_of(row)
    path = f"dossiers/{row.code}/bills/{bill.pk}/payments"
    for body, code in (
        (b'{"back": "https://evil.example/"}', "forwarding.back-elsewhere"),
        (b'{"back": 1}', "forwarding.bad-manifest"),
        (b"\xff", "forwarding.bad-manifest"),
    ):
        with pytest.raises(CallRefused) as refusal:
            call(PROVINCE, SERVICE, path, body=body, purpose=PURPOSE, at=localtime(now()))
        assert refusal.value.problem["code"] == code
    row.told["bills"][0]["account"]["pages"] = "https://evil.example;script-src *"
    row.save()
    page = counter.client("lan").get(page_of(row, bill))
    assert "evil" not in page["Content-Security-Policy"]


def test_a_bank_that_was_not_told_of_is_not_opened(owed, counter, bank, settings):
    row, lan = owed(), counter.actor("lan")
    (bill,) = bills_of(row)
    settings.PAYMENT_PROVIDERS = {"sandbox": options(bank)}
    with pytest.raises(BankUnclear):
        way_to_bank(row.code, str(bill.pk), back="/", by=lan, at=now())


def test_who_does_not_say_where_the_payer_comes_back_to_opens_no_bank(owed):
    row = owed()
    (bill,) = bills_of(row)
    place = f"dossiers/{row.code}/bills/{bill.pk}/payments"
    for body in (b"", b"[]", b"[" * 2000, b'{"x":' + b"[" * 2000, b'{"back":"\\u0000"}'):
        with pytest.raises(CallRefused) as told:
            call(PROVINCE, SERVICE, place, body=body, purpose=PURPOSE, consumer=HUB, at=now())
        assert told.value.problem["code"] == BadManifest("$", "").code


def test_nobody_renews_or_opens_a_bill_that_is_not_of_the_dossier(owed, counter):
    row, other = owed(), owed(reference="2")
    theirs = bills_of(other).get().pk
    with pytest.raises(NotHanded):
        more_time(row.code, str(theirs), by=counter.actor("nam"), at=now())
    for what in ("renewals", "payments"):
        path = f"dossiers/{row.code}/bills/{theirs}/{what}"
        with pytest.raises(CallRefused) as refusal:
            call(PROVINCE, SERVICE, path, body=b"{}", purpose=PURPOSE, at=localtime(now()))
        assert refusal.value.problem["code"] == "forwarding.unknown-bill"
