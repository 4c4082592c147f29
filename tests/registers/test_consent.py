"""Nothing is asked before the person has read what would be asked, and said yes."""

import re

import pytest

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import offices_of
from motcua.backbone.models import Look
from motcua.backbone.tests.reading import Page, check_frame
from motcua.dossiers.models import Draft
from motcua.dossiers.operations.agreeing import NobodyToAsk, NotSaid, agree, disagree
from motcua.dossiers.operations.counter import (
    Finished,
    Present,
    Way,
    begin_counter,
    file_counter,
)
from motcua.dossiers.operations.drafts import save_answers
from motcua.dossiers.operations.filing import NoSuchDraft
from motcua.dossiers.operations.offering import NotAgreed, offers, take
from motcua.dossiers.queries.drafts import draft
from motcua.dossiers.queries.known import Whom, whom_of
from motcua.dossiers.queries.statements import WORDING, statement_of
from motcua.dossiers.tests.conftest import WARD
from motcua.exchange.models import LogEntry
from motcua.kernel.actors import Actor, Role
from motcua.packs.queries.packs import pack
from motcua.packs.tests.shipped import shipped
from motcua.registrar.tests.world import HUONG, SYSTEM
from motcua.registries.models import Consent, Objection, Proof
from motcua.registries.operations.consenting import (
    FiledWithConsent,
    NoSuchConsent,
    withdraw_my_consent,
)
from tests.registers.asking import (
    HELP,
    PLACE,
    account,
    begun,
    browser_of,
    now,
    official,
    place_of_work,
    text_of,
)

YES, SELF = "Tôi đồng ý, bắt đầu", "Bắt đầu, tôi tự điền"


@pytest.fixture
def huong(owners, hanoi):
    place_of_work()
    return account("huong")


@pytest.fixture
def page(huong):
    return browser_of(huong)


@pytest.fixture
def clerk(huong):
    add_office(WARD, "Bộ phận một cửa", by=SYSTEM, at=now())
    return official()


def at_counter(clerk, **more):
    """Begin a filing for Hương, who stands before the clerk."""
    (office,) = offices_of(WARD)
    present = Present(number=HUONG, name="Nguyễn Thị Hương", document="card")
    way = Way(**{"office": office.id} | more)
    made = begin_counter(HELP, present, way, by=clerk, at=now())
    subject = {"name": "Nguyễn Thị Hương", "id": HUONG}
    home = {**PLACE, "street": "Số 1"}
    answers = {"office": PLACE, "subject": subject, "home": home, "status": "married"}
    save_answers(made, answers, by=clerk, at=now())
    return made


def test_one_reads_what_would_be_asked_before_saying_yes(page, huong):
    said = ("Để làm gì", "Theo căn cứ nào", "Lưu bao lâu", "Tình trạng hôn nhân", "91/2025/QH15")
    text = text_of(page.get(f"/nop/{HELP}/"), YES, SELF, *said)
    check_frame(Page(text))
    assert not LogEntry.objects.exists()
    begun(page, huong)
    kept = Consent.objects.get()
    assert kept.text == statement_of(pack(Draft.objects.get().pack), "vi").text
    assert (kept.wording, kept.person, kept.by) == (WORDING, huong.id, huong.id)
    assert kept.registers == ["population", "enterprise"]


def test_consent_is_given_once_and_for_one_filing_alone(page, huong):
    at = begun(page, huong)
    text_of(page.post(f"{at}co-so-du-lieu/", {"viec": "dong-y"}, follow=True))
    assert Consent.objects.count() == 1
    other = begun(page, huong, agreed=False)
    text_of(page.get(f"{other}facts/"), "Cho phép hỏi cơ sở dữ liệu")
    text_of(page.get(f"{other}facts/da-co/"))
    assert not Look.objects.filter(purpose__startswith="fill in").exists()


def test_a_consent_in_english_is_kept_in_english(huong, page):
    at = begun(page, huong, agreed=False)
    agree(at.split("/")[2], "en", by=huong, at=now())
    assert "National population database" in Consent.objects.get().text


def test_who_has_not_proven_who_they_are_cannot_say_yes(huong, page):
    quan = account("quan", proven=False)
    theirs = browser_of(quan)
    text = text_of(theirs.get(f"/nop/{HELP}/"), "Cách xác thực danh tính")
    assert YES not in text
    at = begun(theirs, quan, agreed=False)
    text_of(theirs.get(f"{at}co-so-du-lieu/"), "Lần nộp này không hỏi")
    assert theirs.post(f"{at}co-so-du-lieu/", {"viec": "dong-y"}).status_code == 403
    assert theirs.post(f"/nop/{HELP}/bat-dau/", {"agreed": "1"}).status_code == 403
    assert not Consent.objects.exists()


