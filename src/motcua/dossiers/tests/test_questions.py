"""A question asked on a dossier is answered inside it, in time, and by nobody else."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model

from motcua.backbone.looks import looks_at_me
from motcua.dossiers.models import Dossier, Question
from motcua.dossiers.operations.asking import UnknownQuestion, answer, ask
from motcua.dossiers.operations.steps import NoSuchDossier
from motcua.dossiers.queries.dossiers import UnknownDossier
from motcua.dossiers.queries.questions import open_questions, questions_for_work, questions_on
from motcua.dossiers.rules.access import NotYourStep, OwnDossier
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.questions import AnsweredAlready, EnoughAsked, WordsNeeded
from motcua.dossiers.tests.conftest import MONDAY, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.identity.operations.relatives import declare_relative
from motcua.kernel.actors import Actor, Role
from motcua.notices.queries.mine import my_notices

WHAT = "Tôi đổi số điện thoại thì báo ở đâu?"
REPLY = "Bạn đổi trong mục Tài khoản, hồ sơ không bị ảnh hưởng."


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def lan(counter):
    return counter.actor("lan")


def test_an_answer_is_due_in_two_working_days_and_signed_with_name_and_post(counter, lan):
    code = counter.file().code
    number = ask(code, WHAT, by=lan, at=MONDAY)
    (asked,) = questions_on(code, by=lan)
    assert asked.answer_by == MONDAY + timedelta(days=2)
    assert asked.is_late(asked.answer_by + timedelta(minutes=1))
    answer(code, number, REPLY, by=counter.actor("clerk"), at=MONDAY)
    (answered,) = questions_on(code, by=lan)
    assert (answered.answer, answered.answered_name, answered.post) == (
        REPLY,
        "Cán bộ clerk",
        "clerk",
    )
    assert not answered.is_late(answered.answer_by + timedelta(days=9))


def test_both_sides_are_told(counter, lan, work):
    code = counter.file().code
    work()
    clerk = counter.actor("clerk")
    number = ask(code, WHAT, by=lan, at=MONDAY)
    work()
    (told, *_rest) = my_notices(by=clerk).notices
    assert told.link == f"/ban-lam-viec/{code}/hoi/"
    answer(code, number, REPLY, by=clerk, at=MONDAY)
    work()
    (told, *_rest) = my_notices(by=lan).notices
    assert told.link == f"/ho-so/{code}/hoi/#cau-{number}"


def test_whoever_has_it_in_hand_is_asked_alone(counter, lan, work):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT)
    work()
    before = len(my_notices(by=counter.actor("leader")).notices)
    ask(code, WHAT, by=lan, at=MONDAY)
    work()
    assert "hỏi" in my_notices(by=counter.actor("clerk")).notices[0].title
    assert len(my_notices(by=counter.actor("leader")).notices) == before


def test_nobody_asks_on_the_dossier_of_another_or_reads_what_was_asked(counter, lan):
    code = counter.file().code
    number = ask(code, WHAT, by=lan, at=MONDAY)
    for who in ("nam", "stranger"):
        with refused(NoSuchDossier):
            ask(code, WHAT, by=counter.actor(who), at=MONDAY)
        with refused(NoSuchDossier):
            answer(code, number, REPLY, by=counter.actor(who), at=MONDAY)
        assert questions_on(code, by=counter.actor(who)) == ()
        with refused(UnknownDossier):
            questions_for_work(code, by=counter.actor(who), at=MONDAY, purpose="x")
    with refused(NotYourStep):
        ask(code, WHAT, by=counter.actor("clerk"), at=MONDAY)
    assert open_questions(by=counter.actor("stranger")) == []
    assert open_questions(by=lan) == []


def test_nobody_answers_for_themselves_or_a_question_of_another_dossier(counter, lan):
    code, other = counter.file().code, counter.file().code
    number = ask(code, WHAT, by=lan, at=MONDAY)
    with refused(NotYourStep):
        answer(code, number, REPLY, by=lan, at=MONDAY)
    clerk = counter.actor("clerk")
    own = Actor(lan.id, lan.name, clerk.agency, frozenset({Role.CLERK}))
    with refused(OwnDossier):
        answer(code, number, REPLY, by=own, at=MONDAY)
    with refused(UnknownQuestion):
        answer(other, number, REPLY, by=clerk, at=MONDAY)
    assert open_questions(by=own) == []


def test_a_question_is_answered_once(counter, lan):
    code = counter.file().code
    number = ask(code, WHAT, by=lan, at=MONDAY)
    answer(code, number, REPLY, by=counter.actor("clerk"), at=MONDAY)
    with refused(AnsweredAlready):
        answer(code, number, REPLY, by=counter.actor("leader"), at=MONDAY)


def test_three_questions_may_wait_and_five_a_day_are_enough(counter, lan):
    code, clerk = counter.file().code, counter.actor("clerk")
    numbers = [ask(code, WHAT, by=lan, at=MONDAY) for _n in range(3)]
    with refused(EnoughAsked):
        ask(code, WHAT, by=lan, at=MONDAY)
    for number in numbers:
        answer(code, number, REPLY, by=clerk, at=MONDAY)
    for _n in range(2):
        ask(code, WHAT, by=lan, at=MONDAY)
    with refused(EnoughAsked):
        ask(code, WHAT, by=lan, at=MONDAY)
    assert ask(code, WHAT, by=lan, at=MONDAY + timedelta(days=1))


@pytest.mark.parametrize("text", ["", "   ", "sao?", "x" * 2001])
def test_a_question_says_something(counter, lan, text):
    with refused(WordsNeeded):
        ask(counter.file().code, text, by=lan, at=MONDAY)


def test_the_page_keeps_what_was_typed_and_shows_the_thread(counter, lan):
    code = counter.file().code
    client, address = counter.client("lan"), f"/ho-so/{code}/hoi/"
    check_shape(client.get(address))
    again = client.post(address, {"text": "<b>sao"})
    assert again.status_code == 422
    assert "&lt;b&gt;sao" in again.content.decode()
    check_shape(again)
    assert client.post(address, {"text": WHAT}).status_code == 302
    page = client.get(address)
    check_shape(page)
    assert "Đang chờ trả lời" in text_of(page)
    assert WHAT in text_of(page)


def test_the_desk_sees_what_waits_and_answers_it(counter, lan, django_assert_max_num_queries):
    code = counter.file().code
    number = ask(code, WHAT, by=lan, at=MONDAY)
    clerk, address = counter.client("clerk"), f"/ban-lam-viec/{code}/hoi/"
    clerk.get("/ban-lam-viec/cau-hoi/")
    with django_assert_max_num_queries(6):
        waiting = clerk.get("/ban-lam-viec/cau-hoi/")
    check_shape(waiting)
    assert WHAT in text_of(waiting)
    page = clerk.get(address)
    check_shape(page)
    assert looks_at_me(by=lan, reference=code)[0].by_name == "Cán bộ clerk"
    short = clerk.post(address, {"question": number, "text": "ừ"})
    assert short.status_code == 422
    check_shape(short)
    assert clerk.post(address, {"question": number, "text": REPLY}).status_code == 302
    assert "Không có câu hỏi nào đang chờ" in text_of(clerk.get("/ban-lam-viec/cau-hoi/"))
    assert REPLY in text_of(counter.client("lan").get(f"/ho-so/{code}/hoi/"))
    assert counter.client("stranger").get(address).status_code == 404


def test_nobody_is_shown_a_question_that_a_colleague_must_answer(counter, lan):
    clerk, code = counter.actor("clerk"), counter.file().code
    ask(code, WHAT, by=lan, at=MONDAY)
    assert [each.code for each in open_questions(by=clerk)] == [code]
    for person in ("agent", "filer"):
        Dossier.objects.update(agent="", filer=lan.id)
        Dossier.objects.update(**{person: clerk.id})
        assert open_questions(by=clerk) == []
    Dossier.objects.update(agent="", filer=lan.id)
    number = get_user_model().objects.get(pk=lan.id).personal_id
    declare_relative(number, lan.name, "spouse", by=clerk, at=MONDAY)
    assert open_questions(by=clerk) == []


def test_a_long_list_goes_on(counter, lan, monkeypatch):
    for place in ("queries.questions", "web.desk.answering"):
        monkeypatch.setattr(f"motcua.dossiers.{place}.PAGE", 1)
    first, second = counter.file().code, counter.file().code
    ask(first, WHAT, by=lan, at=MONDAY)
    ask(second, WHAT, by=lan, at=MONDAY)
    client = counter.client("clerk")
    page = client.get("/ban-lam-viec/cau-hoi/").content.decode()
    assert first in page
    assert second not in page
    after = Question.objects.order_by("id")[0].pk
    assert second in client.get(f"/ban-lam-viec/cau-hoi/?sau={after}").content.decode()
