"""Every figure an official reads is as long as the list it leads to."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.apps import apps

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import one_stop_offices
from motcua.agencies.queries.calendars import calendar_of
from motcua.dossiers import jobs
from motcua.dossiers.handlers.warnings import LISTS
from motcua.dossiers.operations.seeding import Place, seed_dossiers
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.tests.conftest import CITY, SYSTEM, WARD, answers
from motcua.dossiers.tests.conftest import definition as definition  # noqa: PLC0414
from motcua.dossiers.tests.conftest import ward as ward  # noqa: PLC0414
from motcua.dossiers.tests.test_believable import NOW
from motcua.dossiers.tests.walks import Step, filed
from motcua.kernel.actors import Role
from tests.reporting.people import signed_in

DESK, LOAD, FORM = "/ban-lam-viec/", "/ban-lam-viec/tai-cong-viec/", "/ban-lam-viec/bao-cao/"
SHARING = f"{DESK}phan-cong/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIGURES = re.compile(r'<a (?:class="mc-count" )?href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
IN_COUNT = re.compile(r'<b>([\d.]+)</b>|<span class="mc-n">([\d.]+)</span>|^\s*([\d.]+)\s*$')
HIDDEN = re.compile(r'<span class="mc-vh">.*?</span>', re.DOTALL)


@pytest.fixture
def people(definition, monkeypatch):
    """Officials of a ward with a year of dossiers, and with those that figures stumble over."""
    for module in ("dossiers.web.desk.worklist", "dossiers.web.desk.sharing"):
        monkeypatch.setattr(f"motcua.{module}.now", lambda: NOW)
    for module in ("reporting.web.load", "reporting.web.form06"):
        monkeypatch.setattr(f"motcua.{module}.now", lambda: NOW)
        monkeypatch.setattr(f"motcua.{module}.localdate", NOW.date)
    people = {role: signed_in(role, WARD) for role in (Role.CLERK, Role.SPECIALIST, Role.LEADER)}
    officials = {role: [(who.id, who.name)] for role, (_client, who) in people.items()}
    add_office(WARD, "Bộ phận một cửa", by=SYSTEM, at=NOW)
    place = Place(WARD, calendar_of(WARD), officials, office=one_stop_offices()[WARD])
    packs = [(definition, answers())]
    seed_dossiers(
        900, places=[place], packs=packs, applicants=50, now=NOW, progress=lambda done: None
    )
    _stumbling_blocks(people[Role.SPECIALIST][1])
    return people


@pytest.fixture
def leader(people):
    return people[Role.LEADER][0]


def _stumbling_blocks(specialist):
    def came(code, days=3, **more):
        return filed(code, agency=WARD, at=NOW - days * DAY, due_at=NOW + 2 * DAY, **more)

    waits, done, ended, away, later, back = (came(f"v{n}") for n in range(6))
    waits.take(Step.ASK_SUPPLEMENT, at=NOW - DAY)
    for walk in (done, ended):
        for step in (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE):
            walk.take(step, at=NOW - 2 * DAY)
    ended.take(Step.RETURN, at=NOW - DAY)
    away.take(Step.TRANSFER, at=NOW - 3 * DAY + HOUR, agency=CITY)
    later.take(Step.TRANSFER, at=NOW - DAY, agency=CITY)
    back.take(Step.REFUSE, at=NOW - 3 * DAY + HOUR)
    back.take(Step.REOPEN, at=NOW - 3 * DAY + 2 * HOUR)
    back.take(Step.STOP, at=NOW - HOUR)
    came("v6", channel=3, arrived=NOW - 9 * DAY)
    late = filed("v7", agency=WARD, at=NOW - 9 * DAY, due_at=NOW - DAY)
    for walk, name in ((waits, "Tên cũ"), (done, "Tên mới"), (late, "Tên mới")):
        walk.dossier.holder, walk.dossier.holder_name = specialist.id, name
        walk.dossier.stage_due_at = NOW - HOUR
        walk.dossier.save()


MOST = 60
"""Longer lists are not walked through: those of the seeded ward are shorter."""


def figures_of(page):
    """Return the figures on a page, as (address, figure)."""
    for address, inside in FIGURES.findall(page):
        found = IN_COUNT.search(re.sub(r"</?small>.*", "", HIDDEN.sub("", inside).strip()))
        if found:
            figure = next(filter(None, found.groups()))
            yield unescape(address), int(figure.replace(".", ""))


def length_of(client, address):
    """Return how many dossiers a list holds, from its first page to its last."""
    length = 0
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        length += len(re.findall(r'<td class="t">', page))
        following = re.search(r'<a href="([^"]+)" rel="next"', page)
        address = unescape(following[1]) if following else ""
    return length


@pytest.mark.parametrize(
    ("page", "least"),
    [
        (f"{DESK}?xem=all", 10),
        (f"{DESK}?cua=post&xem=all", 8),
        (f"{DESK}?cua=mine&xem=all", 8),
        (f"{DESK}?cua=office&xem=all", 8),
        (LOAD, 30),
        (f"{LOAD}?cua=toi", 4),
        (SHARING, 1),
        (f"{FORM}?ky=2026-M12", 20),
        (f"{FORM}?ky=2026&nhom=co-quan", 20),
    ],
)
def test_every_figure_is_as_long_as_the_list_it_leads_to(leader, page, least):
    figures = list(figures_of(leader.get(page).content.decode()))
    assert len(figures) >= least
    wrong = {
        address: (figure, length)
        for address, figure in figures
        if address != f"{DESK}y-kien/"
        and figure <= MOST
        and (length := length_of(leader, address)) != figure
    }
    assert wrong == {}


def test_who_has_how_much_is_as_long_as_their_list(leader):
    page = leader.get(SHARING).content.decode()
    rows = re.findall(r'<td class="t"><a href="([^"]+)">.*?<td[^>]*>([\d.]+)</td>', page)
    assert len(rows) >= 3
    for address, figure in rows:
        assert length_of(leader, unescape(address)) == int(figure.replace(".", ""))


def test_every_figure_of_the_daily_notice_is_as_long_as_its_list(people, monkeypatch):
    monkeypatch.setattr(jobs, "now", lambda: NOW)
    new = apps.get_model("dossiers", "Dossier").objects.filter(agency=WARD, state=State.NEW)
    new.filter(pk=new.filter(due_at__gt=NOW).latest("id").pk).update(
        holder="", due_at=NOW + HOUR, answer_until=NOW + HOUR, answered_at=None
    )
    running = new.model.objects.filter(agency=WARD, state=State.IN_PROCESS)
    running.filter(pk=running.latest("id").pk).update(holder="", due_at=NOW + 24 * HOUR)
    jobs.warn_agency(WARD)
    notices = apps.get_model("notices", "Notice").objects.filter(kind="dossiers.near-due")
    told = set()
    for client, who in people.values():
        notice = notices.filter(person=who.id).first()
        figures = {view: int(notice.facts[kind]) if notice else 0 for kind, view in LISTS}
        lists = {view: length_of(client, f"{DESK}?cua=post&xem={view}") for view in figures}
        assert lists == figures
        told |= {view for view, figure in figures.items() if figure}
        assert notice is None or length_of(client, notice.link) > 0
    assert told == {view for _kind, view in LISTS}


def test_the_seeded_ward_has_something_of_every_open_state(leader):
    found = apps.get_model("dossiers", "Dossier").objects.filter(agency=WARD)
    states = set(found.values_list("state", flat=True))
    assert states >= {State.NEW, State.IN_PROCESS, State.SUPPLEMENT, State.DONE}
