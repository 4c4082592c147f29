import re
from datetime import date
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.timezone import localdate, now
from pypdf import PdfReader

from motcua.backbone.looks import looks_at_me
from motcua.backbone.tests.reading import Page, check_frame
from motcua.identity.operations.officials import make_official
from motcua.identity.operations.registering import Details, register
from motcua.kernel.actors import Actor, Role
from motcua.payments.models import CashTaken, Till
from motcua.payments.operations.billing import cancel_bill
from motcua.payments.operations.receiving import record_receipt
from motcua.payments.queries.bills import State, bill_for
from motcua.payments.tests.test_cash import build_office
from motcua.payments.tests.world import AGENCY, BANK, CODE, bill, message

pytestmark = pytest.mark.django_db
TILL = "/ban-lam-viec/thu-ngan/"
PORTAL = Actor.system("tests")
NAMES = {Role.CLERK: "Lê Thị Hoa", Role.LEADER: "Trần Thu", Role.SPECIALIST: "Đỗ An"}


def account(number, name):
    details = Details(
        personal_id=number,
        name=name,
        birth_date=date(1995, 3, 14),
        sex="female",
        phone=f"+8491234{number[-4:]}",
        email=f"{number}@example.vn",
    )
    return register(details, passphrase="cầu vồng sau cơn mưa", by=PORTAL, at=now())


def official(role):
    """Return the browser of somebody with a post."""
    who = account(f"00119502{list(Role).index(role):04}", NAMES[role])
    make_official(who, AGENCY, role, "Công chức", by=PORTAL, at=now())
    client = Client()
    backend = "motcua.identity.adapters.passphrases.PassphraseBackend"
    client.force_login(get_user_model().objects.get(pk=who), backend=backend)
    session = client.session
    session["acting_for"] = AGENCY
    session.save()
    return client


@pytest.fixture
def huong(silent_bank):
    return Actor(account("046195000123", "Nguyễn Thị Hương"), "Nguyễn Thị Hương")


@pytest.fixture
def office(huong):
    return build_office()


@pytest.fixture
def clerk(office):
    """A clerk with an open till."""
    clerk = official(Role.CLERK)
    do(clerk, "mo/", noi=office, **{"dau-ngay": "500.000"})
    return clerk


def page(client, path="", said=(), **asked):
    answer = client.get(TILL + path, asked, follow=True)
    assert answer.status_code == 200
    text = answer.content.decode()
    check_frame(Page(text))
    for words in said:
        assert words in text, words
    return text


def do(client, path, **given):
    answer = client.post(TILL + path, given, follow=True)
    assert answer.status_code in (200, 404, 409, 422)
    return answer.content.decode()


def take(clerk, **given):
    return do(clerk, "thu/", ma=CODE, **{"phai-thu": "24000", **given})


def words_of(answer):
    return " ".join(
        "".join(x.extract_text() for x in PdfReader(BytesIO(answer.content)).pages).split()
    )


def test_who_opens_the_till_for_a_bill_goes_on_with_it(office, huong):
    bill()
    clerk = official(Role.CLERK)
    opening = clerk.get(TILL, {"ma": CODE}).content.decode()
    assert f'name="ma" value="{CODE}"' in opening
    form = {"noi": office, "dau-ngay": "500.000", "ma": CODE}
    answer = clerk.post(f"{TILL}mo/", form)
    assert answer["Location"] == f"{TILL}?ma={CODE}"


def test_an_amount_that_is_none_is_told_at_its_place_and_nothing_typed_is_lost(office, huong):
    bill()
    clerk = official(Role.CLERK)

    def refused(path, field, **given):
        answer = clerk.post(TILL + path, given)
        assert answer.status_code == 422
        text = answer.content.decode()
        check_frame(Page(text))
        assert f'<a href="#{field}">' in text
        for name, value in given.items():
            assert re.search(rf'name="{name}"[^>]*value="{value}"', text), name

    refused("mo/", "dau-ngay", noi=office, ma=CODE, **{"dau-ngay": "năm trăm"})
    assert clerk.post(f"{TILL}mo/", {"noi": office, "dau-ngay": "0"})["Location"] == TILL
    refused("thu/", "dua", ma=CODE, dua="hai tờ", **{"phai-thu": "24000"})
    refused("thu/", "dua", ma=CODE, dua="20.000", **{"phai-thu": "24000"})
    refused("dong/", "dem", dem="nhiều", reason="Thối nhầm")
    refused("dong/", "reason", dem="1.000", reason="")
    assert Till.objects.get().closed_at is None


