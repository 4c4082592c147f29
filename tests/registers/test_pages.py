"""The pages of the registers' owners: who opens them, what they show, what each look leaves."""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.timezone import now

from motcua.agencies.models import Unit
from motcua.agencies.operations.agencies import Kind, Level, NewAgency, open_agency
from motcua.agencies.tests.conftest import NEW_MAP
from motcua.backbone.models import Look
from motcua.backbone.tests.reading import Page, check_frame
from motcua.identity.operations.officials import make_official
from motcua.identity.operations.registering import Details, register
from motcua.kernel.actors import Role
from motcua.registrar.models import TABLES, Correction
from motcua.registrar.queries.answering import record_on
from motcua.registrar.tests.test_corrections import wish
from motcua.registrar.tests.test_services import call
from motcua.registrar.tests.world import HUONG, SYSTEM, TODAY
from motcua.registries.queries.answers import Register

BACKEND = "motcua.identity.adapters.passphrases.PassphraseBackend"


def ministry(agency):
    if not agency.startswith("000"):
        new = NewAgency(
            id=agency,
            name=f"Bộ {agency}",
            level=Level.MINISTRY,
            kind=Kind.MINISTRY,
            opened_on=TODAY.replace(year=2025),
        )
        open_agency(new, by=SYSTEM, at=now())


def browser(role=Role.SPECIALIST, agency="G01", number="001195023456"):
    """Return the browser of somebody with a post at a ministry."""
    ministry(agency)
    details = Details(
        personal_id=number,
        name="Lê Thị Hoa",
        birth_date=TODAY.replace(year=1995),
        sex="female",
        phone=f"+8491234{number[-4:]}",
        email=f"{number}@example.vn",
    )
    account = register(details, passphrase="cầu vồng sau cơn mưa", by=SYSTEM, at=now())
    make_official(account, agency, role, "Công chức", by=SYSTEM, at=now())
    client = Client()
    client.force_login(get_user_model().objects.get(pk=account), backend=BACKEND)
    session = client.session
    session["acting_for"] = agency
    session.save()
    return client


@pytest.fixture
def official(town):
    return browser()


def read(answer, *said, status=200):
    assert answer.status_code == status
    text = answer.content.decode()
    check_frame(Page(text))
    for words in said:
        assert words in text, words
    return text


def huong():
    return TABLES[Register.POPULATION].objects.true_on(TODAY).get(key=HUONG).pk


def test_an_official_sees_the_registers_of_the_own_agency_alone(official):
    text = read(official.get("/so-goc/"), "Sổ gốc dân cư")
    assert "Sổ gốc đất đai" not in text
    assert official.get("/so-goc/dat-dai/").status_code == 404
    assert official.get("/so-goc/khong-co/").status_code == 404


def test_a_search_needs_a_purpose_and_three_letters(official):
    read(official.get("/so-goc/dan-cu/"), "Xem để làm gì?")
    for typed in ({"q": "huong"}, {"q": "hu", "ly-do": "supervise"}):
        read(official.post("/so-goc/dan-cu/", typed), status=422)
    assert not Look.objects.exists()


def test_a_search_finds_without_accents_and_each_person_shown_can_read_it(official):
    typed = {"q": "nguyen thi huong", "ly-do": "supervise"}
    read(official.post("/so-goc/dan-cu/", typed), "Nguyễn Thị Hương")
    look = Look.objects.get(person=HUONG)
    assert (look.what, look.agency) == ("Population register", "G01")
    read(official.post("/so-goc/dan-cu/", {"q": HUONG, "ly-do": "supervise"}), "Nguyễn Thị Hương")
    read(official.post("/so-goc/dan-cu/", {"q": "xyzxyz", "ly-do": "supervise"}), "Không tìm thấy")


def test_the_pages_of_a_search_show_everybody_once(official):
    keys, after = [], ""
    for _ in range(60):
        typed = {"q": "nguyen", "ly-do": "supervise", "sau": after}
        text = read(official.post("/so-goc/dan-cu/", typed))
        keys += re.findall(r'data-l="Số định danh cá nhân">(\d{12})<', text)
        further = re.search(r'name="sau" value="([^"]+)"', text)
        if further is None:
            break
        after = further[1]
    rows = TABLES[Register.POPULATION].objects.true_on(TODAY).filter(folded__contains="nguyen")
    assert len(keys) == len(set(keys)) == rows.count() > 40


