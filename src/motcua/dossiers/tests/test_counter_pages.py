"""The pages on which a clerk files for who stands there: by keyboard, scanner and forms alone."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils.timezone import localtime, now
from pypdfium2 import PdfDocument

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import offices_of
from motcua.backbone.formats import moment
from motcua.backbone.pdf import render_pdf
from motcua.backbone.tests.reading import Page
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.operations.drafts import attach, save_answers
from motcua.dossiers.queries.filing import receipt
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM, WARD, a_file, answers
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.dossiers.web.paper_sizes import Size
from motcua.dossiers.web.receipt import TEMPLATE, on_paper
from motcua.kernel.actors import Actor

QUAY = "/ban-lam-viec/quay/"
NEW = QUAY + "moi/9.000001/"
SCAN = "001147000123||Phạm Thị Sáu|04051947|Nữ|Số 5 Hàng Bạc, Hà Nội|10052021"


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def office(counter):
    add_office(WARD, "Bộ phận một cửa", by=SYSTEM, at=MONDAY)
    return offices_of(WARD)[0].id


@pytest.fixture
def clerk(counter, office):
    return counter.client("clerk")


def begun(clerk, **more):
    """Begin with a scanned card and bring the draft to its check page; return its address."""
    answer = clerk.post(NEW, {"who": SCAN, "document": "card", "channel": "counter", **more})
    assert answer.status_code == 302, text_of(answer)
    draft = Draft.objects.latest("created_at")
    me = Actor(draft.applicant, "Cán bộ")
    save_answers(draft.pk, {**answers(more.get("copies", 0))}, by=me, at=now())
    attach(draft.pk, "proof", a_file(me), by=me, at=now())
    return f"{QUAY}{draft.pk}/"


def test_a_procedure_is_found_and_what_was_begun_is_listed(clerk):
    check_shape(clerk.get(QUAY))
    assert "Không có thủ tục nào nhận ở đây" in text_of(clerk.get(QUAY, {"q": "zzzz"}))
    begun(clerk)
    text = text_of(clerk.get(QUAY))
    assert "Đang khai dở" in text
    assert "Phạm Thị Sáu" in text


def test_a_scanned_card_fills_the_page_and_asks_only_what_is_missing(clerk):
    answer = clerk.post(NEW, {"who": SCAN, "channel": "counter"})
    assert answer.status_code == 422
    page = answer.content.decode()
    for value in ("001147000123", "Phạm Thị Sáu", 'value="1947"'):
        assert value in page
    assert "Hãy cho biết bạn đã đối chiếu bằng giấy tờ nào." in page
    check_shape(answer)


def test_the_place_of_the_form_is_the_desk_s_own_until_it_is_changed(clerk):
    clerk.post(NEW, {"who": SCAN, "document": "card", "channel": "counter"})
    kept = Draft.objects.get().answers
    assert kept["office"] == {"province": "01", "commune": "00004"}


def test_what_cannot_be_a_person_is_told_at_its_field(clerk):
    text = text_of(clerk.post(NEW, {"who": "12345", "channel": "counter", "document": "card"}))
    assert "Hãy gõ 12 chữ số định danh, hoặc quét mã trên thẻ." in text
    answer = clerk.post(NEW, {"who": "001147000123", "channel": "counter", "document": "card"})
    assert answer.status_code == 422
    assert 'href="#name"' in answer.content.decode()


def test_an_empty_page_names_all_that_lacks_at_once(clerk):
    page = Page(clerk.post(NEW, {"who": "", "channel": "counter"}).content.decode())
    listed = [a["href"] for a in page.all("a") if a.get("href") in {"#who", "#name", "#document"}]
    assert listed == ["#who", "#name", "#document"]


def test_from_the_card_to_the_receipt(clerk):
    check = begun(clerk)
    draft = Draft.objects.get()
    form = clerk.get(f"/khai/{draft.pk}/kiem-tra/")
    assert form["Location"] == check
    answer = clerk.get(check)
    check_shape(answer)
    assert "Người nộp đã ký thế nào" in text_of(answer)
    told = clerk.post(check, {})
    assert told.status_code == 422
    for said in (
        "Hãy cho biết giấy này được nộp dạng nào.",
        "Hãy để người nộp ký, rồi cho biết đã ký thế nào.",
    ):
        assert said in text_of(told)
    sent = {"signed": "paper", "form-proof": "certified", "accept": "1", "return_by": "0"}
    answer = clerk.post(check, sent)
    assert answer.status_code == 302, text_of(answer)
    dossier = Dossier.objects.get()
    assert answer["Location"] == f"{QUAY}xong/{dossier.code}/"
    page = clerk.get(answer["Location"])
    check_shape(page)
    for fact in (dossier.code, dossier.claim, "Phạm Thị Sáu", "Thẻ căn cước", "Trên giấy"):
        assert fact in text_of(page)
    assert clerk.get(check)["Location"] == f"{QUAY}xong/{dossier.code}/"
    assert clerk.get(f"/ho-so/{dossier.code}/giay-hen.pdf/").status_code == 200


def test_a_signature_drawn_is_kept_on_the_page_and_shown_on_the_slip(clerk):
    check, drawn = begun(clerk), "M10 20L30 40"
    sent = {"signed": "tablet", "form-proof": "certified", "return_by": "0"}
    told = clerk.post(check, sent)
    assert told.status_code == 422
    check_shape(told)
    assert "Hãy để người nộp vẽ chữ ký bên dưới, hoặc ký trên giấy." in text_of(told)
    kept = clerk.post(check, {"signed": "tablet", "signed.strokes": drawn})
    assert kept.status_code == 422
    assert f'd="{drawn}"' in kept.content.decode()
    page = clerk.post(check, sent | {"signed.strokes": drawn}, follow=True)
    check_shape(page)
    assert "Trên máy tính bảng" in text_of(page)
    assert f'd="{drawn}"' in page.content.decode()


def test_officials_see_the_signature_that_was_drawn_and_the_receipt_bears_it(clerk, counter):
    drawn = "M10 20L30 40"
    sent = {"signed": "tablet", "form-proof": "certified", "return_by": "0"}
    clerk.post(begun(clerk), sent | {"signed.strokes": drawn})
    dossier = Dossier.objects.get()
    by, at = counter.actor("clerk"), now()
    words = f"Chữ ký của {dossier.filer_name}, vẽ tại quầy lúc"
    for who, place in (("leader", "/ban-lam-viec/{}/"), ("clerk", "/ho-so/{}/giay-hen/")):
        page = counter.client(who).get(place.format(dossier.code))
        check_shape(page)
        html = page.content.decode()
        assert f'd="{drawn}"' in html
        assert words in html
        assert f"{dossier.filer_name}, {moment(dossier.filed_at)}" in text_of(page)
    case = text_of(counter.client("leader").get(f"/ban-lam-viec/{dossier.code}/"))
    assert f"trước {by.name}" in case
    assert counter.client("stranger").get(f"/ban-lam-viec/{dossier.code}/").status_code == 404
    paper = on_paper(receipt(dossier.code, by=by, at=at), size=Size.A4)
    applicant, official = paper["signatures"]
    assert f'd="{drawn}"' in applicant["drawn"]
    assert applicant["drawn_alt"].startswith(words)
    assert "drawn" not in official
    with PdfDocument(render_pdf(TEMPLATE, paper)) as made:
        said = " ".join(made[0].get_textpage().get_text_range().split())
    assert f"Vẽ trên máy tính bảng, {moment(dossier.filed_at)}" in said


def test_a_signature_on_paper_or_online_shows_none(clerk, counter):
    sent = {"signed": "paper", "form-proof": "certified", "return_by": "0"}
    clerk.post(begun(clerk), sent | {"signed.strokes": "M1 2L3 4"})
    online = counter.file().code
    for code in (online, Dossier.objects.exclude(code=online).get().code):
        page = counter.client("leader").get(f"/ban-lam-viec/{code}/")
        assert "mc-sign__ink" not in page.content.decode()
        assert "Ký tại quầy" not in text_of(page)


def test_a_fee_leads_to_the_till(clerk):
    check = begun(clerk, copies=2)
    sent = {"signed": "paper", "form-proof": "copy", "return_by": "0"}
    page = clerk.post(check, sent, follow=True)
    assert f"/ban-lam-viec/thu-ngan/?ma={Dossier.objects.get().code}" in page.content.decode()


def test_a_result_by_post_needs_an_address(clerk):
    check = begun(clerk)
    sent = {"signed": "paper", "form-proof": "copy", "return_by": "1"}
    answer = clerk.post(check, sent)
    assert answer.status_code == 422
    assert 'href="#return_address"' in answer.content.decode()
    to = {
        "return_name": "Phạm Thị Sáu",
        "return_phone": "0912345678",
        "return_address": "5 Hàng Bạc, phường Hoàn Kiếm, Hà Nội",
    }
    assert clerk.post(check, {**sent, **to}).status_code == 302
    assert Dossier.objects.get().return_to["address"].startswith("5 Hàng Bạc")


def test_a_letter_is_entered_with_its_number_and_day(clerk):
    came = localtime(now() - timedelta(days=1))
    letter = {
        "who": SCAN,
        "channel": "post",
        "tracking": "EA123456789VN",
        "hour": "09:30",
        "arrived-day": came.day,
        "arrived-month": came.month,
        "arrived-year": came.year,
    }
    assert clerk.post(NEW, {**letter, "tracking": ""}).status_code == 422
    assert clerk.post(NEW, letter).status_code == 302
    counter = Draft.objects.get().counter
    assert (counter["channel"], counter["identity"]) == ("post", "")
    assert counter["arrived"].startswith(f"{came:%Y-%m-%d}T09:30")


def test_a_parent_comes_for_a_child(clerk, counter):
    mother = get_user_model().objects.get(pk=counter.actor("lan").id)
    child = {
        "who": mother.personal_id,
        "name": mother.name,
        "channel": "counter",
        "document": "card",
        "behalf": "1",
        "kind": "parent",
        "pnumber": "001320000456",
        "pname": "Nguyễn Gia An",
        "pborn-day": "4",
        "pborn-month": "5",
        "pborn-year": "2020",
        "basis": "Giấy khai sinh số 12/2020",
        "until-day": "1",
        "until-month": "1",
        "until-year": "2030",
    }
    wrong = clerk.post(NEW, {**child, "pnumber": "12"})
    assert wrong.status_code == 422
    assert 'href="#pnumber"' in wrong.content.decode()
    assert clerk.post(NEW, {**child, "kind": "", "until-day": ""}).status_code == 422
    assert clerk.post(NEW, child).status_code == 302
    noted = Draft.objects.get().counter
    assert (noted["name"], noted["filer"]) == ("Nguyễn Gia An", counter.actor("lan").id)
    assert "Nguyễn Gia An" in text_of(clerk.get(f"{QUAY}{Draft.objects.get().pk}/"))


@pytest.mark.parametrize("who", ["specialist", "leader", "lan"])
def test_others_file_for_nobody(counter, office, who):
    browser = counter.client(who)
    for path in (QUAY, NEW):
        assert browser.get(path).status_code == 403


def test_a_clerk_elsewhere_sees_nothing_of_it(clerk, counter):
    check = begun(clerk)
    clerk.post(check, {"signed": "paper", "form-proof": "copy", "return_by": "0"})
    code = Dossier.objects.get().code
    other = counter.client("stranger")
    assert other.get(check).status_code == 404
    assert other.get(f"{QUAY}xong/{code}/").status_code == 404
    assert clerk.get(f"{QUAY}moi/9.9/").status_code == 404


def test_the_form_is_filled_with_what_the_card_says(clerk):
    clerk.post(NEW, {"who": SCAN, "document": "card", "channel": "counter"})
    draft = Draft.objects.get()
    page = clerk.get(f"/khai/{draft.pk}/", follow=True)
    assert "Phạm Thị Sáu" in text_of(page)
    assert re.search(r'href="/ban-lam-viec/quay/"', page.content.decode())
    assert clerk.get("/ho-so/").content.decode().count(str(draft.pk)) == 0


def test_numbers_and_till_belong_to_the_work_at_the_counter(clerk):
    for path in (QUAY, "/ban-lam-viec/xep-hang/", "/ban-lam-viec/thu-ngan/"):
        page = clerk.get(path).content.decode()
        assert re.findall(r'href="([^"]*)" aria-current="(?:page|true)"', page)[0] == QUAY
