"""Who has a dossier in hand: taken, given to a colleague, laid down, and the way through a list."""

import pytest

from motcua.dossiers.operations.holding import (
    NotTheirPost,
    TheirOwnDossier,
    assign,
    forward_to,
    release,
    take_in_hand,
)
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.access import NotYourStep, OwnDossier
from motcua.dossiers.rules.lifecycle import State, Step, StepNotAllowed
from motcua.dossiers.tests.conftest import MONDAY, WARD, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.kernel.actors import Role

DESK = "/ban-lam-viec/"


@pytest.fixture
def counter(definition):
    counter = Counter(definition).open()
    counter._official("thu", Role.CLERK, WARD)
    return counter


def see(counter, code):
    return dossier(code, by=counter.actor("clerk"), at=MONDAY)


def give(counter, code, to, who="clerk"):
    return assign(code, counter.actor(to).id, by=counter.actor(who), at=MONDAY)


def test_who_may_give_to_whom(counter):
    code = counter.file().code
    assert give(counter, code, "thu") == ""
    assert give(counter, code, "thu", "leader") == counter.actor("thu").id
    with refused(NotTheirPost):
        give(counter, code, "specialist")
    with refused(NotYourStep):
        give(counter, code, "thu", "specialist")
    theirs = counter.file(by="thu").code
    with refused(TheirOwnDossier):
        give(counter, theirs, "thu")
    with refused(OwnDossier):
        give(counter, theirs, "clerk", "thu")
    counter.walk(code, Step.REFUSE)
    with refused(StepNotAllowed):
        give(counter, code, "clerk")
    with refused(StepNotAllowed):
        take_in_hand(code, by=counter.actor("specialist"), at=MONDAY)


def test_a_page_opened_before_a_colleague_took_it_takes_it_from_nobody(counter):
    code, leader = counter.file().code, counter.client("leader")
    page = leader.get(f"{DESK}{code}/giao/").content.decode()
    assert '<input type="hidden" name="dang-giu" value="">' in page
    take_in_hand(code, by=counter.actor("clerk"), at=MONDAY)
    given = {"seen": "1", "viec": "giao", "nguoi": counter.actor("thu").id}
    stale = leader.post(f"{DESK}{code}/giao/", given | {"dang-giu": ""})
    assert stale.status_code == 409
    assert see(counter, code).holder == counter.actor("clerk").id
    again = f'<input type="hidden" name="dang-giu" value="{counter.actor("clerk").id}">'
    assert again in stale.content.decode()
    meant = leader.post(f"{DESK}{code}/giao/", given | {"dang-giu": counter.actor("clerk").id})
    assert meant.status_code == 302
    assert see(counter, code).holder == counter.actor("thu").id


def test_what_one_holds_one_may_lay_down(counter):
    code, clerk = counter.file().code, counter.actor("clerk")
    take_in_hand(code, by=clerk, at=MONDAY)
    with refused(NotYourStep):
        release(code, by=counter.actor("thu"), at=MONDAY)
    release(code, by=clerk, at=MONDAY)
    assert see(counter, code).holder == ""
    take_in_hand(code, by=clerk, at=MONDAY)
    release(code, by=counter.actor("leader"), at=MONDAY)
    assert see(counter, code).holder == ""


def test_passing_on_into_a_colleagues_hands_is_all_or_nothing(counter):
    code, clerk = counter.file().code, counter.actor("clerk")
    counter.walk(code, Step.ACCEPT)
    with refused(NotTheirPost):
        forward_to(code, clerk.id, by=clerk, at=MONDAY)
    assert see(counter, code).state is State.RECEIVED
    forward_to(code, counter.actor("specialist").id, by=clerk, at=MONDAY)
    assert see(counter, code).holder_name == "Cán bộ specialist"


def test_giving_by_its_page(counter):
    code, clerk = counter.file().code, counter.client("clerk")
    there = f"{DESK}{code}/giao/"
    check_shape(clerk.get(there))
    answer = clerk.post(there, {"seen": "1", "nguoi": counter.actor("thu").id, "viec": "giao"})
    assert answer["Location"] == DESK
    assert see(counter, code).holder_name == "Cán bộ thu"
    wrong = clerk.post(there, {"nguoi": counter.actor("lan").id, "viec": "giao"})
    assert wrong.status_code == 409
    counter.walk(code, Step.ACCEPT)
    check_shape(clerk.get(there))
    stale = clerk.post(there, {"seen": "1", "nguoi": "", "viec": "chuyen"})
    assert stale.status_code == 412
    clerk.post(f"{DESK}{code}/tha-ra/")
    assert see(counter, code).holder == ""
    clerk.post(there, {"seen": "2", "nguoi": counter.actor("specialist").id, "viec": "chuyen"})
    assert see(counter, code).holder_name == "Cán bộ specialist"
    assert counter.client("stranger").get(there).status_code == 404


def test_a_step_leads_to_the_next_dossier_of_the_list(counter):
    first, second, third = (counter.file().code for _ in range(3))
    clerk = counter.client("clerk")
    page = clerk.get(f"{DESK}{second}/?ds=xem%3Dnew")
    check_shape(page)
    assert f"{DESK}{first}/?ds=xem%3Dnew" in page.content.decode()
    assert f"{DESK}{third}/?ds=xem%3Dnew" in page.content.decode()
    onward = clerk.post(f"{DESK}{second}/tiep-nhan/", {"seen": "1", "ds": "xem=new"})
    assert onward["Location"] == f"{DESK}{third}/?ds=xem%3Dnew"
    end = clerk.post(f"{DESK}{third}/tiep-nhan/", {"seen": "1", "ds": "xem=new"})
    assert end["Location"] == f"{DESK}?xem=new"
    stays = {"seen": "1", "ds": "xem=new", "ve": "danh-sach"}
    assert clerk.post(f"{DESK}{first}/tiep-nhan/", stays)["Location"] == f"{DESK}?xem=new"


def test_a_case_costs_few_statements_however_much_was_noted(counter, django_assert_max_num_queries):
    codes = [counter.file().code for _ in range(3)]
    clerk = counter.client("clerk")
    for _ in range(5):
        clerk.post(f"{DESK}{codes[1]}/ghi-chu/", {"loi": "Ghi chú"})
    clerk.get(f"{DESK}{codes[1]}/?ds=xem%3Dnew")
    with django_assert_max_num_queries(14):
        page = clerk.get(f"{DESK}{codes[1]}/?ds=xem%3Dnew")
    assert "Ghi chú" in text_of(page)
