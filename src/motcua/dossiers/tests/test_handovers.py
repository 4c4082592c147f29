"""Dossiers change hands by a list that both sides put their name to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.handovers import (
    PASSED_ON,
    NoSuchHandOver,
    NotAReceiver,
    NothingToHandOver,
    NotYourHandOver,
    WhyNotTaken,
    hand_over,
    settle_hand_over,
)
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.transferring import transfer
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.queries.handovers import (
    UnknownHandOver,
    handover,
    handovers,
    to_hand_over,
)
from motcua.dossiers.queries.noted import remarks_of
from motcua.dossiers.rules.access import NotYourStep
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER, refused
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of
from motcua.kernel.actors import Role

HOUR = timedelta(hours=1)
DESK = "/ban-lam-viec/"


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def codes(counter):
    codes = [counter.file().code for _ in range(3)]
    for code in codes:
        counter.walk(code, Step.ACCEPT, Step.FORWARD)
    return codes


def give(counter, codes, to="", who="clerk"):
    receiver = counter.actor(to).id if to else ""
    return hand_over(codes, receiver, by=counter.actor(who), at=MONDAY)


def settle(counter, made, taken, refused, who="specialist"):
    settle_hand_over(made, taken, refused, by=counter.actor(who), at=MONDAY)


def test_a_list_is_numbered_by_day_and_settled_dossier_by_dossier(counter, codes):
    clerk, specialist = counter.actor("clerk"), counter.actor("specialist")
    assert [x.code for x in to_hand_over(by=clerk)] == codes
    first, second = give(counter, codes[:2], "specialist"), give(counter, codes[2:])
    assert [handover(x, by=clerk).line.number for x in (first, second)] == [1, 2]
    assert to_hand_over(by=clerk) == ()
    assert remarks_of(codes[0], by=clerk).pending_list == first
    settle(counter, first, codes[:1], {})
    assert handover(first, by=specialist).mine_to_settle
    settle(counter, first, [], {codes[1]: "Thiếu bản chính"})
    seen = handover(first, by=clerk)
    assert [(x.state, x.by_name, x.remark) for x in seen.items] == [
        ("taken", "Cán bộ specialist", ""),
        ("refused", "Cán bộ specialist", "Thiếu bản chính"),
    ]
    assert seen.line.settled_at == MONDAY
    assert not seen.mine_to_settle
    assert dossier(codes[0], by=clerk, at=MONDAY).holder == specialist.id
    assert dossier(codes[1], by=clerk, at=MONDAY).holder == ""
    assert [x.code for x in to_hand_over(by=clerk)] == [codes[1]]
    assert remarks_of(codes[0], by=clerk).pending_list is None


def test_a_list_for_anybody_is_settled_by_whoever_takes_it(counter, codes):
    made = give(counter, codes)
    settle(counter, made, codes, {})
    line = handover(made, by=counter.actor("clerk")).line
    assert line.receiver_name == "Cán bộ specialist"
    assert line in handovers(by=counter.actor("specialist"))


def test_what_a_list_needs(counter, codes):
    with refused(NothingToHandOver):
        give(counter, ["khong-co"])
    with refused(NotYourStep):
        give(counter, codes, who="lan")
    with refused(NotAReceiver):
        give(counter, codes, "lan")
    with refused(NotAReceiver):
        give(counter, codes, "stranger")
    made = give(counter, codes, "specialist")
    with refused(NothingToHandOver):
        give(counter, codes)
    for who in ("clerk", "leader"):
        with refused(NotYourHandOver):
            settle(counter, made, codes, {}, who)
    with refused(NoSuchHandOver):
        settle(counter, made, codes, {}, "stranger")
    with refused(WhyNotTaken):
        settle(counter, made, [], {codes[0]: " "})
    with refused(UnknownHandOver):
        handover(made, by=counter.actor("stranger"))
    assert handovers(by=counter.actor("lan")) == ()


def test_only_who_works_on_dossiers_hands_them_over_or_confirms(counter, codes):
    made, clerk = give(counter, codes[:1]), counter.actor("clerk")
    auditor = replace(counter.actor("specialist"), roles=frozenset({Role.AUDITOR}))
    with refused(NotYourStep):
        hand_over(codes[1:], "", by=auditor, at=MONDAY)
    with refused(NotYourStep):
        settle_hand_over(made, codes, {}, by=auditor, at=MONDAY)
    assert handover(made, by=clerk).line.pending == 1


def test_a_dossier_passed_to_another_agency_waits_on_no_list_of_the_first(counter, codes):
    made, there = give(counter, codes[:1]), counter.actor("stranger")
    Dossier.objects.filter(code=codes[0]).update(agency=there.agency)
    hand_over(codes[:1], "", by=there, at=MONDAY)
    (left,) = handover(made, by=counter.actor("clerk")).items
    assert (left.state, left.remark) == ("refused", PASSED_ON)


def test_a_list_whose_last_dossier_went_elsewhere_is_settled(counter, codes, work):
    made, clerk = give(counter, codes[:2]), counter.actor("clerk")
    settle(counter, made, codes[:1], {})
    transfer(codes[1], OTHER, reason=WHY, by=counter.actor("leader"), at=MONDAY)
    work()
    seen = handover(made, by=clerk)
    assert [(x.state, x.remark) for x in seen.items] == [("taken", ""), ("refused", PASSED_ON)]
    assert seen.line.settled_at is not None
    assert not handover(made, by=counter.actor("specialist")).mine_to_settle


def test_a_dossier_opened_again_is_put_on_a_list_again(counter, codes):
    clerk, leader, code = counter.actor("clerk"), counter.actor("leader"), codes[0]
    settle(counter, give(counter, codes), codes, {})
    take_step(code, Step.STOP, by=counter.actor("specialist"), at=MONDAY + HOUR, reason=WHY)
    reopen(code, reason=WHY, by=leader, at=MONDAY + HOUR)
    take_step(code, Step.FORWARD, by=clerk, at=MONDAY + HOUR)
    assert [x.code for x in to_hand_over(by=clerk)] == [code]
    take_step(code, Step.PROPOSE, by=counter.actor("specialist"), at=MONDAY + HOUR)
    take_step(code, Step.APPROVE, by=leader, at=MONDAY + HOUR)
    reopen(code, reason=WHY, by=leader, at=MONDAY + HOUR)
    assert to_hand_over(by=clerk) == ()
    assert [x.code for x in to_hand_over(by=leader)] == [code]


def test_hand_overs_by_their_pages(counter, codes):
    clerk, specialist = counter.client("clerk"), counter.client("specialist")
    page = clerk.get(f"{DESK}ban-giao/")
    check_shape(page)
    assert codes[0] in text_of(page)
    assert clerk.post(f"{DESK}ban-giao/", {"hs": ["x"]}).status_code == 422
    made = clerk.post(f"{DESK}ban-giao/", {"hs": codes, "nguoi": counter.actor("specialist").id})[
        "Location"
    ]
    check_shape(clerk.get(made))
    check_shape(specialist.get(made))
    check_shape(specialist.get(f"{DESK}ban-giao/"))
    assert "chờ xác nhận" in text_of(specialist.get(f"{DESK}{codes[0]}/"))
    wrong = specialist.post(made, {f"nhan-{codes[0]}": "khong"})
    assert wrong.status_code == 422
    check_shape(wrong)
    said = {
        f"nhan-{codes[0]}": "khong",
        f"vi-sao-{codes[0]}": "Nhầm người",
        f"nhan-{codes[1]}": "co",
    }
    done = text_of(specialist.post(made, said, follow=True))
    assert "Nhầm người" in done
    assert clerk.post(made, {f"nhan-{codes[2]}": "co"}).status_code == 403
    assert counter.client("stranger").get(made).status_code == 404