def test_nobody_agrees_for_another_or_takes_theirs_back(page, huong):
    at = begun(page, huong, agreed=False)
    quan = account("quan")
    theirs = browser_of(quan)
    assert theirs.get(f"{at}co-so-du-lieu/").status_code == 404
    for what in ("dong-y", "rut"):
        assert theirs.post(f"{at}co-so-du-lieu/", {"viec": what}).status_code == 404
    for act in (
        lambda: agree(at.split("/")[2], "vi", by=quan, at=now()),
        lambda: disagree(at.split("/")[2], by=quan, at=now()),
    ):
        with pytest.raises(NoSuchDraft):
            act()
    page.post(f"{at}co-so-du-lieu/", {"viec": "dong-y"})
    kept = Consent.objects.get()
    assert theirs.post(f"/du-lieu-cua-toi/dong-y/{kept.pk}/rut/").status_code == 404
    with pytest.raises(NoSuchConsent):
        withdraw_my_consent(kept.pk, by=quan, at=now())
    assert Consent.objects.get().withdrawn_at is None
    assert "Chưa hỏi" not in text_of(theirs.get("/du-lieu-cua-toi/dong-y/"))


def test_an_own_consent_opens_no_other_person_s_record(page, huong):
    at = begun(page, huong)
    made = at.split("/")[2]
    fields = [f for f in pack(Draft.objects.get(pk=made).pack).form.fields if f.id == "home"]
    stranger = Whom("somebody", "001092023456", "Trần Minh Quân")
    facts = {"whom": stranger, "by": huong, "at": now(), "on": now().date()}
    with pytest.raises(NotAgreed):
        offers(made, fields, **facts)
    with pytest.raises(NotAgreed):
        take(made, fields[0], **facts)
    assert not LogEntry.objects.exists()


def test_my_data_show_what_i_agreed_to_and_each_look(page, huong):
    at = begun(page, huong)
    page.post(f"{at}giay-to/", {"hoi": "1"})
    text = text_of(page.get("/du-lieu-cua-toi/dong-y/"), "Cơ sở dữ liệu quốc gia về dân cư", HELP)
    check_frame(Page(text))
    text_of(page.get("/du-lieu-cua-toi/"), "/du-lieu-cua-toi/dong-y/", "/du-lieu-cua-toi/sai-sot/")
    text_of(page.get("/du-lieu-cua-toi/ai-da-xem/"), "Một hồ sơ đang khai")
    kept = Consent.objects.get()
    page.post(f"/du-lieu-cua-toi/dong-y/{kept.pk}/rut/")
    page.post(f"/du-lieu-cua-toi/dong-y/{kept.pk}/rut/")
    assert Consent.objects.get().withdrawn_at is not None
    assert not Proof.objects.exists()
    text_of(page.get("/du-lieu-cua-toi/dong-y/"), "Đã rút lại")


def test_what_a_dossier_was_filed_with_stays(page, huong):
    at = begun(page, huong)
    page.post(f"{at}giay-to/", {"hoi": "1"})
    page.post(f"{at}kiem-tra/", {"declared": "1", "return_by": "2"})
    with pytest.raises(FiledWithConsent):
        withdraw_my_consent(Consent.objects.get().pk, by=huong, at=now())
    text_of(page.get("/du-lieu-cua-toi/dong-y/"), "Đã nộp cùng hồ sơ")


def test_a_clerk_writes_down_that_the_person_agreed(clerk, huong):
    made = at_counter(clerk)
    desk = browser_of(clerk)
    here = f"/khai/{made}/co-so-du-lieu/"
    check_frame(Page(text_of(desk.get(here), "Hãy đọc cho Nguyễn Thị Hương")))
    text_of(desk.post(here, {"viec": "dong-y"}), "Đánh dấu rằng", status=422)
    with pytest.raises(NotSaid):
        agree(made, "vi", said=False, by=clerk, at=now())
    desk.post(here, {"viec": "dong-y", "nghe": "1"})
    kept = Consent.objects.get()
    assert (kept.person, kept.by, kept.by_name) == (huong.id, clerk.id, clerk.name)
    text_of(desk.post(f"/khai/{made}/giay-to/", {"hoi": "1"}, follow=True), "Không cần nộp")
    looks = Look.objects.filter(person=huong.id, reference=str(made))
    assert {(each.by, each.agency) for each in looks} == {(clerk.id, WARD)}
    text_of(browser_of(huong).get("/du-lieu-cua-toi/dong-y/"), "ghi nhận tại quầy", clerk.name)


