"""The load of an agency: what is due, who has it, where it stands, how it was settled."""

from datetime import timedelta

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from motcua.backbone.tests.reading import Page, check_frame
from motcua.dossiers.tests.walks import Step, filed
from motcua.kernel.actors import Actor, Role
from motcua.kernel.worktime import WorkingCalendar, working_time_between
from motcua.reporting.queries.load import Work, load
from motcua.reporting.queries.places import NotYourReport
from motcua.reporting.rules.working import WorkClock, share_within
from tests.reporting.conftest import MONDAY, NOW, WARD, official
from tests.reporting.people import signed_in

LOAD = "/ban-lam-viec/tai-cong-viec/"
LEADER = official(Role.LEADER, WARD)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
moments = st.integers(0, 60 * 24 * 60).map(lambda n: MONDAY + timedelta(minutes=n))


@given(st.lists(moments, min_size=2, max_size=2).map(sorted))
def test_the_quick_clock_is_the_slow_one(moments):
    calendar = WorkingCalendar(holidays=frozenset({(MONDAY + 9 * DAY).date()}))
    clock = WorkClock(calendar, MONDAY, MONDAY + 61 * DAY)
    assert clock.between(*moments) == working_time_between(*moments, calendar)


@given(st.lists(st.integers(0, 99).map(lambda n: n * HOUR), min_size=1))
def test_nine_in_ten_lie_within_their_share_and_none_is_made_up(times):
    bound = share_within(times, 0.9)
    assert bound in times
    assert sum(time <= bound for time in times) >= 0.9 * len(times)


@pytest.fixture
def busy(city):
    """A ward: one dossier walked to its end, one with a specialist, one late, one new."""
    start = NOW - 6 * DAY
    walks = [filed(f"b{n}", agency=WARD, at=start, due_at=NOW + n * DAY) for n in range(4)]
    for number, step in enumerate((Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE), 1):
        walks[0].take(step, at=start + number * HOUR)
    for step in (Step.ACCEPT, Step.FORWARD):
        walks[1].take(step, at=start + HOUR)
    dossier = walks[1].dossier
    dossier.stage_role, dossier.holder, dossier.holder_name = "specialist", "o-1", "Đỗ Quang Minh"
    dossier.due_at, dossier.stage_due_at = NOW - DAY, NOW - DAY
    dossier.save()
    walks[2].take(Step.ASK_SUPPLEMENT, at=start + HOUR)
    return walks


def works(found):
    return {each.work: each for each in found.bottlenecks}


def test_what_is_due_is_counted_by_working_day(busy):
    found = load(by=LEADER, at=NOW)
    assert len(found.ahead) == 15
    assert sum(each.due for each in found.ahead) == 1
    assert {each.day.weekday() for each in found.ahead} <= set(range(5))


def test_who_has_how_much_and_what_of_it_is_late(busy):
    hands = {x.hand.name: x.hand for x in load(by=LEADER, at=NOW).people if x.hand.open}
    assert (hands["Đỗ Quang Minh"].open, hands["Đỗ Quang Minh"].overdue) == (1, 1)
    assert (hands[""].open, hands[""].overdue) == (3, 0)


def test_where_dossiers_stand_and_which_are_beyond_their_limit(busy):
    found = works(load(by=LEADER, at=NOW))
    assert (found[Work.WORK_OUT].open, found[Work.WORK_OUT].beyond) == (1, 1)
    assert found[Work.ACCEPT].open == 1
    assert found[Work.RETURN].open == 1


def test_each_work_of_what_was_settled_is_timed_in_working_time(busy):
    found = works(load(by=LEADER, at=NOW))
    calendar = WorkingCalendar()
    start = busy[0].steps[0].at
    for number, work in enumerate((Work.ACCEPT, Work.HAND_ON, Work.WORK_OUT, Work.APPROVE)):
        spent = working_time_between(start + number * HOUR, start + (number + 1) * HOUR, calendar)
        assert found[work].median == found[work].ninety == spent
    assert found[Work.RETURN].median is None


