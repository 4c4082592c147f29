from datetime import date
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.timezone import now
from pypdf import PdfReader

from motcua.backbone.tests.reading import Page, check_frame
from motcua.identity.operations.officials import make_official
from motcua.identity.operations.registering import Details, register
from motcua.kernel.actors import Role
from motcua.queues.models import Ticket
from motcua.queues.operations.tickets import draw
from motcua.queues.queries.places import services_of
from motcua.queues.tests.conftest import OTHER, PORTAL, WARD

DESK = "/ban-lam-viec/xep-hang/"
BACKEND = "motcua.identity.adapters.passphrases.PassphraseBackend"


def official(role, agency=WARD, number="001195023456"):
    """Return the browser of somebody with a post."""
    details = Details(
        personal_id=number,
        name="Lê Thị Hoa",
        birth_date=date(1995, 3, 14),
        sex="female",
        phone=f"+8491234{number[-4:]}",
        email=f"{number}@example.vn",
    )
    account = register(details, passphrase="cầu vồng sau cơn mưa", by=PORTAL, at=now())
    make_official(account, agency, role, "Công chức", by=PORTAL, at=now())
    client = Client()
    client.force_login(get_user_model().objects.get(pk=account), backend=BACKEND)
    session = client.session
    session["acting_for"] = agency
    session.save()
    return client


@pytest.fixture
def clerk(office):
    return official(Role.CLERK)


def page(client, address, said=()):
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    text = answer.content.decode()
    check_frame(Page(text))
    for words in said:
        assert words in text, words
    return text


