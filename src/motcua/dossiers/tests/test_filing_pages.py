"""Filing as people do it: page after page, with a plain browser."""

import json
import re
from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.tests.conftest import MONDAY, PDF, SYSTEM, a_file, a_file_of
from motcua.dossiers.tests.test_changed_packs import HERE as LITTLE
from motcua.dossiers.tests.test_changed_packs import ONLY_ADULTS, changed
from motcua.identity.operations.demo import DEMO_PASSPHRASE
from motcua.kernel.actors import Actor
from motcua.packs.operations.publishing import SHIPPED, publish_folder

BIRTH = "1.001193"
PLACE = {"province": "01", "commune": "00004"}
EXAMPLE = SHIPPED / BIRTH / "examples" / "valid-mother-with-certificate.json"


@pytest.fixture
def draft(huong):
    """Her draft, just begun."""
    answer = huong.post(f"/nop/{BIRTH}/bat-dau/")
    assert answer.status_code == 302
    return Draft.objects.get()


def answers():
    right = json.loads(EXAMPLE.read_text())["answers"]
    right |= {name: {**right[name], **PLACE} for name in right if isinstance(right[name], dict)
              and "commune" in right[name]}  # fmt: skip
    return right


def boxes(name, value):
    """Return what a browser posts for one answer."""
    if isinstance(value, bool):
        return {name: "yes" if value else "no"}
    if isinstance(value, dict):
        return {k: v for part in value for k, v in boxes(f"{name}.{part}", value[part]).items()}
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        day = date.fromisoformat(value)
        return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}
    return {name: value}


def shown_on(page):
    return re.search(r'name="shown" value="([^"]*)"', page.content.decode())[1]


def fill(client, address, right):
    """Post a page with every right answer it asks for; again while it leads to more questions."""
    page = client.get(address)
    for _attempt in range(3):
        shown = shown_on(page)
        posted = {"shown": shown}
        for field in shown.split():
            posted |= boxes(field, right[field]) if field in right else {}
        page = client.post(address, posted)
        if page.status_code == 302:
            return page["Location"]
        assert page.status_code == 200, page.content.decode()
    raise AssertionError(address)


def fill_all(client, draft):
    """Go through the form; return the address of the papers page."""
    address = f"/khai/{draft.pk}/case/"
    while not address.endswith("giay-to/"):
        address = fill(client, address, answers())
    return address


def photo(name="chung-sinh.pdf"):
    return SimpleUploadedFile(name, PDF)


def test_one_can_read_what_is_needed_without_signing_in_and_is_asked_to_before_filing(town, client):
    page = client.get(f"/nop/{BIRTH}/")
    assert "Giấy chứng sinh" in page.content.decode()
    assert "Đăng nhập để nộp" in page.content.decode()
    assert client.post(f"/nop/{BIRTH}/bat-dau/")["Location"].startswith("/tai-khoan/dang-nhap/")


def test_a_procedure_that_is_not_online_says_so(town, client):
    assert client.get("/nop/9.999999/").status_code == 404


def test_a_birth_is_registered_from_the_first_page_to_the_receipt(huong, draft):
    papers = fill_all(huong, draft)
    assert huong.post(papers, {}).status_code == 422
    sent = huong.post(papers, {"paper": "birth_certificate", "files": [photo(), photo("2.pdf")]})
    assert sent.status_code == 302
    check = huong.post(papers, {})["Location"]
    page = huong.get(check).content.decode()
    assert "Trần Nguyễn Minh Anh" in page
    assert "24.000 đồng" in page
    assert "2 tệp" in page
    receipt = huong.post(check, {"declared": "1"})["Location"]
    dossier = Dossier.objects.get()
    assert dossier.code in receipt
    assert dossier.answers["child_name"] == "Trần Nguyễn Minh Anh"
    shown = huong.get(receipt).content.decode()
    assert dossier.code in shown
    assert "Thanh toán 24.000 đồng" in shown
    paper = huong.get(receipt.replace("giay-hen", "giay-hen.pdf"))
    assert paper.content.startswith(b"%PDF")


def test_pressing_file_again_leads_to_the_same_receipt(huong, draft):
    papers = fill_all(huong, draft)
    huong.post(papers, {"paper": "birth_certificate", "files": [photo()]})
    check = f"/khai/{draft.pk}/kiem-tra/"
    first, second = (huong.post(check, {"declared": "1"})["Location"] for _ in range(2))
    assert first == second
    assert Dossier.objects.count() == 1
    assert huong.get(f"/khai/{draft.pk}/case/")["Location"] == first


