"""The desk's worklist: whose work, which view, what narrows it, in which order, page by page."""

from datetime import timedelta
from urllib.parse import quote, unquote

import pytest
from django.apps import apps

from motcua.dossiers.operations.holding import take_in_hand
from motcua.dossiers.queries.desk import choices, codes_of, neighbours, worklist
from motcua.dossiers.queries.desk_counts import counts
from motcua.dossiers.queries.desk_views import NOBODY, Sort, View, Wanted, Whose
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.dossiers.web.desk.rows import rows_of

DESK = "/ban-lam-viec/"


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def clerk(counter):
    return counter.actor("clerk")


def change(code, **columns):
    apps.get_model("dossiers", "Dossier").objects.filter(code=code).update(**columns)


def listed(by, at=MONDAY, **asked):
    return [each.line.code for each in worklist(Wanted(**asked), by=by, at=at)]


def test_whose_work_it_is(counter, clerk):
    mine, free, theirs = (counter.file().code for _ in range(3))
    take_in_hand(mine, by=clerk, at=MONDAY)
    counter.walk(theirs, Step.ACCEPT, Step.FORWARD)
    assert listed(clerk) == [mine, free, theirs]
    assert listed(clerk, whose=Whose.MINE) == [mine]
    assert listed(clerk, whose=Whose.POST) == [mine, free]
    assert listed(counter.actor("specialist"), whose=Whose.POST) == [theirs]
    assert listed(counter.actor("stranger")) == []
    assert listed(counter.actor("lan")) == []


def test_each_view_holds_what_it_says(counter, clerk):
    late, today, week, back, asked, done = (counter.file().code for _ in range(6))
    for code in (late, today, week):
        change(code, answer_until=None, stage_due_at=None)
    change(late, due_at=MONDAY - timedelta(hours=1))
    change(today, due_at=MONDAY + timedelta(hours=1), stage_due_at=MONDAY - timedelta(hours=1))
    change(week, due_at=MONDAY + timedelta(days=2), answer_until=MONDAY + timedelta(hours=8))
    counter.walk(back, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.SEND_BACK)
    counter.walk(asked, Step.ASK_SUPPLEMENT)
    counter.walk(done, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
    held = {view: listed(clerk, view=view) for view in View}
    assert held[View.LATE] == [late]
    assert held[View.TODAY] == [today]
    assert held[View.STAGE_LATE] == [today]
    assert week in held[View.WEEK]
    assert held[View.UNANSWERED] == [week]
    assert held[View.SENT_BACK] == [back]
    assert held[View.WAITING] == [asked]
    assert held[View.TO_RETURN] == [done]
    assert set(held[View.NEW]) == {late, today, week}
    figures = counts(by=clerk, at=MONDAY)
    assert {view: len(held[view]) for view in View} == dict(figures.of)
    assert not figures.partly


def test_a_stage_over_by_tomorrow_stands_in_a_view_and_its_row_says_when(counter, clerk):
    over, today, tomorrow, later = (counter.file().code for _ in range(4))
    hours = {over: -1, today: 4, tomorrow: 38, later: 39}
    for code, left in hours.items():
        change(code, stage_due_at=MONDAY + timedelta(hours=left), answer_until=None)
    lines = worklist(Wanted(view=View.STAGE_SOON), by=clerk, at=MONDAY)
    assert [each.line.code for each in lines] == [over, today, tomorrow]
    facts = [row.facts for row in rows_of(lines, by=clerk, at=MONDAY)]
    assert [fact.split(" · ")[-1] for fact in facts] == [
        "quá hạn bước",
        "bước hết hạn lúc 13:00 thứ Hai 02/11/2026",
        "bước hết hạn lúc 23:00 thứ Ba 03/11/2026",
    ]
    assert (
        rows_of(worklist(Wanted(), by=clerk, at=MONDAY)[-1:], by=clerk, at=MONDAY)[0].facts
        == (facts[0].split(" · ")[0])
    )
    assert (
        f"{DESK}?xem=stage-soon" in counter.client("clerk").get(f"{DESK}?xem=all").content.decode()
    )


def test_what_is_due_tomorrow_or_the_day_after_stands_in_a_view_of_its_own(counter, clerk):
    midnight = MONDAY.replace(hour=0)
    days = {days: counter.file().code for days in (1, 2, 3)}
    for ahead, code in days.items():
        change(code, due_at=midnight + timedelta(days=ahead, hours=23), stage_due_at=None)
    counter.walk(days[1], Step.ASK_SUPPLEMENT)
    today = counter.file().code
    change(today, due_at=midnight + timedelta(hours=23, minutes=59))
    assert listed(clerk, view=View.SOON) == [days[2]]
    client = counter.client("clerk")
    assert f"{DESK}?xem=soon" in client.get(f"{DESK}?xem=today").content.decode()


def test_a_dossier_proposed_again_is_no_longer_among_those_sent_back(counter, clerk):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.SEND_BACK, Step.PROPOSE)
    assert listed(clerk, view=View.SENT_BACK) == []


