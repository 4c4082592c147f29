"""A request for supplement is answered whole, or the applicant says of each part why not."""

import pytest

from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement, attach_answer
from motcua.dossiers.operations.supplement_lacks import PartLacks
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY, a_file, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of

ANSWER = {"full_name": "Nguyễn Thị Lan Anh"}
WHY = "Tôi không còn giữ giấy này."


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def asked(counter):
    """Ask for a paper and a field."""
    code = counter.file().code
    counter.walk(code, Step.ASK_SUPPLEMENT)
    return code


@pytest.fixture
def marked(counter):
    """Ask for an answer alone."""
    code, details = counter.file().code, {"papers": [], "fields": ["full_name"]}
    by = counter.actor("clerk")
    why = "Họ tên khác với giấy tờ kèm theo."
    take_step(code, Step.ASK_SUPPLEMENT, by=by, at=MONDAY, reason=why, details=details)
    return code


def last(counter, code):
    return dossier(code, by=counter.actor("lan"), at=MONDAY).history[-1].details


def test_half_an_answer_is_refused_until_the_rest_is_said(counter, asked):
    lan = counter.actor("lan")
    for lacking, where in (({}, "proof"), ({"proof": " "}, "proof"), ({"x": WHY}, "proof")):
        with refused(PartLacks) as refusal:
            answer_supplement(asked, ANSWER, by=lan, at=MONDAY, lacking=lacking)
        assert [each["at"] for each in refusal.value.facts["problems"]] == [where]
    answer_supplement(asked, ANSWER, by=lan, at=MONDAY, lacking={"proof": WHY})
    assert last(counter, asked)["lacking"] == ["proof"]
    assert last(counter, asked)["lacking_why"] == [WHY]


def test_a_whole_answer_lacks_nothing_whatever_was_ticked_before(counter, asked):
    lan = counter.actor("lan")
    attach_answer(asked, "proof", a_file(lan), by=lan, at=MONDAY)
    answer_supplement(asked, ANSWER, by=lan, at=MONDAY, lacking={"proof": WHY})
    assert "lacking" not in last(counter, asked)


def test_nothing_at_all_may_be_said_and_what_another_portal_sends_is_only_noted(counter, asked):
    lan = counter.actor("lan")
    answer_supplement(asked, {}, by=lan, at=MONDAY, lacking={"proof": WHY, "full_name": "Đã đúng"})
    assert last(counter, asked)["lacking"] == ["proof", "full_name"]
    other = counter.file().code
    counter.walk(other, Step.ASK_SUPPLEMENT)
    answer_supplement(other, ANSWER, by=lan, at=MONDAY)
    assert last(counter, other)["lacking"] == ["proof"]


def test_the_page_lists_what_lacks_and_the_desk_reads_what_came_and_what_did_not(counter, asked):
    lan, place = counter.client("lan"), f"/ho-so/{asked}/bo-sung/"
    typed = {**ANSWER, "send": "1"}
    half = lan.post(place, typed)
    assert half.status_code == 422
    check_shape(half)
    assert 'href="#lacking-proof"' in half.content.decode()
    assert 'name="why-proof"' in half.content.decode()
    ticked = lan.post(place, typed | {"lacking": "proof"})
    assert ticked.status_code == 422
    check_shape(ticked)
    assert 'href="#why-proof"' in ticked.content.decode()
    assert lan.post(place, typed | {"lacking": "proof", "why-proof": WHY}).status_code == 302
    assert dossier(asked, by=counter.actor("lan"), at=MONDAY).state is State.NEW
    case = counter.client("clerk").get(f"/ban-lam-viec/{asked}/")
    check_shape(case)
    said = text_of(case)
    assert "Đã yêu cầu nhưng không được gửi hoặc sửa:" in said
    assert said.count(WHY) == 2
    way = text_of(lan.get(f"/ho-so/{asked}/"))
    assert "Không gửi: " in way
    assert f"(“{WHY}”)" in way


def test_an_answer_sent_back_as_it_was_is_refused_until_that_is_ticked(counter, marked):
    lan, same = counter.actor("lan"), {"full_name": "Nguyễn Thị Lan"}
    for answers in ({}, same):
        with refused(PartLacks) as refusal:
            answer_supplement(marked, answers, by=lan, at=MONDAY, lacking={}, note="Xin xem lại.")
        assert [each["at"] for each in refusal.value.facts["problems"]] == ["full_name"]
    answer_supplement(marked, same, by=lan, at=MONDAY, lacking={"full_name": ""})
    told = last(counter, marked)
    assert (told["fields"], told["lacking"], told["lacking_why"]) == ([], ["full_name"], [""])


def test_a_corrected_answer_lacks_nothing_whatever_was_ticked(counter, marked):
    lan = counter.actor("lan")
    answer_supplement(marked, ANSWER, by=lan, at=MONDAY, lacking={"full_name": "Đã đúng"})
    assert last(counter, marked)["fields"] == ["full_name"]
    assert "lacking" not in last(counter, marked)


def test_the_page_names_the_answers_that_are_as_they_were_and_both_sides_read_it(counter, marked):
    lan, place = counter.client("lan"), f"/ho-so/{marked}/bo-sung/"
    typed = {"shown": "full_name", "full_name": "Nguyễn Thị Lan", "send": "1"}
    for note in ("", "Tên tôi đúng như giấy khai sinh."):
        page = lan.post(place, {**typed, "note": note})
        assert page.status_code == 422
        check_shape(page)
        assert 'href="#lacking-full_name"' in page.content.decode()
        assert "Tôi giữ nguyên: Họ và tên" in text_of(page)
    why = "Đúng như giấy khai sinh."
    ticked = {"lacking": "full_name", "why-full_name": why}
    assert lan.post(place, {**typed, **ticked}).status_code == 302
    told = f"Giữ nguyên: Họ và tên (“{why}”)"
    assert told in text_of(lan.get(f"/ho-so/{marked}/"))
    assert text_of(counter.client("clerk").get(f"/ban-lam-viec/{marked}/")).count(told) == 2
