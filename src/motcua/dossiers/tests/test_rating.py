"""The pack's own questions about satisfaction: asked, kept with the rating, shown at the desk."""

import pytest

from motcua.dossiers.operations.rating import NoSuchReply, rate
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, refused
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of

CLEAR, POLITE = "Bạn có hiểu ngay phải khai gì không?", "Cán bộ có lịch sự không?"


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def code(counter):
    """A dossier that has ended, so that it can be rated."""
    code = counter.file().code
    counter.walk(code, Step.REFUSE)
    return code


def kept(counter, code):
    return dossier(code, by=counter.actor("lan"), at=MONDAY)


def test_answers_are_kept_with_the_rating_and_replaced_with_it(counter, code):
    lan = counter.actor("lan")
    rate(code, 3, "", {"clear": "partly", "polite": "yes"}, by=lan, at=MONDAY)
    assert kept(counter, code).rating_answers == {"clear": "partly", "polite": "yes"}
    rate(code, 2, by=lan, at=MONDAY)
    assert kept(counter, code).rating_answers == {}


@pytest.mark.parametrize("given", [{"clear": "very"}, {"clear": ""}, {"shoe": "yes"}])
def test_only_the_pack_s_questions_take_one_of_three_answers(counter, code, given):
    with refused(NoSuchReply) as refusal:
        rate(code, 3, "", given, by=counter.actor("lan"), at=MONDAY)
    assert refusal.value.facts["problems"][0]["at"] == f"question-{next(iter(given))}"
    assert kept(counter, code).rating is None


def test_the_page_asks_keeps_and_shows_again_and_the_desk_reads(counter, code):
    lan, address = counter.client("lan"), f"/ho-so/{code}/"
    page = lan.get(address)
    check_shape(page)
    assert CLEAR in text_of(page)
    assert POLITE in text_of(page)
    sent = {"score": "2", "question-clear": "partly", "question-polite": "", "comment": "Được."}
    assert lan.post(f"{address}danh-gia/", sent).status_code == 302
    assert kept(counter, code).rating_answers == {"clear": "partly"}
    again = lan.get(address).content.decode()
    assert 'value="partly" checked' in again
    assert "Được." in again
    desk = text_of(counter.client("clerk").get(f"/ban-lam-viec/{code}/"))
    assert f"{CLEAR} Một phần" in desk
    assert POLITE not in desk


def test_a_refused_rating_loses_nothing_that_was_chosen(counter, code):
    lan = counter.client("lan")
    sent = {"score": "", "question-clear": "no", "comment": WHY}
    page = lan.post(f"/ho-so/{code}/danh-gia/", sent)
    assert page.status_code == 422
    check_shape(page)
    assert 'value="no" checked' in page.content.decode()
    assert WHY in page.content.decode()
    forged = lan.post(f"/ho-so/{code}/danh-gia/", {"score": "3", "question-clear": "very"})
    assert forged.status_code == 422
    assert "hoặc bỏ qua câu hỏi này" in text_of(forged)


def test_an_open_dossier_asks_nothing_yet(counter):
    assert CLEAR not in text_of(counter.client("lan").get(f"/ho-so/{counter.file().code}/"))
