"""An official keeps away from a relative's dossier on every entrance, not only at its steps."""

from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model

from motcua.dossiers.operations.asking import answer, ask
from motcua.dossiers.operations.handovers import hand_over, settle_hand_over
from motcua.dossiers.operations.holding import assign, release
from motcua.dossiers.operations.opinions import View, ask_opinion, give_opinion, recall_opinion
from motcua.dossiers.operations.remarks import Finding, check_paper, write_note
from motcua.dossiers.operations.returning import ReturnBy, ReturnedBy, hand_back
from motcua.dossiers.operations.standing import ConflictOfInterest
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.queries.noted import remarks_of
from motcua.dossiers.rules.access import OwnDossier
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.remarks import Verdict
from motcua.dossiers.tests.conftest import MONDAY, OTHER, refused
from motcua.dossiers.tests.counter import WHY, Counter, text_of
from motcua.identity.operations.relatives import declare_relative
from motcua.identity.queries.relatives import forget_related
from motcua.kernel.actors import Actor, Role
from motcua.kernel.worktime import Limit, Unit

pytestmark = pytest.mark.django_db
TWO = Limit(Decimal(2), Unit.WORKING_DAYS)
SAY = "Thửa đất phù hợp quy hoạch sử dụng đất."


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def code(counter):
    return counter.file().code


def related(counter, *names):
    lan = counter.actor("lan")
    number = get_user_model().objects.get(pk=lan.id).personal_id
    for name in names:
        official = counter.actor(name)
        declare_relative(number, lan.name, "sibling", by=official, at=MONDAY)
    forget_related()


def test_nothing_is_noted_answered_or_given_away(counter, code):
    clerk = counter.actor("clerk")
    question = ask(code, "Hồ sơ của tôi đến đâu rồi?", by=counter.actor("lan"), at=MONDAY)
    related(counter, "clerk")
    with refused(ConflictOfInterest):
        write_note(code, "Cho nhanh nhé.", by=clerk, at=MONDAY)
    with refused(ConflictOfInterest):
        check_paper(code, "proof", Finding(Verdict.OK), by=clerk, at=MONDAY)
    with refused(ConflictOfInterest):
        answer(code, question, "Hồ sơ sẽ xong trong hôm nay.", by=clerk, at=MONDAY)
    with refused(ConflictOfInterest):
        assign(code, clerk.id, by=clerk, at=MONDAY)


def test_a_relative_s_page_shows_nothing_that_colleagues_wrote_of_it(counter, code):
    said = "Nghi khai sai nơi cư trú."
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE)
    specialist = counter.actor("specialist")
    write_note(code, said, by=specialist, at=MONDAY)
    check_paper(code, "proof", Finding(Verdict.WRONG, remark=said), by=specialist, at=MONDAY)
    take_step(code, Step.SEND_BACK, by=counter.actor("leader"), at=MONDAY, reason=said)
    place = f"/ban-lam-viec/{code}/"
    assert text_of(counter.client("clerk").get(place)).count(said) == 3
    related(counter, "clerk")
    page = counter.client("clerk").get(place)
    assert page.status_code == 200
    assert said not in page.content.decode()


def test_an_official_s_own_dossier_is_shown_them_as_to_any_applicant(counter):
    code = counter.file(by="clerk").code
    write_note(code, "Nghi khai sai.", by=counter.actor("specialist"), at=MONDAY)
    page = counter.client("clerk").get(f"/ban-lam-viec/{code}/", follow=True)
    assert page.redirect_chain == [(f"/ho-so/{code}/", 302)]
    assert page.status_code == 200
    assert "Nghi khai sai." not in page.content.decode()
    assert not remarks_of(code, by=counter.actor("clerk")).notes


def test_what_one_has_in_hand_is_laid_down_all_the_same(counter, code):
    clerk = counter.actor("clerk")
    assign(code, clerk.id, by=clerk, at=MONDAY)
    related(counter, "clerk")
    release(code, by=clerk, at=MONDAY)
    assert dossier(code, by=clerk, at=MONDAY).holder == ""


def test_a_list_with_a_relative_s_dossier_is_not_confirmed_for_it(counter, code):
    specialist = counter.actor("specialist")
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    made = hand_over([code], specialist.id, by=counter.actor("clerk"), at=MONDAY)
    related(counter, "specialist")
    with refused(ConflictOfInterest):
        settle_hand_over(made, [code], {}, by=specialist, at=MONDAY)
    assert dossier(code, by=specialist, at=MONDAY).holder == ""
    settle_hand_over(made, [], {code: "Hồ sơ của người thân"}, by=specialist, at=MONDAY)


def test_nor_are_its_papers_handed_back(counter, code):
    take_step(code, Step.REFUSE, by=counter.actor("clerk"), at=MONDAY, reason=WHY)
    related(counter, "clerk")
    how = ReturnedBy(ReturnBy.ON_THE_SPOT, "Nguyễn Thị Lan", "Căn cước 001190000001")
    with refused(ConflictOfInterest):
        hand_back(code, how, by=counter.actor("clerk"), at=MONDAY)


def test_no_opinion_is_given_or_recalled_even_while_the_applicant_is_waited_for(counter, code):
    specialist, there = counter.actor("specialist"), counter.actor("stranger")
    expert = Actor(there.id, there.name, OTHER, frozenset({Role.SPECIALIST}))
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    asked = ask_opinion(code, OTHER, WHY, ["proof"], TWO, by=specialist, at=MONDAY)
    wanted = {"papers": ["proof"], "fields": []}
    take_step(code, Step.ASK_SUPPLEMENT, by=specialist, at=MONDAY, reason=WHY, details=wanted)
    related(counter, "stranger", "specialist")
    with refused(ConflictOfInterest):
        give_opinion(asked, SAY, View.AGREES, by=expert, at=MONDAY)
    with refused(ConflictOfInterest):
        recall_opinion(asked, by=specialist, at=MONDAY)


def test_one_s_own_is_named_as_such(counter, code):
    own = counter.file(by="clerk").code
    with refused(OwnDossier):
        assign(own, "", by=counter.actor("clerk"), at=MONDAY)