def test_what_was_settled_is_told_by_field_office_and_official(busy):
    found = load(by=LEADER, at=NOW)
    for group in (found.by_field, found.by_office, found.by_person):
        assert [(served.early, served.settled) for _key, served in group] == [(1, 1)]
    assert sum(each.received for each in found.back) == 4
    assert sum(each.settled for each in found.back) == 1


def test_who_withdrew_their_dossier_is_named_to_nobody(busy):
    busy[3].take(Step.WITHDRAW, at=NOW - HOUR)
    found = load(by=LEADER, at=NOW)
    assert sum(served.settled for _key, served in found.by_field) == 2
    assert sum(served.settled for _key, served in found.by_person) == 1


def test_an_official_sees_their_own_and_no_colleague(busy):
    mine = load(by=Actor("o-1", "Đỗ Quang Minh", WARD, frozenset({Role.SPECIALIST})), at=NOW)
    assert mine.own
    assert [x.hand.holder for x in mine.people] == ["o-1"]
    assert mine.back == mine.by_person == ()
    assert works(mine)[Work.ACCEPT].open == 0


def test_citizens_have_no_load():
    with pytest.raises(NotYourReport):
        load(by=Actor("c-lan", "Lan"), at=NOW)


def test_it_costs_ten_statements(busy, django_assert_max_num_queries):
    load(by=LEADER, at=NOW)
    with django_assert_max_num_queries(10):
        load(by=LEADER, at=NOW)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("role", [Role.LEADER, Role.SPECIALIST])
@pytest.mark.parametrize("query", [{}, {"cua": "toi"}])
def test_the_page_stands_in_its_frame(busy, language, role, query):
    client, _actor = signed_in(role, WARD)
    client.cookies["motcua_language"] = language
    page = Page(client.get(LOAD, query).content.decode())
    check_frame(page)
    tabs = [a for a in page.all("a") if a.get("href", "").endswith("?cua=toi")]
    assert bool(tabs) == (role is Role.LEADER)


def test_figures_lead_to_lists_that_open(busy):
    client, _actor = signed_in(Role.LEADER, WARD)
    page = Page(client.get(LOAD).content.decode())
    links = [a["href"] for a in page.all("a") if "?" in a.get("href", "")]
    lists = {link for link in links if "ban-lam-viec" in link and "cua=toi" not in link}
    assert len(lists) >= 5
    for link in lists:
        assert client.get(link).status_code == 200, link


def test_what_came_in_on_a_day_leads_to_those_dossiers_alone(busy):
    client, _actor = signed_in(Role.LEADER, WARD)
    page = Page(client.get(LOAD).content.decode())
    came = [a["href"] for a in page.all("a") if "cot=came" in a.get("href", "")]
    assert len(came) == 1
    listed = Page(client.get(came[0]).content.decode())
    cases = [link["href"] for link in listed.all("a") if link.get("lang") == "vi"]
    assert sorted(cases) == [f"/ban-lam-viec/b{n}/" for n in range(4)]


def cases_in(client, address):
    """Return the codes a list of dossiers leads to."""
    page = Page(client.get(address).content.decode())
    links = [link["href"] for link in page.all("a") if link.get("lang") == "vi"]
    return sorted(link.split("?")[0].split("/")[-2] for link in links)


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr("motcua.reporting.web.load.now", lambda: NOW)
    monkeypatch.setattr("motcua.reporting.web.load.localdate", NOW.date)


