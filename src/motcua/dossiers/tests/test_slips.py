"""The papers of the one-stop desk: each says what its step said, to those whom it concerns."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from motcua.agencies.queries.agencies import agency
from motcua.backbone.models import Look
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.handovers import hand_over
from motcua.dossiers.operations.opinions import View, ask_opinion, give_opinion, recall_opinion
from motcua.dossiers.operations.reappointing import reappoint
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.transferring import transfer
from motcua.dossiers.queries.book import AfterLine, tracking_book
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.queries.slips import Kind, slips_of
from motcua.dossiers.rules.clock import Timing
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER, SYSTEM, official
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.kernel.actors import Role
from motcua.kernel.worktime import Limit, Unit

WHY = "Trang 2 của giấy tờ bị mờ, không đọc được số."
DAY = timedelta(days=1)


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def words_of(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    pages = PdfReader(BytesIO(answer.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def asked(counter):
    code = counter.file().code
    details = {"papers": ["proof"], "fields": ["full_name"]}
    take_step(
        code,
        Step.ASK_SUPPLEMENT,
        by=counter.actor("clerk"),
        at=MONDAY,
        reason=WHY,
        details=details,
    )
    return code


def test_a_request_for_supplement_is_a_paper_that_names_what_and_why(counter):
    code = asked(counter)
    for who in ("clerk", "lan"):
        paper = words_of(counter.client(who).get(f"/ho-so/{code}/giay/bo-sung-1.pdf/"))
        assert "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ" in paper
        assert WHY in paper
        assert code in paper
    assert (
        f"/ho-so/{code}/giay/bo-sung-1.pdf/"
        in counter.client("lan").get(f"/ho-so/{code}/").content.decode()
    )


def test_what_was_typed_is_never_read_as_markup(counter):
    code = counter.file().code
    nasty = '#read("/etc/passwd") *đậm* $x$ <a> @b `c` \\ #panic()'
    clerk = counter.actor("clerk")
    take_step(code, Step.REFUSE, by=clerk, at=MONDAY, reason=nasty)
    paper = words_of(counter.client("lan").get(f"/ho-so/{code}/giay/tu-choi-1.pdf/"))
    assert "".join(nasty.split()) in "".join(paper.split())


def test_an_apology_says_both_times(counter):
    code = counter.file().code
    clerk = counter.actor("clerk")
    take_step(code, Step.ACCEPT, by=clerk, at=MONDAY)
    due = dossier(code, by=clerk, at=MONDAY).due_at
    later = (due.astimezone(MONDAY.tzinfo) + 7 * DAY).replace(hour=16)
    reappoint(code, later, reason=WHY, by=clerk, at=MONDAY)
    page = counter.client("clerk").get(f"/ban-lam-viec/{code}/").content.decode()
    assert re.search(r" · <a [^>]*xin-loi-1[^>]*>khổ giấy A5", page)
    paper = words_of(counter.client("lan").get(f"/ho-so/{code}/giay/xin-loi-1.pdf/"))
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in paper
    for each in (due, later):
        assert f"ngày {each:%d} tháng {each:%m} năm {each:%Y}" in paper
    assert f"Mã hồ sơ: {code}" in paper
    assert "Số: 261102-0001/XLHL" in paper
    assert paper.replace(" ", "").count("ông/bà/tổchức") == 3
    assert "bạn" not in paper


@pytest.mark.parametrize(
    "name", ["bo-sung-2", "bo-sung-0", "bo-sung", "kiem-soat-1", "bo-sung-9999", "xin-loi-1"]
)
def test_a_paper_that_is_not_there_is_not_found(counter, name):
    code = asked(counter)
    assert counter.client("lan").get(f"/ho-so/{code}/giay/{name}.pdf/").status_code == 404


def test_nobody_else_has_a_dossier_s_papers(counter):
    code = asked(counter)
    for who in ("nam", "stranger"):
        assert counter.client(who).get(f"/ho-so/{code}/giay/bo-sung-1.pdf/").status_code == 404
    assert counter.client("stranger").get(f"/ban-lam-viec/{code}/kiem-soat.pdf/").status_code == 404
    assert counter.client("lan").get(f"/ban-lam-viec/{code}/kiem-soat.pdf/").status_code == 403


def test_the_control_slip_tells_every_hand_and_the_look_is_written_down(counter):
    code = counter.file().code
    take_step(code, Step.ACCEPT, by=counter.actor("clerk"), at=MONDAY)
    take_step(code, Step.FORWARD, by=counter.actor("clerk"), at=MONDAY)
    paper = words_of(counter.client("clerk").get(f"/ban-lam-viec/{code}/kiem-soat.pdf/"))
    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ" in paper
    assert counter.actor("clerk").name in paper
    for column in ("Tên cơ quan, bộ phận", "Thời gian giao, nhận hồ sơ", "Bên giao", "Bên nhận"):
        assert column in paper
    assert "Cơ quan phối hợp giải quyết hồ sơ:" in paper
    assert f"giờ {MONDAY:%M} phút, ngày {MONDAY:%d} tháng {MONDAY:%m}" in paper
    assert Look.objects.filter(reference=code).exists()


def test_the_control_slip_and_the_case_say_who_was_asked_and_is_asked_no_longer(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    by, two = counter.actor("specialist"), Limit(Decimal(2), Unit.WORKING_DAYS)
    ids = [ask_opinion(code, OTHER, WHY, [], two, by=by, at=MONDAY)]
    recall_opinion(ids[0], by=by, at=MONDAY + DAY)
    ids.append(ask_opinion(code, OTHER, WHY, [], two, by=by, at=MONDAY + DAY))
    name = agency(OTHER).name
    paper = words_of(counter.client("clerk").get(f"/ban-lam-viec/{code}/kiem-soat.pdf/"))
    assert f"{name} (đã rút yêu cầu lúc" in paper
    assert f"; {name} (chưa trả lời)" in paper
    case = text_of(counter.client("specialist").get(f"/ban-lam-viec/{code}/"))
    assert f"Đã rút yêu cầu lấy ý kiến ({name})" in case
    assert f"Không hỏi nữa: {name}." in text_of(counter.client("lan").get(f"/ho-so/{code}/"))
    give_opinion(ids[1], WHY, View.AGREES, by=official(Role.SPECIALIST, OTHER), at=MONDAY + DAY)
    paper = words_of(counter.client("clerk").get(f"/ban-lam-viec/{code}/kiem-soat.pdf/"))
    assert f"; {name} (đã trả lời lúc" in paper


FORM_01 = [
    "Số: 261102-0001/TNHS",
    "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    "Mã hồ sơ:",
    "Tiếp nhận hồ sơ của:",
    "Địa chỉ:",
    "Số điện thoại:",
    "Nội dung yêu cầu giải quyết:",
    "1. Thành phần hồ sơ nộp gồm:",
    "2. Số lượng hồ sơ:",
    "3. Thời gian giải quyết hồ sơ theo quy định là:",
    "4. Thời gian nhận hồ sơ:",
    "5. Thời gian trả kết quả giải quyết hồ sơ:",
    "6. Đăng ký nhận kết quả tại:",
    "Vào Sổ theo dõi hồ sơ, Quyển số:",
    "NGƯỜI NỘP HỒ SƠ",
    "NGƯỜI TIẾP NHẬN HỒ SƠ",
]
"""What form 01 of Circular 01/2018/TT-VPCP says, in its order."""


@pytest.mark.parametrize(("channel", "copies"), [(1, 2), (2, 1), (3, 2)])
def test_the_receipt_has_the_lines_of_its_form_in_order_and_two_copies_on_paper(
    counter, channel, copies
):
    code = counter.file().code
    Dossier.objects.filter(code=code).update(channel=channel)
    answer = counter.client("lan").get(f"/ho-so/{code}/giay-hen.pdf/")
    pages = PdfReader(BytesIO(answer.content)).pages
    assert len(pages) == copies
    for number, page in enumerate(pages, start=1):
        text = " ".join(page.extract_text().split())
        places = [text.find(line) for line in FORM_01]
        assert -1 not in places, FORM_01[places.index(-1)]
        assert places == sorted(places)
        assert (f"Liên {number}:" in text) == (copies == 2)


def test_papers_of_a_dossier_are_listed_the_latest_first(counter):
    code = asked(counter)
    view = dossier(code, by=counter.actor("clerk"), at=MONDAY)
    assert [(ref.kind, ref.number) for ref in slips_of(view)] == [(Kind.SUPPLEMENT, 1)]


def test_the_book_has_what_came_in_those_days_in_its_order(counter, django_assert_num_queries):
    codes = [counter.file().code for _ in range(3)]
    clerk = counter.actor("clerk")
    take_step(codes[0], Step.ACCEPT, by=clerk, at=MONDAY)
    take_step(codes[0], Step.FORWARD, by=clerk, at=MONDAY + timedelta(hours=1))
    with django_assert_num_queries(2):
        book = tracking_book(since=MONDAY - DAY, until=MONDAY + DAY, limit=9, by=clerk)
    assert [line.code for line in book] == codes
    assert book[0].forwarded_at == MONDAY + timedelta(hours=1)
    rest = tracking_book(
        since=MONDAY - DAY,
        until=MONDAY + DAY,
        after=AfterLine(book[0].came_at, book[0].id),
        limit=9,
        by=clerk,
    )
    assert [line.code for line in rest] == codes[1:]
    assert not tracking_book(since=MONDAY + DAY, until=MONDAY + 2 * DAY, limit=9, by=clerk)
    assert not tracking_book(since=MONDAY - DAY, until=MONDAY + DAY, limit=9, by=SYSTEM)


def test_a_dossier_passed_on_stays_in_the_old_agency_s_book_without_its_later_way(counter):
    code, clerk = counter.file().code, counter.actor("clerk")
    transfer(code, OTHER, reason=WHY, by=clerk, at=MONDAY)
    (line,) = tracking_book(since=MONDAY - DAY, until=MONDAY + DAY, limit=9, by=clerk)
    assert (line.code, line.elsewhere, line.done_at) == (code, True, None)


def test_the_book_times_whatever_settled_a_dossier(counter):
    clerk, leader = counter.actor("clerk"), counter.actor("leader")
    refused_, withdrawn, open_, again = (counter.file().code for _ in range(4))
    for code in (refused_, again):
        take_step(code, Step.REFUSE, by=clerk, at=MONDAY, reason=WHY)
    take_step(withdrawn, Step.WITHDRAW, by=counter.actor("lan"), at=MONDAY + 30 * DAY)
    reopen(again, reason=WHY, by=leader, at=MONDAY + timedelta(hours=1))
    book = tracking_book(since=MONDAY - DAY, until=MONDAY + DAY, limit=9, by=clerk)
    assert [(x.code, x.stands, x.done_at) for x in book] == [
        (refused_, Timing.EARLY, None),
        (withdrawn, Timing.LATE, None),
        (open_, None, None),
        (again, Timing.EARLY, None),
        (again, None, None),
    ]
    days = {"tu": "2026-11-01", "den": "2026-11-30"}
    desk = counter.client("clerk")
    assert "Không được tiếp nhận Trước hạn" in text_of(desk.get("/ban-lam-viec/so-theo-doi/", days))
    assert "Trước hạn" in words_of(desk.get("/ban-lam-viec/so-theo-doi.pdf/", days))


def test_what_came_in_again_changes_nothing_in_the_book_s_first_entry(counter):
    clerk, code = counter.actor("clerk"), counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
    days = {"since": MONDAY - DAY, "until": MONDAY + 30 * DAY}
    (before,) = tracking_book(**days, limit=9, by=clerk)
    assert before.done_at == MONDAY
    assert before.stands is Timing.EARLY
    reopen(code, reason=WHY, by=counter.actor("leader"), at=MONDAY + 7 * DAY)
    first, second = tracking_book(**days, limit=9, by=clerk)
    assert first == before
    assert (second.done_at, second.stands, second.forwarded_at) == (None, None, None)
    assert second.due_at > first.due_at
    transfer(code, OTHER, reason=WHY, by=counter.actor("leader"), at=MONDAY + 8 * DAY)
    first, second = tracking_book(**days, limit=9, by=clerk)
    assert (first, second.elsewhere) == (before, True)


def test_the_book_s_page_and_paper(counter):
    code = counter.file().code
    clerk = counter.client("clerk")
    days = {"tu": "2026-11-01", "den": "2026-11-30"}
    page = clerk.get("/ban-lam-viec/so-theo-doi/", days)
    check_shape(page)
    assert code in text_of(page)
    assert code in words_of(clerk.get("/ban-lam-viec/so-theo-doi.pdf/", days)).replace(" ", "")
    check_shape(clerk.get("/ban-lam-viec/so-theo-doi/", {"tu": "2020-01-01", "den": "2020-01-02"}))
    for wrong in ({"tu": "x"}, {"tu": "2026-02-02", "den": "2026-02-01"}, {"tu": "0001-01-01"}):
        assert 'role="alert"' in clerk.get("/ban-lam-viec/so-theo-doi/", wrong).content.decode()
    assert counter.client("lan").get("/ban-lam-viec/so-theo-doi/").status_code == 403


def test_a_hand_over_list_is_a_paper_with_both_names(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    clerk, specialist = counter.actor("clerk"), counter.actor("specialist")
    made = hand_over([code], specialist.id, by=clerk, at=MONDAY)
    path = f"/ban-lam-viec/ban-giao/{made}.pdf/"
    paper = words_of(counter.client("clerk").get(path))
    assert "DANH SÁCH BÀN GIAO HỒ SƠ" in paper
    assert clerk.name in paper
    assert specialist.name in paper
    assert counter.client("stranger").get(path).status_code == 404
    assert counter.client("lan").get(path).status_code == 403
