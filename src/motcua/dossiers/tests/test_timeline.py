"""The time line says in plain words what happened, who has it, by when, and what to do."""

from datetime import timedelta

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.asking import answer, ask
from motcua.dossiers.operations.charging import BillLine, ask_payment
from motcua.dossiers.operations.reappointing import reappoint
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement
from motcua.dossiers.operations.transferring import transfer
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.queries.questions import questions_on
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of
from motcua.dossiers.web.timeline import doors_of, doors_with_questions
from motcua.kernel.money import Dong
from motcua.packs.queries.packs import pack

DAY = timedelta(days=1)


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def line(counter, code, at=MONDAY):
    view = dossier(code, by=counter.actor("lan"), at=at)
    return doors_of(view, pack(view.pack))


def said(door):
    return " ".join((door.title, door.text, *door.notes, door.said))


def test_a_wait_says_how_long_the_clock_stood_still_and_where_the_promise_went(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.ASK_SUPPLEMENT)
    now = next(door for door in line(counter, code) if door.state == "now")
    assert now.title == "Bạn bổ sung hồ sơ"
    assert "Hãy làm trước" in said(now)
    lan = counter.actor("lan")
    answer_supplement(code, {"full_name": "Nguyễn Thị Lan Anh"}, by=lan, at=MONDAY + 3 * DAY)
    supplied = [door for door in line(counter, code) if door.state == "done"][-1]
    assert "Dừng 3 ngày chờ bạn bổ sung" in said(supplied)
    assert "Hẹn trả dời từ" in said(supplied)


def test_the_stage_in_which_the_applicant_is_waited_for_is_still_to_come(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    doors = line(counter, code)
    now = next(door.title for door in doors if door.state == "now")
    before = [door.title for door in doors if door.state == "next"]
    take_step(
        code,
        Step.ASK_SUPPLEMENT,
        by=counter.actor("specialist"),
        at=MONDAY,
        reason=WHY,
        details={"fields": ["full_name"], "papers": []},
    )
    waiting = [door.title for door in line(counter, code) if door.state == "next"]
    assert waiting == [now, *before]


def test_what_the_desk_did_already_is_not_still_to_come_while_a_fee_is_awaited(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT)
    before = [door.title for door in line(counter, code) if door.state == "next"]
    fee = BillLine("Phí thẩm định", Dong(5_000), "", "Thông tư 1/2020/TT-BTC")
    ask_payment(code, [fee], reason=WHY, by=counter.actor("clerk"), at=MONDAY)
    waiting = [door.title for door in line(counter, code) if door.state == "next"]
    assert waiting == before


def test_a_wait_of_an_hour_is_told_in_hours(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.ASK_SUPPLEMENT)
    lan = counter.actor("lan")
    later = MONDAY + timedelta(hours=1)
    answer_supplement(code, {"full_name": "Nguyễn Thị Lan Anh"}, by=lan, at=later)
    assert "Dừng 1 giờ" in said([d for d in line(counter, code) if d.state == "done"][-1])


def test_a_new_appointment_comes_with_the_apology_and_its_reason(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    due = Dossier.objects.get(code=code).due_at
    leader = counter.actor("leader")
    reappoint(code, due + DAY, reason=WHY, by=leader, at=MONDAY)
    past = line(counter, code)
    last = [door for door in past if door.state == "done"][-1]
    assert "Cơ quan xin lỗi và hẹn lại" in said(last)
    assert WHY in said(last)


def test_a_second_appointment_is_told_to_count_as_late(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    leader = counter.actor("leader")
    due = Dossier.objects.get(code=code).due_at
    for days in (7, 14):
        reappoint(code, due + days * DAY, reason=WHY, by=leader, at=MONDAY)
    now = next(door for door in line(counter, code) if door.state == "now")
    assert "hẹn lại hai lần" in said(now)


def test_a_transfer_names_the_agency_that_has_it_now(counter):
    code = counter.file().code
    transfer(code, OTHER, reason=WHY, by=counter.actor("clerk"), at=MONDAY)
    last = [door for door in line(counter, code) if door.state == "done"][-1]
    assert "Nay do Ủy ban nhân dân 00008" in said(last)


def test_an_approval_says_whether_it_was_in_time_and_opening_again_starts_anew(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
    past = [door for door in line(counter, code) if door.state == "done"]
    assert "ngày hẹn" in said(past[-1])
    leader = counter.actor("leader")
    reopen(code, reason=WHY, by=leader, at=MONDAY + 9 * DAY)
    past = [door for door in line(counter, code) if door.state == "done"]
    assert "Thời hạn tính lại từ đầu" in said(past[-1])
    late = MONDAY + 60 * DAY
    for step, who in ((Step.PROPOSE, "specialist"), (Step.APPROVE, "leader")):
        take_step(code, step, by=counter.actor(who), at=late)
    assert "Sau ngày hẹn" in said([d for d in line(counter, code) if d.state == "done"][-1])


def test_what_was_put_off_twice_is_not_told_to_be_in_time(counter):
    code, leader = counter.file().code, counter.actor("leader")
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    due = Dossier.objects.get(code=code).due_at
    for days in (7, 14):
        reappoint(code, due + days * DAY, reason=WHY, by=leader, at=MONDAY)
    counter.walk(code, Step.PROPOSE, Step.APPROVE)
    last = said([door for door in line(counter, code) if door.state == "done"][-1])
    assert "Trễ: đã lùi hẹn lần thứ hai" in last
    assert "trước ngày hẹn" not in last


def test_a_changed_calendar_is_told(counter):
    code = counter.file().code
    row = Dossier.objects.get(code=code)
    row.due_at += DAY
    row.save()
    now = next(door for door in line(counter, code) if door.state == "now")
    assert "Lịch làm việc của cơ quan đã đổi" in said(now)


def test_questions_stand_where_they_belong_in_time(counter):
    code, lan = counter.file().code, counter.actor("lan")
    number = ask(code, "Bao giờ có kết quả?", by=lan, at=MONDAY + DAY / 24)
    take_step(code, Step.ACCEPT, by=counter.actor("clerk"), at=MONDAY + DAY / 12)
    answer(code, number, "Đúng hẹn trên giấy.", by=counter.actor("clerk"), at=MONDAY + DAY / 8)
    view = dossier(code, by=lan, at=MONDAY)
    doors = doors_with_questions(view, pack(view.pack), questions_on(code, by=lan))
    titles = [door.title for door in doors if door.state == "done"]
    assert titles == [
        "Bạn đã nộp hồ sơ",
        "Đã gửi câu hỏi",
        "Bộ phận Một cửa đã tiếp nhận",
        "Cơ quan đã trả lời",
    ]


def test_the_page_shows_it_in_both_languages_with_few_statements(
    counter, django_assert_max_num_queries
):
    code = counter.file().code
    transfer(code, OTHER, reason=WHY, by=counter.actor("clerk"), at=MONDAY)
    client = counter.client("lan")
    client.get(f"/ho-so/{code}/")
    with django_assert_max_num_queries(9):
        page = client.get(f"/ho-so/{code}/")
    check_shape(page)
    english = client.get(f"/ho-so/{code}/?lang=en", follow=True)
    check_shape(english)
    assert "which is competent for it" in text_of(english)