def test_a_record_is_shown_as_of_a_day_with_its_history(official):
    path = f"/so-goc/dan-cu/{huong()}/"
    read(official.get(path), "Bạn mở mục này để làm gì?")
    assert not Look.objects.exists()
    read(official.get(f"{path}?ly-do=supervise"), "Đã kết hôn", "Qua thời gian")
    past = f"{path}?ly-do=supervise&ngay-day=1&ngay-month=1&ngay-year=2000"
    read(official.get(past), "Chưa kết hôn", "01/01/2000")
    before = f"{path}?ly-do=supervise&ngay-day=1&ngay-month=1&ngay-year=1990"
    read(official.get(before), "chưa ghi gì")
    assert Look.objects.filter(person=HUONG).count() == 3
    assert official.get("/so-goc/dan-cu/999999/?ly-do=supervise").status_code == 404


def test_a_place_is_shown_by_its_name_where_it_is_known_on_that_day(official):
    path = f"/so-goc/dan-cu/{huong()}/?ly-do=supervise"
    code = record_on(Register.POPULATION, HUONG, on=TODAY)[0].residence.unit
    text = read(official.get(path), code)
    assert f"({code})" not in text
    Unit.objects.create(level="commune", code=code, kind="ward", name="Phường Thử", parent="01")
    Unit.objects.create(level="province", code="01", kind="city", name="Thành phố Thử")
    read(official.get(path), f"Phường Thử, Thành phố Thử ({code})", "Thành phố Thử (01)")


def test_places_and_countries_are_read_by_the_names_of_their_time(official):
    record_pk = huong()
    table = TABLES[Register.POPULATION]
    told = table.objects.get(pk=record_pk).facts
    home = {"unit": "00070", "detail": "Số 1", "country": "LA"}
    native = {"unit": "34", "detail": "", "country": "VN"}
    facts = {**told, "native_place": native, "residence": home, "current": home}
    table.objects.filter(pk=record_pk).update(facts=facts)
    gone, come = {"valid_to": NEW_MAP}, {"valid_from": NEW_MAP}
    for level, code, name, days in (
        ("province", "34", "Tỉnh Thái Bình", gone),
        ("province", "01", "Hà Nội cũ", gone),
        ("commune", "00070", "Phường Cũ", gone),
        ("province", "01", "Hà Nội mới", come),
    ):
        Unit.objects.create(level=level, code=code, kind="", name=name, **days)
    text = read(official.get(f"/so-goc/dan-cu/{record_pk}/?ly-do=supervise"))
    assert "Tỉnh Thái Bình (34)" in text
    assert "Hà Nội cũ (01)" in text
    assert "Phường Cũ (00070, đến hết ngày 30/06/2025)" in text
    assert "Lào" in text
    assert ">VN<" not in text


def test_a_line_of_business_is_read_by_the_branch_its_code_is_of(town):
    table = TABLES[Register.ENTERPRISE]
    row = table.objects.true_on(TODAY).first()
    codes = ["4711", "62", "0118", "0499", "Nghề khác"]
    path, client = f"/so-goc/doanh-nghiep/{row.pk}/?ly-do=supervise", browser(agency="G12")
    for day, said in (
        ("2025-11-14", "Bán lẻ (trừ ô tô, mô tô, xe máy và xe có động cơ khác) (4711)"),
        ("2025-11-15", "4711 (mã theo Quyết định 36/2025/QĐ-TTg)"),
    ):
        facts = {**row.facts, "business": codes, "registered_on": day}
        table.objects.filter(pk=row.pk).update(facts=facts)
        text = read(client.get(path), said, "0499", "Nghề khác")
    assert "Bán lẻ" not in text


def test_a_country_is_chosen_by_its_name(town):
    wrong = wish(field="nationality", stated="Việt Nam", wished="lao")
    asked = json.loads(call("population", "corrections", wrong).body)["number"]
    official, path = browser(), f"/so-goc/yeu-cau/{asked}/"
    official.post(path, {"viec": "xem"})
    read(official.get(path), '<option value="LA" selected>Lào<', "Việt Nam")


def test_who_has_proven_who_they_are_finds_the_look_in_their_own_list(official):
    account = get_user_model().objects.create(
        personal_id=HUONG,
        name="Nguyễn Thị Hương",
        birth_date=TODAY.replace(year=1995),
        sex="female",
        phone="+84912000001",
        email="huong@example.vn",
        opened_at=now(),
        proven_at=now(),
    )
    official.get(f"/so-goc/dan-cu/{huong()}/?ly-do=supervise")
    assert Look.objects.get(what="Population register").person == str(account.pk)


