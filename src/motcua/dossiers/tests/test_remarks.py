"""What officials note on a dossier: papers checked, places marked, words for colleagues."""

from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from motcua.backbone.models import Entry
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.operations.moving import NoSuchDossier
from motcua.dossiers.operations.remarks import (
    Finding,
    MarkAskedAbout,
    NoSuchMark,
    RemarkNeeded,
    UnknownPaper,
    WordsNeeded,
    check_paper,
    mark_paper,
    remove_mark,
    write_note,
)
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.queries.noted import marks_asked_about, remarks_of
from motcua.dossiers.rules.access import NotYourStep, OwnDossier
from motcua.dossiers.rules.lifecycle import Step, StepNotAllowed
from motcua.dossiers.rules.remarks import WHOLE, Box, SeenAs, Verdict, mentioned
from motcua.dossiers.tests.conftest import MONDAY, answers, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.files.operations.keeping import keep_upload
from motcua.notices.queries.mine import unread

DESK = "/ban-lam-viec/"
WRONG = Finding(Verdict.WRONG, SeenAs.COPY, "Mờ, không đọc được số")


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def code(counter):
    return counter.file().code


@pytest.fixture
def clerk(counter):
    return counter.actor("clerk")


def file_of(code, by):
    return dossier(code, by=by, at=MONDAY).papers["proof"][0]


def test_a_paper_is_checked_and_checked_again(counter, code, clerk):
    check_paper(code, "proof", WRONG, by=clerk, at=MONDAY)
    check_paper(code, "proof", Finding(Verdict.OK, SeenAs.ORIGINAL), by=clerk, at=MONDAY)
    (found,) = remarks_of(code, by=clerk).checks.values()
    assert (found.verdict, found.seen_as, found.by_name) == (
        Verdict.OK,
        SeenAs.ORIGINAL,
        "Cán bộ clerk",
    )
    with refused(UnknownPaper):
        check_paper(code, "khong-co", WRONG, by=clerk, at=MONDAY)
    with refused(RemarkNeeded):
        check_paper(code, "proof", Finding(Verdict.WRONG), by=clerk, at=MONDAY)


def test_only_the_agency_at_work_notes_anything_and_nobody_on_their_own(counter, code):
    with refused(NoSuchDossier):
        check_paper(code, "proof", WRONG, by=counter.actor("stranger"), at=MONDAY)
    with refused(NotYourStep):
        check_paper(code, "proof", WRONG, by=counter.actor("lan"), at=MONDAY)
    own = counter.file(by="clerk").code
    with refused(OwnDossier):
        write_note(own, "Của tôi", by=counter.actor("clerk"), at=MONDAY)
    assert remarks_of(code, by=counter.actor("lan")).notes == ()


def test_a_mark_is_put_on_a_file_and_taken_away(counter, code, clerk):
    file, box = file_of(code, clerk), Box.within(1, 100, 200, 300, 50)
    mark = mark_paper(code, file, box, "Thiếu dấu giáp lai", by=clerk, at=MONDAY)
    (seen,) = remarks_of(code, by=clerk).marks
    assert (seen.paper, seen.left, seen.words) == ("proof", 100, "Thiếu dấu giáp lai")
    with refused(UnknownPaper):
        mark_paper(code, "0190a000-0000-7000-8000-000000000000", box, "x", by=clerk, at=MONDAY)
    for wrong in (" ", "x" * 301):
        with refused(WordsNeeded):
            mark_paper(code, file, box, wrong, by=clerk, at=MONDAY)
    remove_mark(code, mark, by=clerk, at=MONDAY)
    with refused(NoSuchMark):
        remove_mark(code, mark, by=clerk, at=MONDAY)


def test_the_applicant_sees_a_mark_once_the_paper_is_asked_for(counter, code, clerk):
    lan = counter.actor("lan")
    mark_paper(code, file_of(code, clerk), Box(), "Chụp lại cả trang", by=clerk, at=MONDAY)
    assert marks_asked_about(code, by=lan) == ()
    counter.walk(code, Step.ASK_SUPPLEMENT)
    assert [mark.words for mark in marks_asked_about(code, by=lan)] == ["Chụp lại cả trang"]
    assert marks_asked_about(code, by=counter.actor("nam")) == ()
    assert "Chụp lại cả trang" in text_of(counter.client("lan").get(f"/ho-so/{code}/bo-sung/"))


def test_a_mark_the_applicant_is_asked_about_stays_and_none_goes_without_a_trace(
    counter, code, clerk
):
    file, later = file_of(code, clerk), MONDAY + timedelta(hours=1)
    early = mark_paper(code, file, Box(), "Chụp lại cả trang", by=clerk, at=MONDAY)
    counter.walk(code, Step.ASK_SUPPLEMENT)
    for who in ("specialist", "clerk"):
        with refused(MarkAskedAbout):
            remove_mark(code, early, by=counter.actor(who), at=later)
    mine = mark_paper(code, file, Box(), "Nhầm trang", by=clerk, at=later)
    with refused(MarkAskedAbout):
        remove_mark(code, mine, by=counter.actor("specialist"), at=later)
    remove_mark(code, mine, by=clerk, at=later)
    gone = Entry.objects.get(name="dossiers.mark-removed")
    assert (gone.facts["words"], gone.facts["author"], gone.by) == (
        "Nhầm trang",
        clerk.id,
        clerk.id,
    )
    told = counter.client("clerk").post(f"{DESK}{code}/danh-dau/{file}/", {"xoa": str(early)})
    assert told.status_code == 409
    assert "Chụp lại cả trang" in text_of(told)