@pytest.fixture
def offices(busy, today):
    """Two offices of the ward, the second one's dossier settled late; a third came by none."""
    models = apps.get_model("agencies", "Office").objects
    desk, branch = (models.create(agency_id=WARD, name=n) for n in ("Một cửa", "Điểm số 2"))
    for walk, office in ((busy[0], desk), (busy[2], branch)):
        walk.dossier.office = office
        walk.dossier.save()
    busy[2].take(Step.SUPPLY, at=NOW - 3 * HOUR, due_in=-4 * DAY)
    for number in (2, 3):
        busy[number].take(Step.REFUSE, at=NOW - HOUR)
    return desk, branch


def test_each_office_and_official_leads_to_what_was_settled_there(busy, offices):
    client, _actor = signed_in(Role.LEADER, WARD)
    page = Page(client.get(LOAD).content.decode())
    links = [a["href"] for a in page.all("a") if "cot=settled" in a.get("href", "")]
    desk, branch = offices
    for office, cases in ((desk.pk, ["b0"]), (branch.pk, ["b2"]), (0, ["b3"])):
        (there,) = (link for link in links if link.endswith(f"noi={office}"))
        assert cases_in(client, there) == cases
    (walker,) = (link for link in links if "can-bo=walker" in link)
    assert cases_in(client, walker) == ["b0", "b2", "b3"]
    assert cases_in(client, walker.replace("=walker", "=nobody-else")) == []


def test_what_is_listed_of_an_office_or_official_is_said_above_the_list(busy, offices):
    client, _actor = signed_in(Role.LEADER, WARD)
    asked = "?ky=2026-M12&rieng=1&cot=settled"
    for part, words in (
        (f"&noi={offices[1].pk}", "Điểm số 2"),
        ("&noi=0", "Không qua nơi tiếp nhận"),
        ("&can-bo=walker", "Người đi bộ"),
    ):
        html = client.get(f"/ban-lam-viec/bao-cao/ho-so/{asked}{part}").content.decode()
        check_frame(Page(html))
        assert words in html.split("<table")[0]


def test_an_office_keeps_its_list_from_page_to_page(busy, offices, monkeypatch):
    monkeypatch.setattr("motcua.reporting.web.form06.PAGE", 1)
    busy[3].dossier.office = offices[0]
    busy[3].dossier.save()
    client, _actor = signed_in(Role.LEADER, WARD)
    first = f"/ban-lam-viec/bao-cao/ho-so/?ky=2026-M12&cot=settled&noi={offices[0].pk}"
    assert cases_in(client, first) == ["b3"]
    page = Page(client.get(first).content.decode())
    (following,) = (a["href"] for a in page.all("a") if "sau=" in a.get("href", ""))
    assert cases_in(client, following) == ["b0"]


def test_what_waits_for_a_work_is_one_step_away(busy, today):
    client, _actor = signed_in(Role.LEADER, WARD)
    for each in load(by=LEADER, at=NOW).bottlenecks:
        asked = f"/ban-lam-viec/?cho={each.work}"
        assert len(cases_in(client, asked)) == each.open
        assert len(cases_in(client, f"{asked}&xem=stage-late")) == each.beyond
    page = Page(client.get(LOAD).content.decode())
    linked = {a["href"] for a in page.all("a") if "?cho=" in a.get("href", "")}
    assert linked >= {"/ban-lam-viec/?cho=work_out", "/ban-lam-viec/?cho=accept"}
    assert "/ban-lam-viec/?cho=work_out&amp;xem=stage-late" in client.get(LOAD).content.decode()


def test_a_leaders_own_load_leads_to_their_own_dossiers(busy):
    client, actor = signed_in(Role.LEADER, WARD)
    busy[3].dossier.holder = actor.id
    busy[3].dossier.save()
    html = client.get(LOAD, {"cua": "toi"}).content.decode()
    links = [a["href"] for a in Page(html).all("a") if "?cho=" in a.get("href", "")]
    assert [cases_in(client, link) for link in links] == [["b3"]]


def test_an_empty_ward_says_so(city):
    client, _actor = signed_in(Role.CLERK, WARD)
    check_frame(Page(client.get(LOAD).content.decode()))
