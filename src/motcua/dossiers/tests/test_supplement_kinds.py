"""A supplement asks for and takes every kind of answer: files, rows, a place, a signature."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import NotThisPaper, answer_supplement, attach_answer
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY, PDF, SYSTEM, a_file, refused
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of
from motcua.files.operations.keeping import keep_upload
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.packs import pack

FIELDS = ["photos", "goods", "children", "place", "sign"]
LEFT_OUT = {"lacking": "proof", "why-proof": "Tôi đã nộp bản rõ nhất tôi có."}
TYPED = {
    "shown": " ".join(FIELDS),
    "goods.rows": "1",
    "goods.0.item": "Rau muống",
    "goods.0.pieces": "5",
    "children.rows": "1",
    "children.0.name": "Trần Bảo",
    "place.lat": "21,0285",
    "place.lng": "105,8542",
    "sign.name": "Lan",
    "sign.strokes": "M5 6L70 8",
    **LEFT_OUT,
}


def photo():
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "JPEG")
    return drawn.getvalue()


@pytest.fixture
def counter(ward):
    folder = Path(__file__).parent / "packs" / "9.000003"
    return Counter(pack(publish_folder(folder, by=SYSTEM, at=MONDAY).version)).open()


@pytest.fixture
def first(counter):
    return a_file(counter.actor("lan"))


@pytest.fixture
def code(counter, first):
    """A dossier with answers of every kind, all of which are asked for again."""
    return filed(counter, first, FIELDS)


def filed(counter, file, fields):
    lan = counter.actor("lan")
    answers = {
        "office": {"province": "01", "commune": "00004"},
        "full_name": "Nguyễn Thị Lan",
        "married": False,
        "photos": [file],
        "goods": [{"item": "Cá kho", "pieces": 2}],
        "sign": {"strokes": "M1 2L30 40", "name": "Lan"},
    }
    filing = Filing(counter.definition, answers, {"proof": [a_file(lan)]}, "test", "1")
    code = file_dossier(filing, by=lan, at=MONDAY).code
    asked = {"papers": ["proof"], "fields": fields}
    clerk = counter.actor("clerk")
    take_step(code, Step.ASK_SUPPLEMENT, by=clerk, at=MONDAY, reason=WHY, details=asked)
    return code


def see(counter, code):
    return dossier(code, by=counter.actor("lan"), at=MONDAY)


def test_every_kind_is_asked_answered_and_kept(counter, code, first):
    lan, address = counter.client("lan"), f"/ho-so/{code}/bo-sung/"
    page = lan.get(address)
    check_shape(page)
    assert "data-form" in page.content.decode()
    assert "expressions.js" not in page.content.decode()
    new = SimpleUploadedFile("moi.pdf", PDF, "application/pdf")
    sent = lan.post(address, {**TYPED, "photos": [first, new], "send": "1"})
    assert sent["Location"] == f"/ho-so/{code}/"
    view = see(counter, code)
    assert view.state is State.NEW
    assert view.answers["goods"] == [{"item": "Rau muống", "pieces": 5}]
    assert view.answers["children"] == [{"name": "Trần Bảo"}]
    assert view.answers["place"] == {"lat": 21.0285, "lng": 105.8542}
    assert view.answers["sign"]["strokes"] == "M5 6L70 8"
    assert view.answers["photos"][0] == first
    desk = counter.client("clerk").get(f"/ban-lam-viec/{code}/?giay=photos")
    check_shape(desk)
    assert "moi.pdf" in text_of(desk)
    for file in view.answers["photos"]:
        assert counter.client("clerk").get(f"/ho-so/{code}/tep/{file}/").status_code == 200
        assert counter.client("stranger").get(f"/ho-so/{code}/tep/{file}/").status_code == 404


def test_a_file_that_is_replaced_stays_in_the_history(counter, code, first):
    new = a_file(counter.actor("lan"))
    sent = {**TYPED, "photos": [new], "send": "1"}
    assert counter.client("lan").post(f"/ho-so/{code}/bo-sung/", sent).status_code == 302
    view = see(counter, code)
    assert view.answers["photos"] == [new]
    assert view.history[-1].details["replaced"] == [first]
    assert counter.client("clerk").get(f"/ho-so/{code}/tep/{first}/").status_code == 200


def test_a_row_is_added_once_and_what_was_typed_stays(counter, code, first):
    lan, address = counter.client("lan"), f"/ho-so/{code}/bo-sung/"
    answer = lan.post(address, {**TYPED, "photos": first, "add": "goods", "note": "Xin gửi."})
    assert answer["Location"] == address
    page = lan.get(address).content.decode()
    for kept in (
        "Rau muống",
        "Trần Bảo",
        "21.0285",
        "M5 6L70 8",
        "Xin gửi.",
        'name="goods.1.item"',
    ):
        assert kept in page
    assert page.count("autofocus") == 1
    assert 'name="goods.2.item"' not in lan.get(address).content.decode()


def test_what_is_wrong_is_told_at_its_place_and_nothing_typed_is_lost(counter, code, first):
    wrong = {**TYPED, "goods.0.pieces": "nhiều", "place.lat": "200", "photos": first, "send": "1"}
    page = counter.client("lan").post(f"/ho-so/{code}/bo-sung/", wrong)
    assert page.status_code == 422
    check_shape(page)
    text = page.content.decode()
    for kept in ('href="#goods.0.pieces"', 'value="nhiều"', "M5 6L70 8", "Trần Bảo", first):
        assert kept in text
    assert see(counter, code).state is State.SUPPLEMENT


@pytest.mark.parametrize("by_script", [True, False])
def test_a_question_refuses_what_it_does_not_take(counter, code, first, by_script):
    lan, address = counter.client("lan"), f"/ho-so/{code}/bo-sung/"
    kept = keep_upload(photo(), "anh.jpg", by=counter.actor("lan"), at=MONDAY).id
    bad = kept if by_script else SimpleUploadedFile("anh.jpg", photo(), "image/jpeg")
    answer = lan.post(address, {**TYPED, "photos": [first, bad], "send": "1"}, follow=True)
    assert "Câu hỏi này không nhận" in text_of(answer)
    assert "Rau muống" in answer.content.decode()
    assert see(counter, code).answers["photos"] == [first]


def test_another_s_file_is_no_answer(counter, code, first):
    his = a_file(counter.actor("nam"))
    sent = {**TYPED, "photos": [first, his], "send": "1"}
    counter.client("lan").post(f"/ho-so/{code}/bo-sung/", sent)
    assert see(counter, code).answers["photos"] == [first]


def test_a_paper_takes_only_the_kinds_of_file_it_names(counter, code):
    lan = counter.actor("lan")
    picture = keep_upload(photo(), "anh.jpg", by=lan, at=MONDAY).id
    with refused(NotThisPaper):
        attach_answer(code, "proof", picture, by=lan, at=MONDAY)
    page = counter.client("lan").post(
        f"/ho-so/{code}/bo-sung/", {"file-proof": picture, "add": "proof"}, follow=True
    )
    assert "Giấy tờ này không gửi được" in text_of(page)


def test_what_a_corrected_answer_newly_asks_can_be_answered(counter, first):
    code = filed(counter, first, ["married"])
    lan, address = counter.client("lan"), f"/ho-so/{code}/bo-sung/"
    sent = {"shown": "married", "married": "yes", "send": "1", **LEFT_OUT}
    page = lan.post(address, sent)
    assert page.status_code == 422
    assert 'href="#spouse"' in page.content.decode()
    sent |= {"shown": "married spouse", "spouse": "Trần Nam"}
    assert lan.post(address, sent).status_code == 302
    assert see(counter, code).answers["spouse"] == "Trần Nam"


def test_searchable_rows_that_are_corrected_change_what_is_found(counter, code):
    lan = counter.actor("lan")
    answer_supplement(code, {"children": [{"name": "Bảo Châu"}]}, by=lan, at=MONDAY)
    found = counter.client("clerk").get("/ban-lam-viec/", {"tim": "bao chau"})
    assert code in text_of(found)