def test_what_was_typed_wrong_is_kept_and_named_and_the_way_goes_no_further(huong, draft):
    address = f"/khai/{draft.pk}/child/"
    shown = shown_on(huong.get(address))
    page = huong.post(address, {"shown": shown, "child_name": "M1nh"})
    text = page.content.decode()
    assert page.status_code == 422
    assert 'href="#child_name"' in text
    assert "Tên không được có chữ số" in text
    draft.refresh_from_db()
    assert draft.answers["child_name"] == "M1nh"
    assert 'value="M1nh"' in huong.get(address).content.decode()


def test_the_form_knows_who_signed_in_and_says_how(huong, draft):
    assert draft.answers["requester"]["name"] == "Nguyễn Thị Hương"
    page = huong.get(f"/khai/{draft.pk}/requester/").content.decode()
    assert "Lấy từ tài khoản của bạn" in page


def test_the_communes_come_after_the_province_without_javascript(huong, draft):
    address = f"/khai/{draft.pk}/case/"
    assert "Phường Ba Đình" not in huong.get(address).content.decode()
    page = huong.post(
        address, {"shown": "office", "office.province": "01", "again": "1"}, follow=True
    )
    assert page.status_code == 200
    assert "Phường Ba Đình" in page.content.decode()
    assert "mc-error" not in page.content.decode()


def test_coming_back_opens_the_first_page_that_is_not_finished(huong, draft):
    fill(huong, f"/khai/{draft.pk}/case/", answers())
    assert huong.get(f"/khai/{draft.pk}/")["Location"] == f"/khai/{draft.pk}/child/"
    assert f"/khai/{draft.pk}/" in huong.get(f"/nop/{BIRTH}/").content.decode()


def test_a_page_opened_from_the_check_page_leads_back_there(huong, draft):
    fill_all(huong, draft)
    address = f"/khai/{draft.pk}/child/?ve=1"
    assert fill(huong, address, answers()) == f"/khai/{draft.pk}/kiem-tra/"


def test_nothing_is_filed_without_the_declaration_or_with_answers_missing(huong, draft):
    check = f"/khai/{draft.pk}/kiem-tra/"
    page = huong.post(check, {"declared": "1"})
    assert page.status_code == 422
    assert 'href="#part-child"' in page.content.decode()
    papers = fill_all(huong, draft)
    huong.post(papers, {"paper": "birth_certificate", "files": [photo()]})
    assert huong.post(check, {}).status_code == 422
    assert not Dossier.objects.exists()


def test_a_place_that_does_not_take_it_online_is_said_where_it_can_be_changed(
    transactional_db, huong, draft
):
    papers = fill_all(huong, draft)
    huong.post(papers, {"paper": "birth_certificate", "files": [photo()]})
    elsewhere = {"shown": "office", "office.province": "46", "office.commune": "19786"}
    huong.post(f"/khai/{draft.pk}/case/?ve=1", elsewhere)
    page = huong.post(f"/khai/{draft.pk}/kiem-tra/", {"declared": "1"})
    assert page.status_code == 409
    assert 'href="#part-case"' in page.content.decode()


def test_a_file_that_is_not_taken_is_named_and_the_good_one_is_kept(transactional_db, huong, draft):
    papers = fill_all(huong, draft)
    bad = SimpleUploadedFile("../../x.svg", b"<svg onload=alert(1)>")
    page = huong.post(papers, {"paper": "birth_certificate", "files": [bad, photo()]})
    assert page.status_code == 422
    assert "x.svg" in page.content.decode()
    draft.refresh_from_db()
    assert len(draft.papers["birth_certificate"]) == 1


def test_a_file_can_be_replaced_and_removed(transactional_db, huong, draft):
    papers = fill_all(huong, draft)
    huong.post(papers, {"paper": "birth_certificate", "files": [photo()]})
    draft.refresh_from_db()
    (old,) = draft.papers["birth_certificate"]
    huong.post(papers, {"paper": "birth_certificate", "instead": old, "files": [photo("new.pdf")]})
    draft.refresh_from_db()
    (new,) = draft.papers["birth_certificate"]
    assert new != old
    huong.post(papers, {"paper": "birth_certificate", "remove": new})
    draft.refresh_from_db()
    assert draft.papers["birth_certificate"] == []
    assert huong.post(papers, {"paper": "birth_certificate"}).status_code == 422
    assert huong.post(papers, {"paper": "no-such", "files": [photo()]}).status_code == 422