@pytest.mark.parametrize(
    ("slug", "register", "agency"),
    [
        ("dat-dai", "land", "G10"),
        ("doanh-nghiep", "enterprise", "G12"),
        ("tai-chinh", "finance", "G12"),
        ("bao-hiem", "insurance", "G12"),
    ],
)
def test_every_register_is_read_in_words(town, slug, register, agency):
    client = browser(agency=agency)
    row = TABLES[register].objects.true_on(TODAY).order_by("key").first()
    found = client.post(f"/so-goc/{slug}/", {"q": row.key, "ly-do": "supervise"})
    read(found, row.name)
    text = read(client.get(f"/so-goc/{slug}/{row.pk}/?ly-do=supervise"), row.name)
    assert "valid_from" not in text


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_other_posts_of_the_owner_see_nothing(town, role):
    client = browser(role)
    for path in ("/so-goc/", "/so-goc/dan-cu/", f"/so-goc/dan-cu/{huong()}/", "/so-goc/yeu-cau/"):
        assert client.get(path).status_code == 403


def test_officials_of_other_agencies_see_nothing(town):
    client = browser(agency="G17")
    for path in ("/so-goc/", "/so-goc/dan-cu/", f"/so-goc/dan-cu/{huong()}/", "/so-goc/yeu-cau/"):
        assert client.get(path).status_code == 404


@pytest.fixture
def asked(town):
    return json.loads(call("population", "corrections", wish()).body)["number"]


def test_a_request_is_taken_up_and_put_right(asked):
    official, path = browser(), f"/so-goc/yeu-cau/{asked}/"
    read(official.get("/so-goc/yeu-cau/"), "Dân tộc", "Chưa xem xét")
    read(official.get(path), "Mường", "Kinh", "Nhận xem xét")
    assert Look.objects.filter(person=HUONG).count() == 1
    read(official.post(path, {"viec": "xem"}, follow=True), "Đang xem xét")
    read(official.get(path), 'value="Mường"')
    day = {"tu-day": "14", "tu-month": "3", "tu-year": "1995", "ethnicity": "Mường"}
    for wrong in ({"ethnicity": ""}, {"ethnicity": "Kinh"}, {"tu-day": "40"}):
        again = official.post(path, {"viec": "chap-nhan", **day, **wrong})
        assert (again.status_code, "tu-day" in again.content.decode()) == (422, True)
    read(official.post(path, {"viec": "chap-nhan", **day}, follow=True), "Đã chỉnh sửa")
    assert record_on(Register.POPULATION, HUONG, on=TODAY)[0].ethnicity == "Mường"
    read(official.get("/so-goc/yeu-cau/"), "Không có yêu cầu nào đang chờ")
    read(official.get("/so-goc/yeu-cau/?xem=xong&sau=99"), "Đã chỉnh sửa")


def test_a_request_is_refused_with_a_reason_only(asked):
    official, path = browser(), f"/so-goc/yeu-cau/{asked}/"
    official.post(path, {"viec": "xem"})
    assert "Hãy nêu lý do" in official.post(path, {"viec": "tu-choi"}).content.decode()
    typed = {"viec": "tu-choi", "tra-loi": "Sổ gốc ghi đúng"}
    read(official.post(path, typed, follow=True), "Đã từ chối", "Sổ gốc ghi đúng")
    assert official.post(path, {"viec": "khac"}).status_code == 400
    assert Correction.objects.get().state == "refused"


def test_a_place_is_chosen_among_the_communes_of_a_province(town):
    wrong = wish(field="residence.detail", stated="GIẢ", wished="Số 9, phường Yên Sở")
    asked = json.loads(call("population", "corrections", wrong).body)["number"]
    official, path = browser(), f"/so-goc/yeu-cau/{asked}/"
    official.post(path, {"viec": "xem"})
    now_says = record_on(Register.POPULATION, HUONG, on=TODAY)[0].residence
    page = read(official.get(path), "GIẢ", now_says.detail, "Yên Sở")
    assert f'value="{now_says.unit}" selected' in page
    assert 'value="00331"' not in official.get(f"{path}?tinh=79").content.decode()


def test_an_auditor_reads_requests_and_decides_none(asked):
    auditor, path = browser(Role.AUDITOR), f"/so-goc/yeu-cau/{asked}/"
    assert "Nhận xem xét" not in read(auditor.get(path), "Mường")
    auditor.post(path, {"viec": "xem"})
    assert Correction.objects.get().state == "received"
    other = browser(agency="G10", number="001195023457")
    assert other.get(path).status_code == 404
    assert other.post(path, {"viec": "xem"}).status_code == 404