def test_the_till_that_is_open_already_goes_on_with_the_bill_that_was_asked_for(
    clerk, office, huong
):
    bill(payer=huong.id, by=huong, at=now())
    again = clerk.post(f"{TILL}mo/", {"noi": office, "dau-ngay": "0", "ma": CODE})
    assert again.status_code == 409
    for words in ("vẫn đang mở", "24.000 đồng", "Nguyễn Thị Hương"):
        assert words in again.content.decode()


def test_a_till_is_opened_with_money_to_change(office):
    clerk = official(Role.CLERK)
    page(clerk, said=["Mở quầy thu của tôi", "Bộ phận một cửa"])
    assert "Phải có" in do(clerk, "mo/", noi=office, **{"dau-ngay": "500 000 đ"})
    assert Till.objects.get().start == 500_000
    assert "vẫn đang mở" in do(clerk, "mo/", noi=office, **{"dau-ngay": "0"})
    assert clerk.post(TILL + "mo/", {"noi": office, "dau-ngay": "x"}).status_code == 422


def test_cash_is_taken_with_change_and_a_receipt(clerk, huong):
    bill(payer=huong.id, by=huong, at=now())
    said = ["Nguyễn Thị Hương", "24.000 đồng", "Mã VietQR", "Đang chờ tiền đến"]
    page(clerk, said=said, ma=CODE)
    text = take(clerk, dua="50.000")
    assert "Trả lại tiền thừa 26.000 đồng." in text
    assert "524.000 đồng" in text
    number = CashTaken.objects.get().number
    words = words_of(clerk.get(f"{TILL}bien-lai/{number}/"))
    for fact in ("BIÊN LAI THU TIỀN MẶT", number, "Nguyễn Thị Hương", CODE, "24.000 đồng"):
        assert fact in words
    page(clerk, said=["không phải nộp thêm"], ma=CODE)
    assert {x.by_name for x in looks_at_me(by=huong)} == {"Lê Thị Hoa"}


def test_too_little_and_a_bill_that_is_not_there_are_told(clerk, huong):
    bill(payer=huong.id, by=huong, at=now())
    assert "mới đưa 20.000 đồng" in take(clerk, dua="20000")
    page(clerk, said=["không có khoản phải nộp nào mang mã này"], ma="nothing")
    assert CashTaken.objects.count() == 0


def test_what_came_by_transfer_in_the_meantime_is_not_taken_again(clerk, huong):
    bill(payer=huong.id, by=huong, at=now())
    page(clerk, ma=CODE)
    paid = message(paid_at=now())
    record_receipt("sandbox", paid, heard_by="call-back", by=BANK, at=now())
    assert "không phải nộp thêm" in take(clerk)
    assert CashTaken.objects.count() == 0


def test_closing_tells_the_difference_and_keeps_the_reason(clerk, huong):
    bill(payer=huong.id, by=huong, at=now())
    take(clerk)
    assert "Hãy đếm lại" in do(clerk, "dong/", dem="500000")
    text = do(clerk, "dong/", dem="500000", reason="Thối nhầm")
    assert "chênh lệch -24.000 đồng" in text
    assert "Thối nhầm" in text
    assert "Mở quầy thu của tôi" in page(clerk)
    assert "chưa mở quầy thu" in do(clerk, "dong/", dem="0", reason="x")


def test_a_till_that_agrees_is_closed(clerk):
    assert "số tiền khớp" in do(clerk, "dong/", dem="500.000")