def test_what_narrows_a_list(counter, clerk):
    first, second = counter.file().code, counter.file().code
    change(second, channel=1, due_at=MONDAY + timedelta(days=9))
    take_in_hand(first, by=clerk, at=MONDAY)
    counter.walk(second, Step.ACCEPT)
    day = (MONDAY + timedelta(days=9)).date()
    assert listed(clerk, channel=1) == [second]
    assert listed(clerk, holder=clerk.id) == [first, second]
    assert listed(clerk, holder=NOBODY) == []
    assert listed(clerk, state=State.NEW) == [first]
    assert listed(clerk, since=day) == [second]
    assert listed(clerk, until=day - timedelta(days=1)) == [first]
    assert listed(clerk, since=day, until=day) == [second]
    assert listed(clerk, procedure="9.000002") == []
    assert listed(clerk, field="Hộ tịch") == []
    assert listed(clerk, office=1) == []


def test_a_field_of_work_holds_its_procedures(counter, clerk):
    code = counter.file().code
    found = worklist(
        Wanted(field="Hộ tịch"),
        by=clerk,
        at=MONDAY,
        fields={"Hộ tịch": frozenset({counter.definition.code})},
    )
    assert [each.line.code for each in found] == [code]


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("finished", [False, True])
def test_pages_follow_each_other_without_gap_or_repeat_in_every_order(
    counter, clerk, sort, finished
):
    from motcua.dossiers.queries.desk import After

    codes = [counter.file().code for _ in range(5)]
    for days, code in zip((3, 1, 2, 1, 5), codes, strict=True):
        change(code, due_at=MONDAY + timedelta(days=days))
    wanted, seen, after = Wanted(sort=sort, finished=finished), [], None
    whole = codes_of(wanted, by=clerk, at=MONDAY)
    while page := worklist(wanted, by=clerk, at=MONDAY, after=after, limit=2):
        seen += [each.line.code for each in page]
        after = After(page[-1].line.due_at, page[-1].line.id)
    assert seen == whole
    assert sorted(seen) == sorted(codes)
    for place, code in enumerate(whole):
        before, following = neighbours(code, wanted, by=clerk, at=MONDAY)
        assert before == (whole[place - 1] if place else None)
        assert following == (whole[place + 1] if place < 4 else None)


def test_a_dossier_that_left_the_list_still_knows_its_neighbours(counter, clerk):
    first, gone, last = (counter.file().code for _ in range(3))
    counter.walk(gone, Step.ACCEPT)
    wanted = Wanted(view=View.NEW)
    assert neighbours(gone, wanted, by=clerk, at=MONDAY) == (first, last)
    assert neighbours("khong-co", wanted, by=clerk, at=MONDAY) == (None, None)


def test_choices_name_what_the_open_dossiers_have(counter, clerk):
    code = counter.file().code
    take_in_hand(code, by=clerk, at=MONDAY)
    found = choices(clerk.agency)
    assert [one for one, _title in found.procedures] == [counter.definition.code]
    assert found.holders == ((clerk.id, clerk.name),)
    assert found.offices == ()


def test_counts_beyond_what_is_looked_through_say_so(counter, clerk, monkeypatch):
    monkeypatch.setattr("motcua.dossiers.queries.desk_counts.COUNTED", 2)
    for _ in range(3):
        counter.file()
    assert counts(by=clerk, at=MONDAY).partly
    assert "2+" in text_of(counter.client("clerk").get(DESK))
    monkeypatch.setattr("motcua.dossiers.web.desk.worklist.MOST_COUNTED", 1)
    assert "1+" in text_of(counter.client("clerk").get(f"{DESK}so-dem/"))


def test_the_page_opens_where_one_was_last(counter):
    code = counter.file().code
    clerk = counter.client("clerk")
    assert clerk.get(DESK).status_code == 200
    clerk.get(f"{DESK}?xem=new&cua=post&tim=khong")
    again = clerk.get(DESK)
    assert again.status_code == 302
    assert unquote(again["Location"]) == f"{DESK}?cua=post&xem=new"
    page = clerk.get(f"{DESK}?xem=all")
    assert code in text_of(page)
    assert clerk.get(DESK).status_code == 200


def test_a_list_of_fifty_costs_no_more_statements_than_one_of_two(
    counter, django_assert_max_num_queries
):
    for _ in range(50):
        counter.file()
    clerk = counter.client("clerk")
    clerk.get(f"{DESK}?xem=all")
    with django_assert_max_num_queries(7):
        page = clerk.get(f"{DESK}?xem=all")
    check_shape(page)
    assert page.content.decode().count("data-case=") == 50


@pytest.mark.parametrize(
    "far",
    [
        "den=9999-12-31",
        "tu=0001-01-01",
        "tu=0001-01-01&den=9999-12-31",
        "sau=0001-01-01T00:00:00%2B14:00~1",
        "sau=9999-12-31T23:59:59-12:00~1",
        "sau=2026-11-02T00:00:00%2B07:00~999999999999999999",
    ],
)
def test_days_beyond_any_calendar_are_not_asked(counter, far):
    code = counter.file().code
    clerk = counter.client("clerk")
    assert code in text_of(clerk.get(f"{DESK}?{far}"))
    beside = quote(f"xem=all&{unquote(far)}")
    assert clerk.get(f"{DESK}{code}/?ds={beside}").status_code == 200


def test_what_an_address_asks_wrongly_is_not_asked(counter):
    code = counter.file().code
    wrong = "xem=x&cua=y&xep=z&trang-thai=q&kenh=7&noi=x&tu=2026-13-01&den=morgen&sau=x"
    assert code in text_of(counter.client("clerk").get(f"{DESK}?{wrong}"))
