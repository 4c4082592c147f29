"""A new day off moves what is open; a day off taken back never breaks a promise."""

from datetime import date, timedelta
from decimal import Decimal

from motcua.agencies.operations.agencies import Level, open_agency
from motcua.agencies.operations.calendars import clear_day, make_up_day, override_day
from motcua.backbone.models import Entry
from motcua.dossiers.models import Dossier, Opinion, Question
from motcua.dossiers.operations.asking import answer, ask
from motcua.dossiers.operations.calendars import follow_calendar
from motcua.dossiers.operations.charging import BillLine, ask_payment
from motcua.dossiers.operations.opinions import ask_opinion, recall_opinion
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import (
    CLERK,
    LAN,
    MONDAY,
    OTHER,
    SPECIALIST,
    SYSTEM,
    WARD,
    committee,
)
from motcua.kernel.money import Dong
from motcua.kernel.worktime import DAY_OFF, Limit, Unit
from motcua.payments.queries.bills import bills_under

WEDNESDAY = date(2026, 11, 4)
TUESDAY_LATE = MONDAY + timedelta(days=1, hours=4)


def due(code):
    return dossier(code, by=LAN, at=MONDAY).due_at


def test_a_new_day_off_moves_open_due_times_once_and_says_so(file):
    moved, settled = file(reference="1"), file(reference="2")
    take_step(settled.code, Step.WITHDRAW, by=LAN, at=MONDAY)
    override_day(WARD, WEDNESDAY, DAY_OFF, reason="Nghỉ lễ của phường", by=SYSTEM, at=MONDAY)
    assert follow_calendar(WARD, by=SYSTEM, at=MONDAY) == 1
    assert follow_calendar(WARD, by=SYSTEM, at=MONDAY) == 0
    assert due(moved.code) == moved.due_at + timedelta(days=1)
    assert due(settled.code) == settled.due_at
    told = Entry.objects.get(name="dossiers.due-times-moved")
    assert list(told.facts["dossiers"]) == [moved.code]


def test_taking_the_day_off_back_returns_to_the_promise(file):
    filed = file()
    override_day(WARD, WEDNESDAY, DAY_OFF, reason="Nghỉ lễ của phường", by=SYSTEM, at=MONDAY)
    follow_calendar(WARD, by=SYSTEM, at=MONDAY)
    clear_day(WARD, WEDNESDAY, reason="Ghi nhầm ngày nghỉ", by=SYSTEM, at=MONDAY)
    follow_calendar(WARD, by=SYSTEM, at=MONDAY)
    assert due(filed.code) == filed.due_at


def test_a_make_up_saturday_never_makes_a_promise_earlier(file):
    filed = file(at=MONDAY + timedelta(days=3))
    make_up_day(
        WARD, date(2026, 11, 7), works_as=0, reason="Làm bù cho ngày nghỉ", by=SYSTEM, at=MONDAY
    )
    assert follow_calendar(WARD, by=SYSTEM, at=MONDAY) == 0
    assert due(filed.code) == filed.due_at


def test_who_is_asked_for_a_fee_may_pay_it_for_as_long_as_they_are_waited_for(file):
    code = file().code
    line = BillLine("Phí thẩm định", Dong(50_000), "Appraisal fee", "Thông tư 1/2020/TT-BTC")
    ask_payment(code, [line], reason="Phải thẩm định thêm.", by=CLERK, at=MONDAY)
    until = Dossier.objects.get(code=code).wait_until
    assert bills_under(code)[0].expires_at == until
    override_day(WARD, until.date(), DAY_OFF, reason="Nghỉ lễ của phường", by=SYSTEM, at=MONDAY)
    follow_calendar(WARD, by=SYSTEM, at=MONDAY)
    assert bills_under(code)[0].expires_at == until + timedelta(days=1)


def test_a_new_day_off_gives_applicant_and_desk_their_day_too(file):
    asked, fresh = file(reference="1").code, file(at=TUESDAY_LATE, reference="2").code
    wanted = {"papers": ["proof"], "fields": []}
    why = "Giấy chứng minh bị mờ, không đọc được."
    take_step(asked, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, reason=why, details=wanted)
    until = Dossier.objects.get(code=asked).wait_until
    answer = Dossier.objects.get(code=fresh).answer_until
    assert answer.date() == WEDNESDAY
    for day in (until.date(), WEDNESDAY):
        override_day(WARD, day, DAY_OFF, reason="Nghỉ lễ của phường", by=SYSTEM, at=MONDAY)
    follow_calendar(WARD, by=SYSTEM, at=MONDAY)
    assert Dossier.objects.get(code=asked).wait_until == until + timedelta(days=1)
    assert Dossier.objects.get(code=fresh).answer_until == answer + timedelta(days=1)


def off(agency, by=SYSTEM):
    override_day(agency, WEDNESDAY, DAY_OFF, reason="Nghỉ lễ của phường", by=by, at=MONDAY)
    follow_calendar(agency, by=by, at=MONDAY)


def moved_answers():
    return [
        (entry.subject, entry.facts["opinions"], entry.facts["questions"])
        for entry in Entry.objects.filter(name="dossiers.answers-owed-moved")
    ]


def test_a_new_day_off_gives_the_agency_asked_for_an_opinion_its_day_too(file):
    open_agency(committee(OTHER, Level.COMMUNE, "00008"), by=SYSTEM, at=MONDAY)
    asked = []
    for reference in ("1", "2"):
        code = file(reference=reference).code
        for step in (Step.ACCEPT, Step.FORWARD):
            take_step(code, step, by=CLERK, at=MONDAY)
        limit, why = Limit(Decimal(5), Unit.WORKING_DAYS), "Thửa đất có trong quy hoạch không?"
        asked.append(ask_opinion(code, OTHER, why, [], limit, by=SPECIALIST, at=MONDAY))
    recall_opinion(asked[1], by=SPECIALIST, at=MONDAY)
    until = dict(Opinion.objects.values_list("pk", "due_at"))
    off(WARD)
    assert dict(Opinion.objects.values_list("pk", "due_at")) == until
    off(OTHER)
    off(OTHER)
    (still, recalled) = (Opinion.objects.get(pk=pk) for pk in asked)
    assert still.due_at == until[still.pk] + timedelta(days=1)
    assert recalled.due_at == until[recalled.pk]
    (told,) = moved_answers()
    assert (told[0], list(told[1]), told[2]) == (OTHER, [asked[0]], {})
    clear_day(OTHER, WEDNESDAY, reason="Ghi nhầm ngày nghỉ", by=SYSTEM, at=MONDAY)
    follow_calendar(OTHER, by=SYSTEM, at=MONDAY)
    assert Opinion.objects.get(pk=asked[0]).due_at == still.due_at


def test_a_new_day_off_gives_who_answers_questions_their_day_too(file):
    codes = [file(reference=reference).code for reference in ("1", "2")]
    numbers = [ask(code, "Khi nào tôi nhận được kết quả?", by=LAN, at=MONDAY) for code in codes]
    answer(codes[1], numbers[1], "Ngày mai, tại quầy số 2.", by=CLERK, at=MONDAY)
    until = Question.objects.get(pk=numbers[0]).answer_by
    off(WARD)
    off(WARD)
    assert Question.objects.get(pk=numbers[0]).answer_by == until + timedelta(days=1)
    assert Question.objects.get(pk=numbers[1]).answer_by == until
    (told,) = moved_answers()
    assert (told[0], told[1], list(told[2])) == (WARD, {}, [str(numbers[0])])
