"""The lists of one office's dossiers, and of those that wait for another agency's opinion."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.apps import apps

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import offices_of
from motcua.dossiers.operations.holding import take_in_hand
from motcua.dossiers.operations.opinions import ask_opinion, recall_opinion
from motcua.dossiers.queries.desk import worklist
from motcua.dossiers.queries.desk_counts import counts
from motcua.dossiers.queries.desk_views import View, Wanted, Whose
from motcua.dossiers.queries.opinions import opinions_awaited, opinions_to_answer
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER, SYSTEM, WARD
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.dossiers.web.desk.rows import rows_of
from motcua.kernel.actors import Actor, Role, StandIn
from motcua.kernel.worktime import Limit, Unit

DESK = "/ban-lam-viec/"
ASK = "Đề nghị cho ý kiến về quy hoạch thửa đất."
TWO = Limit(Decimal(2), Unit.WORKING_DAYS)


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def here(counter):
    """Three dossiers: one handed in at each of two desks, one online; return a desk and codes."""
    for name in ("Điểm Hàng Trống", "Điểm Hàng Bài"):
        add_office(WARD, name, by=SYSTEM, at=MONDAY)
    named = {each.name: each.id for each in offices_of(WARD)}
    offices = [named["Điểm Hàng Trống"], named["Điểm Hàng Bài"]]
    codes = [counter.file().code for _ in range(3)]
    for code, office in zip(codes, offices, strict=False):
        apps.get_model("dossiers", "Dossier").objects.filter(code=code).update(office=office)
    return offices[0], codes


def listed(by, **asked):
    return [each.line.code for each in worklist(Wanted(**asked), by=by, at=MONDAY)]


def test_an_offices_list_and_its_counts_hold_what_was_handed_in_there(counter, here):
    office, (mine, other, _online) = here
    clerk = counter.actor("clerk")
    assert listed(clerk, whose=Whose.OFFICE, office=office) == [mine]
    assert listed(clerk, whose=Whose.OFFICE) == [mine, other]
    counter.walk(mine, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
    of = counts(by=clerk, at=MONDAY, whose=Whose.OFFICE, office=office).of
    assert (of[View.ALL], of[View.TO_RETURN], of[View.NEW]) == (1, 1, 0)
    assert counts(by=clerk, at=MONDAY, whose=Whose.OFFICE).of[View.ALL] == 2


def test_the_office_chosen_opens_the_desk_again_and_is_no_filter(counter, here):
    office, (mine, other, _online) = here
    clerk = counter.client("clerk")
    page = clerk.get(f"{DESK}?cua=office&noi={office}")
    check_shape(page)
    assert mine in text_of(page)
    assert other not in text_of(page)
    assert "Điểm Hàng Bài" in text_of(page)
    assert "Xóa bộ lọc" not in text_of(page)
    assert clerk.get(DESK)["Location"] == f"{DESK}?cua=office&noi={office}"
    everything = clerk.get(f"{DESK}?xem=all")
    assert other in text_of(everything)


@pytest.fixture
def asked(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    by = counter.actor("specialist")
    return code, ask_opinion(code, OTHER, ASK, [], TWO, by=by, at=MONDAY)


def test_what_waits_for_an_opinion_is_a_list_until_it_does_not(counter, asked):
    code, opinion = asked
    counter.file()
    clerk, specialist = counter.actor("clerk"), counter.actor("specialist")
    assert listed(clerk, view=View.OPINION) == [code]
    assert counts(by=clerk, at=MONDAY).of[View.OPINION] == 1
    (awaited,) = opinions_awaited(by=clerk, at=MONDAY)
    assert (awaited.id, awaited.agency) == (opinion, OTHER)
    assert opinions_awaited(by=counter.actor("stranger"), at=MONDAY) == ()
    assert opinions_awaited(by=counter.actor("lan"), at=MONDAY) == ()
    recall_opinion(opinion, by=specialist, at=MONDAY)
    assert listed(clerk, view=View.OPINION) == []
    assert opinions_awaited(by=clerk, at=MONDAY) == ()


def test_the_agency_asked_counts_it_at_its_desk(counter, asked):
    code, _opinion = asked
    there = Actor("o-there", "Chuyên viên", OTHER, frozenset({Role.SPECIALIST}))
    assert opinions_to_answer(by=there) == 1
    assert opinions_to_answer(by=counter.actor("specialist")) == 0
    assert opinions_to_answer(by=counter.actor("lan")) == 0
    page = text_of(counter.client("specialist").get(f"{DESK}y-kien/?cho=1"))
    assert code in page


def test_only_those_who_may_answer_are_led_to_what_is_asked(counter, asked):
    way = "/ban-lam-viec/y-kien/"
    assert way in counter.client("specialist").get(f"{DESK}?xem=opinion").content.decode()
    assert way not in counter.client("clerk").get(f"{DESK}?xem=opinion").content.decode()


def test_counts_of_many_asked_say_there_are_more(counter, asked, monkeypatch):
    for where in ("queries.opinions.MOST_COUNTED", "web.desk.worklist.MOST_ASKED"):
        monkeypatch.setattr(f"motcua.dossiers.{where}", 1)
    apps.get_model("dossiers", "Opinion").objects.update(agency=WARD, asking=OTHER)
    page = text_of(counter.client("specialist").get(f"{DESK}so-dem/"))
    assert "0+" in page


def in_hand(lines, *, by):
    return [row.holder for row in rows_of(lines, by=by, at=MONDAY)]


def test_a_deputy_finds_the_work_of_whom_they_stand_in_for_and_the_row_says_so(counter):
    held, free = counter.file().code, counter.file().code
    specialist, leader = counter.actor("specialist"), counter.actor("leader")
    for code in (held, free):
        counter.walk(code, Step.ACCEPT, Step.FORWARD)
    take_in_hand(held, by=specialist, at=MONDAY)
    assert listed(leader, whose=Whose.MINE) == []
    lends = frozenset({Role.SPECIALIST})
    absent = (StandIn(specialist.id, specialist.name, lends),)
    deputy = replace(leader, roles=leader.roles | lends, stands_in_for=absent)
    assert listed(deputy, whose=Whose.MINE) == [held]
    assert listed(deputy, whose=Whose.POST) == [held, free]
    assert counts(by=deputy, at=MONDAY, whose=Whose.MINE).of[View.ALL] == 1
    rows = worklist(Wanted(), by=deputy, at=MONDAY)
    assert in_hand(rows, by=deputy) == [
        "Tôi (thay cho Cán bộ specialist)",
        "Chưa giao (thay cho Cán bộ specialist)",
    ]
    assert in_hand(rows, by=leader) == ["Cán bộ specialist", "Chưa giao"]
    mine = rows[0]._replace(holder=leader.id)
    assert in_hand([mine], by=deputy) == ["Tôi"]