def do(client, address, **given):
    answer = client.post(address, given, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_comes_draws_a_number_without_signing_in(client, office):
    address = f"/xep-hang/{office}/"
    page(client, address, ["Hộ tịch", "Đất đai", "người cao tuổi"])
    answer = client.post(address, {"dich-vu": "A", "uu-tien": "1"})
    follow = answer["Location"]
    said = ["A001", "Ưu tiên", "Không còn ai trước bạn", "Hiện chưa có quầy nào mở"]
    text = page(client, follow, said)
    assert 'http-equiv="refresh"' in text
    assert client.get("/xep-hang/ve/khac/").status_code == 404
    assert client.get(f"/xep-hang/{office + 99}/").status_code == 404
    assert client.post(address, {"dich-vu": "Z"}).status_code == 404


def test_at_the_machine_the_slip_is_printed_and_the_screen_goes_back(client, office):
    address = f"/xep-hang/{office}/"
    assert 'name="may"' in page(client, address + "?may=1")
    answer = client.post(address, {"dich-vu": "B", "may": "1"})
    text = page(client, answer["Location"], ["B001", "machine.js"])
    assert f"20;url={address}?may=1" in text


def test_the_slip_is_eighty_millimetres_wide_and_says_what_the_page_says(client, office):
    for _ in range(2):
        drawn = draw(office, "A", by=PORTAL, at=now())
    answer = client.get(f"/xep-hang/ve/{drawn.token}/phieu.pdf/")
    sheet = PdfReader(BytesIO(answer.content)).pages[0]
    assert round(float(sheet.mediabox.width) / 72 * 25.4) == 80
    words = " ".join(sheet.extract_text().split())
    for fact in ("A002", "Hộ tịch", "Bộ phận một cửa", "Còn 1 người trước bạn"):
        assert fact in words


def test_the_slip_speaks_english(client, office):
    client.cookies["motcua_language"] = "en"
    answer = client.post(f"/xep-hang/{office}/", {"dich-vu": "A"})
    page(client, answer["Location"], ["Your number", "Nobody is before you."])


def test_a_flood_of_numbers_from_one_place_is_stopped(client, office, monkeypatch):
    monkeypatch.setattr("motcua.queues.web.kiosk.MOST", 3)
    answers = [client.post(f"/xep-hang/{office}/", {"dich-vu": "A"}) for _ in range(5)]
    assert [x.status_code for x in answers] == [302, 302, 302, 429, 429]
    assert Ticket.objects.count() == 3


def test_an_official_opens_a_window_and_serves_whoever_is_next(client, clerk, office):
    page(clerk, DESK, ["Mở quầy của tôi", "Bộ phận một cửa"])
    do(clerk, DESK + "quay/", noi=office, quay="3", **{"dich-vu": ["A", "B"]})
    mine = client.post(f"/xep-hang/{office}/", {"dich-vu": "A"})["Location"]
    page(client, f"/xep-hang/{office}/bang/", ["Hôm nay chưa gọi số nào", "1 người đang chờ"])
    assert "Người đã đến" in do(clerk, DESK + "goi/")
    page(client, f"/xep-hang/{office}/bang/", ["A001"])
    page(client, mine, ["Mời bạn đến quầy 3."])
    assert "hay vắng mặt trước đã" in do(clerk, DESK + "goi/")
    assert "Đã gọi 2 lần" in do(clerk, DESK + "so/A001/", viec="goi-lai")
    assert "Đang phục vụ" in do(clerk, DESK + "so/A001/", viec="da-den")
    page(client, mine, ["Bạn đang ở quầy 3."])
    assert "Hiện không có ai chờ" in do(clerk, DESK + "goi/")
    page(client, mine, ["Số này đã phục vụ xong"])
    assert "Mở quầy của tôi" in do(clerk, DESK + "quay/", roi="1")


def test_who_was_absent_is_told_and_called_again(client, clerk, office):
    do(clerk, DESK + "quay/", noi=office, quay="3")
    mine = client.post(f"/xep-hang/{office}/", {"dich-vu": "A"})["Location"]
    do(clerk, DESK + "goi/")
    do(clerk, DESK + "so/A001/", viec="vang")
    page(client, mine, ["Hãy báo cán bộ ở quầy 3"])
    assert "Vắng khi gọi" in page(clerk, DESK)
    do(clerk, DESK + "so/A001/", viec="goi-lai")
    do(clerk, DESK + "so/A001/", viec="da-den")
    do(clerk, DESK + "so/A001/", viec="chuyen", sang="B")
    page(client, mine, ["Đất đai", "Không còn ai trước bạn"])


def test_what_makes_no_sense_is_refused(clerk, office):
    assert clerk.post(DESK + "quay/", {"noi": "x", "quay": "1"}).status_code == 400
    assert clerk.post(DESK + "so/A001/", {"viec": "x"}).status_code == 404
    assert clerk.post("/quan-tri/xep-hang/", {"noi": "1"}).status_code == 403
    assert "Hãy ghi số hoặc tên quầy" in do(clerk, DESK + "quay/", noi=office, quay="")


def test_a_window_of_another_agency_is_not_ones_own(office, clerk):
    stranger = official(Role.CLERK, OTHER, "001195023457")
    assert "thuộc cơ quan khác" in do(stranger, DESK + "quay/", noi=office, quay="1")


def test_a_leader_sets_up_lines(client, office):
    leader = official(Role.LEADER)
    address = "/quan-tri/xep-hang/"
    page(leader, address, ["Hộ tịch", "Thêm hàng mới"])
    new = {"noi": office, "chu": "c", "ten": "Thuế", "phut": "7", "mo": "1"}
    assert "Đã lưu hàng đợi" in do(leader, address, **new)
    assert [(x.letter, x.usual_minutes) for x in services_of(office)][-1] == ("C", 7)
    assert "chữ cái in hoa" in do(leader, address, noi=office, chu="CC", ten="x", phut="5")
    do(leader, address, noi=office, chu="C", ten="Thuế", phut="7")
    assert [x.letter for x in services_of(office)] == ["A", "B"]
    assert leader.post(address, {"noi": "x"}).status_code == 400
    page(leader, address, ["(đã đóng)"])


def test_pages_cost_few_statements(client, clerk, office, django_assert_max_num_queries):
    do(clerk, DESK + "quay/", noi=office, quay="3")
    for _ in range(15):
        address = client.post(f"/xep-hang/{office}/", {"dich-vu": "A"})["Location"]
    do(clerk, DESK + "goi/")
    for browser, path, most in (
        (client, f"/xep-hang/{office}/", 4),
        (client, f"/xep-hang/{office}/bang/", 4),
        (client, urlsplit(address).path, 6),
        (clerk, DESK, 12),
    ):
        with django_assert_max_num_queries(most):
            browser.get(path)
