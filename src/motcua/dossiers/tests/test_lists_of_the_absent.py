"""A hand-over list for a colleague who is away is confirmed by their deputy, or not made."""

import re
from dataclasses import replace

import pytest

from motcua.dossiers.operations.handovers import NotYourHandOver, hand_over, settle_hand_over
from motcua.dossiers.operations.holding import NobodyInTheirPlace
from motcua.dossiers.queries.handovers import handover, handovers
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, refused
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.dossiers.tests.test_absent_and_gone import absence_now, alone, away, told
from motcua.kernel.actors import Role, StandIn

LISTS = "/ban-lam-viec/ban-giao/"


@pytest.fixture
def counter(definition):
    counter = Counter(definition).open()
    for name in ("thu", "tam"):
        counter._official(name, Role.SPECIALIST, counter.actor("clerk").agency)
    return counter


@pytest.fixture
def code(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    return code


def test_who_stands_in_is_told_of_the_list_and_confirms_it(counter, code, work):
    absent, deputy = counter.actor("thu"), counter.actor("tam")
    away(counter, "thu", "tam")
    made = hand_over([code], absent.id, by=counter.actor("clerk"), at=MONDAY)
    work()
    assert told(deputy, "dossiers.handed-for") == 1
    assert told(absent, "dossiers.handed-for") == 0
    assert not handover(made, by=deputy).mine_to_settle
    with refused(NotYourHandOver):
        settle_hand_over(made, [code], {}, by=deputy, at=MONDAY)
    in_place = replace(deputy, stands_in_for=(StandIn(absent.id, absent.name),))
    assert handover(made, by=in_place).mine_to_settle
    assert [line.id for line in handovers(by=in_place)] == [made]
    settle_hand_over(made, [code], {}, by=in_place, at=MONDAY)
    seen = handover(made, by=deputy)
    assert (seen.line.receiver_name, seen.items[0].state) == (deputy.name, "taken")


def test_a_list_for_who_is_there_is_told_to_nobody_else(counter, code, work):
    hand_over([code], counter.actor("thu").id, by=counter.actor("clerk"), at=MONDAY)
    work()
    assert told(counter.actor("tam"), "dossiers.handed-for") == 0


def test_no_list_is_made_out_to_who_is_away_with_nobody_in_their_place(counter, code):
    alone(counter, "thu", "tam")
    with refused(NobodyInTheirPlace):
        hand_over([code], counter.actor("thu").id, by=counter.actor("clerk"), at=MONDAY)
    assert hand_over([code], "", by=counter.actor("clerk"), at=MONDAY)


def test_the_pages_name_who_stands_in_and_let_them_confirm(counter, code):
    counter._official("nga", Role.SPECIALIST, counter.actor("clerk").agency)
    clerk, absent = counter.client("clerk"), counter.actor("thu")
    absence_now(counter, "nga", "thu")
    absence_now(counter, "thu", "tam")
    page = clerk.get(LISTS)
    check_shape(page)
    assert "Cán bộ tam làm thay" in text_of(page)
    assert re.search(rf'value="{counter.actor("nga").id}"[^>]* disabled', page.content.decode())
    made = clerk.post(LISTS, {"hs": [code], "nguoi": absent.id})["Location"]
    deputy = counter.client("tam")
    asked = deputy.get(made)
    check_shape(asked)
    assert "Cán bộ thu đang vắng mặt. Bạn làm thay" in text_of(asked)
    assert deputy.post(made, {f"nhan-{code}": "co"}).status_code == 302
    (item,) = handover(int(made.split("/")[-2]), by=counter.actor("clerk")).items
    assert (item.state, item.by_name) == ("taken", "Cán bộ tam")
    refused_ = clerk.post(LISTS, {"hs": [code], "nguoi": counter.actor("nga").id})
    assert refused_.status_code == 409
    check_shape(refused_)