def test_papers_of_a_case_one_is_no_longer_in_do_not_stand_in_the_way(huong, draft):
    papers = fill_all(huong, draft)
    huong.post(papers, {"paper": "birth_certificate", "files": [photo()]})
    changed = {"shown": "birth_proof", "birth_proof": "witness"}
    huong.post(f"/khai/{draft.pk}/case/?ve=1", changed)
    huong.post(papers, {"paper": "witness", "files": [photo()]})
    assert huong.post(f"/khai/{draft.pk}/kiem-tra/", {"declared": "1"}).status_code == 302
    assert list(Dossier.objects.get().papers) == ["witness"]


def test_a_draft_can_be_thrown_away_and_is_nobody_elses(huong, draft, client):
    login = {"login": "quan@motcua.example", "passphrase": DEMO_PASSPHRASE}
    other = type(client)()
    other.post("/tai-khoan/dang-nhap/", login)
    assert other.get(f"/khai/{draft.pk}/case/").status_code == 404
    assert other.post(f"/ho-so/nhap/{draft.pk}/bo/").status_code == 404
    assert huong.post(f"/ho-so/nhap/{draft.pk}/bo/").status_code == 302
    assert not Draft.objects.exists()


def test_another_persons_receipt_is_not_found(huong, draft, client):
    papers = fill_all(huong, draft)
    huong.post(papers, {"paper": "birth_certificate", "files": [photo()]})
    receipt = huong.post(f"/khai/{draft.pk}/kiem-tra/", {"declared": "1"})["Location"]
    other = type(client)()
    other.post("/tai-khoan/dang-nhap/", {"login": "quan@motcua.example", "passphrase": DEMO_PASSPHRASE})  # fmt: skip # noqa: E501
    assert other.get(receipt).status_code == 404
    assert other.get(receipt.replace("giay-hen", "giay-hen.pdf")).status_code == 404


def test_a_file_that_was_sent_before_is_named_by_its_id(huong, draft):
    papers = fill_all(huong, draft)
    file = a_file(Actor(draft.applicant), MONDAY)
    for _ in range(2):
        sent = huong.post(papers, {"paper": "birth_certificate", "files": file})
        assert sent.status_code == 302
    draft.refresh_from_db()
    assert draft.papers["birth_certificate"] == [file]


def test_a_file_that_does_not_fit_any_more_is_refused_with_what_is_used(huong, draft):
    papers = fill_all(huong, draft)
    sizes = (80 * 2**20, 20 * 2**20 + 1)
    first, second = (a_file_of(size, Actor(draft.applicant)) for size in sizes)
    huong.post(papers, {"paper": "birth_certificate", "files": first})
    page = huong.post(papers, {"paper": "birth_certificate", "files": second})
    assert page.status_code == 422
    told = page.content.decode()
    assert "tối đa là 100 MB, đã dùng 80 MB" in told
    assert "giay.pdf: " in told


def test_pages_lead_to_what_changed_and_to_what_is_right_instead(huong, tmp_path):
    publish_folder(LITTLE, by=SYSTEM, at=MONDAY)
    cache.clear()
    here = huong.post("/nop/9.000001/bat-dau/").headers["Location"]
    strict = changed(tmp_path, procedure=ONLY_ADULTS)
    assert strict.eligibility
    page = huong.get(here, follow=True)
    assert "thay-doi" in page.redirect_chain[-1][0]
    assert huong.post(f"{here}thay-doi/").status_code == 302
    posted = {
        "shown": "office full_name copies",
        "office.province": "01",
        "office.commune": "00004",
        "full_name": "Lan",
        "copies": "6",
    }
    answer = huong.post(f"{here}case/", posted)
    assert answer.headers["Location"].endswith("/khong-phu-hop/")
    told = huong.get(answer.headers["Location"]).content.decode()
    assert "Nhiều quá." in told
    assert "Ghé quầy." in told
    huong.post(f"{here}case/", posted | {"copies": "2"})
    assert huong.get(f"{here}khong-phu-hop/").status_code == 302


def test_a_page_that_the_form_does_not_have_takes_no_answers(huong, draft):
    assert huong.post(f"/khai/{draft.pk}/no-such/", {"child_name": "Minh"}).status_code == 404