def test_what_led_to_the_end_of_a_dossier_is_not_found_otherwise_after_it(counter, code, clerk):
    check_paper(code, "proof", WRONG, by=clerk, at=MONDAY)
    checked = Entry.objects.get(name="dossiers.paper-checked")
    assert checked.facts["remark"] == WRONG.remark
    counter.walk(code, Step.REFUSE)
    with refused(StepNotAllowed):
        check_paper(code, "proof", Finding(Verdict.OK), by=clerk, at=MONDAY)
    assert remarks_of(code, by=clerk).checks["proof"].verdict is Verdict.WRONG


def test_a_page_that_the_file_does_not_have_is_not_marked(counter, code, clerk):
    with refused(UnknownPaper):
        mark_paper(code, file_of(code, clerk), Box(page=99), "Mờ", by=clerk, at=MONDAY)


def test_a_colleague_named_in_a_note_is_told_once_and_nobody_else(counter, code, clerk, work):
    text = "Nhờ @Can bo specialist xem giúp; @Trần Văn Nam không phải đồng nghiệp. @Cán bộ clerk"
    write_note(code, text, by=clerk, at=MONDAY)
    work()
    told = {name: unread(by=counter.actor(name)) for name in counter.people}
    assert {name for name, many in told.items() if many} == {"specialist"}
    (note,) = remarks_of(code, by=counter.actor("leader")).notes
    assert note.text == text


def test_who_is_meant_is_found_however_it_is_typed():
    people = {"1": "Lê Văn Bình", "2": "Lê Văn", "3": "Trần An", "4": ""}
    assert mentioned("@Lê Văn Bình ơi", people) == {"1", "2"}
    assert mentioned("hỏi @tran an.", people) == {"3"}
    assert mentioned("Trần An; @Trần Anh", people) == frozenset()


@given(st.tuples(*[st.integers(-50, 2000)] * 5))
def test_a_box_never_leaves_its_page(numbers):
    box = Box.within(*numbers)
    assert box.page >= 1
    assert 0 <= box.left <= box.left + box.width <= WHOLE
    assert 0 <= box.top <= box.top + box.height <= WHOLE
    assert bool(box.width) == bool(box.height)


def test_one_press_asks_for_what_was_found_wrong(counter, code, clerk):
    browser = counter.client("clerk")
    there = f"{DESK}{code}/?ds=xem%3Dnew"
    typed = {"giay": "proof", "da-xem": "copy", "ket-luan": "wrong", "ds": "xem=new"}
    bare = browser.post(f"{DESK}{code}/kiem-tra/", typed, follow=True)
    assert "sai ở đâu" in text_of(bare)
    answer = browser.post(f"{DESK}{code}/kiem-tra/", typed | {"loi": "Ảnh mờ"})
    assert answer["Location"] == f"{there}#kiem-tra"
    mark_paper(code, file_of(code, clerk), Box(), "Góc phải bị cắt", by=clerk, at=MONDAY)
    page = browser.get(f"{DESK}{code}/yeu-cau-bo-sung/")
    check_shape(page)
    assert "Ảnh mờ; Góc phải bị cắt" in page.content.decode()
    assert 'value="proof" checked' in page.content.decode()
    assert browser.post(f"{DESK}{code}/kiem-tra/", {"ket-luan": "x"}).status_code == 404


def test_notes_and_marks_by_their_pages(counter, code, clerk):
    browser, file = counter.client("clerk"), file_of(code, clerk)
    noted = browser.post(f"{DESK}{code}/ghi-chu/", {"loi": "Đã gọi điện"}, follow=True)
    check_shape(noted)
    assert "Đã gọi điện" in text_of(noted)
    assert "Hãy viết" in text_of(browser.post(f"{DESK}{code}/ghi-chu/", {}, follow=True))
    there = f"{DESK}{code}/danh-dau/{file}/"
    check_shape(browser.get(there))
    assert browser.post(there, {"loi": ""}).status_code == 422
    browser.post(there, {"loi": "Sai ngày", "trai": "10", "tren": "20", "rong": "30", "cao": "5"})
    (mark,) = remarks_of(code, by=clerk).marks
    assert (mark.left, mark.top, mark.width, mark.height) == (100, 200, 300, 50)
    assert "Sai ngày" in text_of(browser.get(f"{DESK}{code}/"))
    browser.post(there, {"xoa": str(mark.id)})
    assert remarks_of(code, by=clerk).marks == ()
    nothing = f"{DESK}{code}/danh-dau/0190a000-0000-7000-8000-000000000000/"
    assert browser.get(nothing).status_code == 404
    assert counter.client("stranger").post(there, {"loi": "x"}).status_code == 404


def test_words_on_a_picture_are_said_once(counter, clerk):
    lan, photo = counter.actor("lan"), BytesIO()
    Image.new("RGB", (60, 40), "red").save(photo, "JPEG")
    papers = {"proof": [keep_upload(photo.getvalue(), "anh.jpg", by=lan, at=MONDAY).id]}
    filing = Filing(counter.definition, answers(), papers, "test", "picture")
    code = file_dossier(filing, by=lan, at=MONDAY).code
    mark_paper(code, papers["proof"][0], Box(1, 1, 1, 9, 9), "Góc bị cắt", by=clerk, at=MONDAY)
    counter.walk(code, Step.ASK_SUPPLEMENT)
    page = counter.client("lan").get(f"/ho-so/{code}/bo-sung/")
    check_shape(page)
    assert text_of(page).count("Góc bị cắt") == 1