def test_a_clerk_writes_down_what_the_person_says_is_wrong(clerk, huong):
    made = at_counter(clerk)
    save_answers(made, {"home": {}}, by=clerk, at=now())
    agree(made, "vi", by=clerk, at=now())
    desk, here = browser_of(clerk), f"/khai/{made}/facts/da-co/"
    text = text_of(desk.get(here), "đang ở trước mặt tôi và nói như vậy")
    sealed = re.search(r'value="home">.*?name="da-ghi" value="([^"]*)"', text, re.DOTALL)[1]
    wish = {"viec": "sai", "cau-hoi": "home", "dung-la": "Số 5 phố Huế", "da-ghi": sealed}
    again = text_of(desk.post(here, wish), "Hãy đánh dấu rằng", "Số 5 phố Huế", status=422)
    assert "nghe-home" in again
    assert not Objection.objects.exists()
    text_of(desk.post(here, {**wish, "dung-la": " ", "nghe": "1"}), status=422)
    text_of(desk.post(here, {**wish, "nghe": "1"}, follow=True), "Nguyễn Thị Hương xem được")
    kept = Objection.objects.get()
    assert (kept.person, kept.personal_id, kept.by_name) == (huong.id, HUONG, clerk.name)
    text_of(desk.get(here), "Người nộp đã nói chỗ này sai")
    mine = browser_of(huong).get("/du-lieu-cua-toi/sai-sot/")
    text_of(mine, "Số 5 phố Huế", f"ghi nhận tại quầy bởi {clerk.name}")


def test_what_a_registry_proves_need_not_be_brought_to_the_counter(clerk, huong):
    made = at_counter(clerk)
    agree(made, "vi", by=clerk, at=now())
    desk = browser_of(clerk)
    desk.post(f"/khai/{made}/giay-to/", {"hoi": "1"})
    text_of(desk.get(f"/ban-lam-viec/quay/{made}/"), "Không cần nộp: đã có trong")
    filed = file_counter(made, Finished(signed="paper", papers={}), by=clerk, at=now())
    assert set(Proof.objects.values_list("subject", flat=True)) == {filed.code}


def test_the_person_takes_back_what_the_clerk_wrote_down(clerk, huong):
    made = at_counter(clerk)
    agree(made, "vi", by=clerk, at=now())
    browser_of(clerk).post(f"/khai/{made}/giay-to/", {"hoi": "1"})
    assert Proof.objects.exists()
    browser_of(huong).post(f"/du-lieu-cua-toi/dong-y/{Consent.objects.get().pk}/rut/")
    assert not Proof.objects.exists()


def test_an_official_who_is_no_clerk_any_more_asks_nothing(clerk):
    made = at_counter(clerk)
    moved = Actor(clerk.id, clerk.name, clerk.agency, frozenset({Role.SPECIALIST}))
    with pytest.raises(NobodyToAsk):
        agree(made, "vi", by=moved, at=now())
    agree(made, "vi", by=clerk, at=now())
    assert whom_of(draft(made, by=moved), by=moved, at=now()) is None


def test_for_who_is_not_there_nobody_is_asked(clerk):
    letter = at_counter(clerk, channel="post", tracking="VN12345", arrived=now())
    with pytest.raises(NobodyToAsk):
        agree(letter, "vi", by=clerk, at=now())
    assert whom_of(draft(letter, by=clerk), by=clerk, at=now()) is None


def test_a_portal_that_asks_no_registries_speaks_of_none(page, huong, settings):
    settings.REGISTRIES = {}
    assert YES not in text_of(page.get(f"/nop/{HELP}/"))
    at = begun(page, huong, agreed=False)
    assert "co-so-du-lieu" not in text_of(page.get(f"{at}facts/"))
    with pytest.raises(NobodyToAsk):
        agree(at.split("/")[2], "vi", by=huong, at=now())


def test_a_procedure_that_needs_nothing_asks_for_no_consent(page, huong):
    assert not statement_of(shipped("1.001193"), "vi").registers
