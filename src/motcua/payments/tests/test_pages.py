from datetime import date, timedelta
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.db.transaction import atomic
from django.urls import reverse
from django.utils.timezone import now
from pypdf import PdfReader

from motcua.agencies.operations.agencies import Kind, Level, NewAgency, open_agency
from motcua.backbone.looks import looks_at_me
from motcua.identity.operations.officials import make_official
from motcua.identity.operations.registering import Details, register
from motcua.kernel.actors import Actor, Role
from motcua.payments.operations.billing import cancel_bill
from motcua.payments.operations.receiving import record_receipt
from motcua.payments.queries.bills import bill_for
from motcua.payments.tests.world import AGENCY, BANK, CODE, bill, message

PASSPHRASE = "cầu vồng sau cơn mưa"
PORTAL = Actor.system("tests")


def person(number, name):
    details = Details(
        personal_id=number,
        name=name,
        birth_date=date(1995, 3, 14),
        sex="female",
        phone=f"+8491234{number[-4:]}",
        email=f"{number}@example.vn",
    )
    return Actor(register(details, passphrase=PASSPHRASE, by=PORTAL, at=now()), name)


def enter(client, who):
    client.force_login(
        get_user_model().objects.get(pk=who.id),
        backend="motcua.identity.adapters.passphrases.PassphraseBackend",
    )


@pytest.fixture
def huong(db, client, silent_bank):
    """Hương, who is signed in; the bank she could pay at does not answer."""
    huong = person("046195000123", "Nguyễn Thị Hương")
    enter(client, huong)
    return huong


@pytest.fixture
def hers(huong):
    """Return a way to issue her a bill and address its pages."""

    def hers(page="show", **more):
        made = bill(payer=huong.id, by=huong, **{"at": now(), **more})
        return reverse(f"payments:{page}", kwargs={"bill": made})

    return hers


def pay(amount=24000, reference="T1", **more):
    told = message(reference, amount, **{"paid_at": now(), **more})
    record_receipt("sandbox", told, heard_by="call-back", by=BANK, at=now())


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_in_words_what_the_code_says(client, hers, django_assert_max_num_queries):
    address = hers()
    with django_assert_max_num_queries(6):
        page = text_of(client.get(address))
    for fact in ("24.000 đồng", CODE, "0000000000", "Ngân hàng thử nghiệm", "Đang chờ tiền đến"):
        assert fact in page
    assert "<script>" not in page


def test_the_page_speaks_english(client, hers):
    client.cookies["motcua_language"] = "en"
    page = text_of(client.get(hers()))
    assert "Waiting for the money." in page
    assert "Fee for copies" in page


def test_the_way_to_the_bank_is_open_to_the_form_and_to_nothing_else(client, hers):
    policy = client.get(hers())["Content-Security-Policy"]
    assert "form-action 'self' http://127.0.0.1:9;" in policy + ";"


def test_too_little_is_shown_with_what_is_missing(client, hers):
    address = hers()
    pay(10000)
    page = text_of(client.get(address))
    assert "Bạn đã chuyển 10.000 đồng, ít hơn số phải nộp." in page
    assert "14.000 đồng" in page


def test_a_paid_bill_offers_its_receipt(client, hers):
    address = hers()
    pay()
    page = text_of(client.get(address))
    assert "Đã nộp 24.000 đồng" in page
    assert "bien-lai" in page
    assert "Mã VietQR" not in page


def test_too_much_is_said_to_go_back(client, hers):
    address = hers()
    pay(30000)
    assert "Bạn đã chuyển thừa 6.000 đồng." in text_of(client.get(address))


def test_a_bill_out_of_time_offers_a_new_code(client, hers):
    address = hers(at=now() - timedelta(days=4))
    pay()
    page = text_of(client.get(address))
    assert "Đã hết hạn nộp" in page
    assert "24.000 đồng đến sau thời điểm đó" in page
    answer = client.post(hers("renew"), follow=True)
    assert "Đang chờ tiền đến" in text_of(answer)


def test_a_cancelled_bill_asks_for_nothing(client, hers):
    address = hers()
    pay(5000)
    cancel_bill(CODE, by=PORTAL, at=now())
    page = text_of(client.get(address))
    assert "Bạn không phải nộp khoản này nữa" in page
    assert "5.000 đồng đã đến trước đó" in page


def test_a_bank_that_does_not_answer_is_named_and_the_page_still_works(client, hers):
    for page, form in (("go", {"provider": "sandbox"}), ("check", {})):
        answer = client.post(hers(page), form, follow=True)
        assert "Ngân hàng chưa trả lời" in text_of(answer)
        assert "Mã VietQR" in text_of(answer)


def test_a_bank_the_portal_does_not_use_is_refused(client, hers):
    answer = client.post(hers("go"), {"provider": "other"}, follow=True)
    assert "Hãy chọn cách khác" in text_of(answer)


def test_without_a_bank_the_counter_remains(client, hers, settings):
    settings.PAYMENT_PROVIDERS = {}
    assert "Hiện cổng chưa nhận chuyển khoản" in text_of(client.get(hers()))
    assert "Tiền chưa đến" in text_of(client.post(hers("check"), follow=True))
    assert client.get(hers("qr-code")).status_code == 409