def test_the_days_list_is_a_page_a_table_and_a_paper(clerk, huong):
    bill(payer=huong.id, by=huong, at=now())
    take(clerk)
    till = Till.objects.get().pk
    number = CashTaken.objects.get().number
    page(clerk, f"so/{till}/", [number, "24.000 đồng", "524.000 đồng"])
    table = clerk.get(f"{TILL}so/{till}/bang.csv/").content.decode("utf-8-sig").splitlines()
    assert table[0].startswith("Thời điểm,Biên lai")
    assert f"{number},{CODE},24000,," in table[1]
    words = words_of(clerk.get(f"{TILL}so/{till}/bang.pdf/"))
    for fact in ("Bảng kê tiền mặt đã thu", "Lê Thị Hoa", "524.000 đồng", CODE):
        assert fact in words


def test_a_leader_sees_all_tills_and_gives_back(clerk, huong):
    bill(payer=huong.id, by=huong, at=now())
    take(clerk)
    leader = official(Role.LEADER)
    till = Till.objects.get().pk
    number = CashTaken.objects.get().number
    page(leader, said=["Lê Thị Hoa", "24.000 đồng"])
    page(leader, "ngay/", ["Ngày đó không mở quầy thu nào"], ngay="2020-01-01")
    address = f"tra-lai/{number}/"
    page(leader, address, ["Trả lại 24.000 đồng", "Lê Thị Hoa"])
    assert leader.post(TILL + address, {"ket": till}).status_code == 422
    assert leader.post(TILL + address, {"ket": "x", "reason": "y"}).status_code == 422
    do(leader, address, ket=till, reason="Thu nhầm", **{"con-no": "1"})
    assert bill_for(CODE, by=huong).state is State.OPEN
    page(leader, address, ["Đã trả lại lúc"])
    page(leader, f"so/{till}/", ["Thu nhầm", "Trần Thu"])
    assert "Đã trả lại" in words_of(leader.get(f"{TILL}bien-lai/{number}/"))
    assert leader.get(TILL + "tra-lai/BL26-9/").status_code == 404
    assert leader.get(TILL + "bien-lai/BL26-9/").status_code == 404


def test_a_till_left_open_is_closed_before_another_day(clerk):
    Till.objects.update(day=date(2026, 1, 5))
    page(clerk, said=["Quầy thu này là của ngày khác"])


def test_others_have_no_business_at_the_till(clerk, huong, client):
    other = official(Role.SPECIALIST)
    till = Till.objects.get().pk
    for path in ("", "ngay/", f"so/{till}/", f"so/{till}/bang.csv/", "tra-lai/BL26-1/"):
        assert other.get(TILL + path).status_code == 403
        assert "/dang-nhap/" in client.get(TILL + path)["Location"]
    assert clerk.get(TILL + "tra-lai/BL26-1/").status_code == 403
    assert clerk.get(TILL + "so/999999/").status_code == 404


def test_pages_of_a_till_cost_few_statements(clerk, huong, django_assert_max_num_queries):
    bill(payer=huong.id, by=huong, at=now())
    with django_assert_max_num_queries(15):
        page(clerk, ma=CODE)
    with django_assert_max_num_queries(12):
        page(clerk, "ngay/", ngay=localdate().isoformat())


def test_cash_for_what_came_to_nothing_is_told_from_what_banks_brought(clerk, huong):
    bill(payer=huong.id, by=huong, at=now())
    take(clerk)
    cancel_bill(CODE, by=huong, at=now(), paid_too=True)
    text = official(Role.LEADER).get("/thanh-toan/doi-soat/").content.decode()
    assert "Tiền mặt" in text
    assert "BL26-0000001" in text
    assert f"{AGENCY}:BL" not in text


def test_a_receipt_bears_no_number_in_place_of_a_name_nobody_knows(clerk):
    bill(payer="seed-0000007", by=PORTAL, at=now())
    assert "seed-0000007" not in page(clerk, ma=CODE)
    take(clerk)
    assert "seed-0000007" not in words_of(clerk.get(TILL + "bien-lai/BL26-0000001/"))