def test_asking_the_bank_again_and_again_is_stopped(client, hers, settings):
    settings.PAYMENT_PROVIDERS = {}
    answers = [text_of(client.post(hers("check"), follow=True)) for _ in range(7)]
    assert "Tiền chưa đến" in answers[0]
    assert "Tiền chưa đến" not in answers[-1]
    assert "Bạn gửi yêu cầu quá nhiều lần" in answers[-1]
    nam = person("046195000124", "Trần Thị Nam")
    enter(client, nam)
    his = bill(payer=nam.id, by=nam, at=now(), subject="000.00.61.H26-261102-0009")
    counted = client.post(reverse("payments:check", kwargs={"bill": his}), follow=True)
    assert "Tiền chưa đến" in text_of(counted), "each who presses is counted apart"


@pytest.mark.parametrize(
    ("result", "said"), [("huy", "Bạn chưa bị trừ tiền"), ("xong", "đang chờ ngân hàng xác nhận")]
)
def test_who_comes_back_from_the_bank_is_told_where_things_stand(client, hers, result, said):
    answer = client.get(hers("back"), {"ket-qua": result}, follow=True)
    assert said in text_of(answer)
    assert not bill_for(CODE, by=PORTAL)


def test_coming_back_to_a_paid_bill_needs_no_words(client, hers):
    address = hers("back")
    pay()
    assert "Đã nộp" in text_of(client.get(address, {"ket-qua": "xong"}, follow=True))


def test_the_page_learns_that_something_is_new(client, hers, django_assert_max_num_queries):
    address = hers("status")
    with django_assert_max_num_queries(4):
        assert client.get(address, {"dau": "payable-0-0"}).status_code == 204
    pay()
    assert client.get(address, {"dau": "payable-0-0"})["HX-Refresh"] == "true"
    assert client.get(address, {"dau": "paid-24000-0"}).status_code == 204


def test_the_code_can_be_kept_as_a_picture(client, hers):
    answer = client.get(hers("qr-code"))
    assert answer.content.startswith(b"\x89PNG")
    assert "attachment" in answer["Content-Disposition"]


def test_a_receipt_is_a_paper_about_what_was_paid(client, hers):
    address = hers("receipt")
    assert client.get(address).status_code == 409
    pay()
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    words = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    for fact in ("BIÊN LAI THANH TOÁN", "Nguyễn Thị Hương", CODE, "24.000 đồng", "T1"):
        assert fact in words


PAGES = ["show", "status", "back", "qr-code", "receipt"]
STEPS = ["go", "check", "renew"]


def addresses(hers):
    return {page: hers(page) for page in PAGES + STEPS}


def every_page(client, found):
    for page, address in found.items():
        with atomic():
            send = client.post if page in STEPS else client.get
            yield page, send(address, {"provider": "sandbox"})


def test_somebody_elses_bill_is_not_there(client, hers):
    found = addresses(hers)
    enter(client, person("001195023456", "Trần Thị Nam"))
    for page, answer in every_page(client, found):
        assert answer.status_code == 404, page


def test_a_stranger_is_asked_to_sign_in(client, hers):
    found = addresses(hers)
    client.logout()
    for page, answer in every_page(client, found):
        assert answer.status_code == 302, page
        assert "/tai-khoan/dang-nhap/" in answer["Location"]


def test_nothing_changes_by_looking(client, hers):
    for page in STEPS:
        assert client.get(hers(page)).status_code == 405


def test_a_bill_that_does_not_exist_is_not_found(client, huong):
    address = "/thanh-toan/00000000-0000-0000-0000-000000000000/"
    assert client.get(address).status_code == 404
    assert client.post(address + "ngan-hang/", {"provider": "sandbox"}).status_code == 404


def test_a_citizen_has_no_business_with_other_peoples_money(client, huong):
    assert client.get("/thanh-toan/doi-soat/").status_code == 403


def official(client, role):
    agency = NewAgency(
        id=AGENCY,
        name="UBND phường Thuận Hóa",
        level=Level.PROVINCE,
        kind=Kind.DEPARTMENT,
        opened_on=date(2025, 7, 1),
    )
    open_agency(agency, by=PORTAL, at=now())
    clerk = person("001195023456", "Trần Thị Nam")
    make_official(clerk.id, AGENCY, role, "Công chức", by=PORTAL, at=now())
    enter(client, clerk)
    session = client.session
    session["acting_for"] = AGENCY
    session.save()


def test_an_official_who_looks_at_a_bill_is_written_down(client, hers, huong):
    address = hers()
    official(client, Role.CLERK)
    assert "UBND phường Thuận Hóa" in text_of(client.get(address))
    look = looks_at_me(by=huong)[0]
    assert (look.by_name, look.reference, look.agency) == ("Trần Thị Nam", CODE, AGENCY)


def test_officials_see_money_that_must_go_back(client, hers, monkeypatch):
    monkeypatch.setattr("motcua.payments.web.money.PAGE", 2)
    hers()
    official(client, Role.LEADER)
    address = "/thanh-toan/doi-soat/"
    assert "Không có khoản nào cần xem xét" in text_of(client.get(address))
    for number in range(4):
        pay(24000 + number, f"T-{number}")
    pay(7000, "X1", purpose="tien nha")
    page = text_of(client.get(address))
    assert "tien nha" in page
    assert "Ngân hàng thử nghiệm" in page
    assert "T-3" in page
    assert "T-2" not in page
    older = page.split("?truoc=")[1].split('"')[0]
    page = text_of(client.get(address, {"truoc": older}))
    assert "T-2" in page
    assert "T-1" in page
    assert "Cũ hơn" not in page
    assert client.get(address, {"truoc": "nonsense"}).status_code == 200
