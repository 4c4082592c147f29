"""Whether what came in online was answered in its working hours: as figures, and which they are."""

from datetime import timedelta

import pytest

from motcua.backbone.tests.reading import Page, check_frame
from motcua.dossiers.queries.answered import Answer, Answers
from motcua.dossiers.tests.walks import Step, filed
from motcua.kernel.actors import Role
from motcua.reporting.queries.load import load
from tests.reporting.conftest import NOW, OTHER, WARD, official
from tests.reporting.people import signed_in

LOAD = "/ban-lam-viec/tai-cong-viec/"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CAME = NOW - 6 * DAY


def came(code, *, until, given=None, at=CAME):
    """File online with an answer due ``until``, and accept it where the answer was ``given``."""
    walk = filed(code, agency=WARD, at=at, due_at=at + 20 * DAY)
    walk.dossier.answer_until = until
    walk.dossier.save()
    return answer(walk, at=given) if given else walk


def answer(walk, *, at):
    """Accept a dossier, which answers it."""
    walk.dossier.answered_at = at
    walk.take(Step.ACCEPT, at=at)
    return walk


@pytest.fixture
def online(city):
    """Three answered in time, to the moment; two late; one that waits, and one beyond its time."""
    for number in range(3):
        came(f"t{number}", until=CAME + 8 * HOUR, given=CAME + 8 * HOUR)
    for number in range(2):
        came(f"l{number}", until=CAME + 8 * HOUR, given=CAME + 8 * HOUR + timedelta(seconds=1))
    came("w0", until=NOW + HOUR)
    came("o0", until=NOW - HOUR)
    filed("c0", agency=WARD, at=CAME, due_at=NOW + DAY, channel=1)
    came("before", until=NOW, given=NOW - 40 * DAY, at=NOW - 41 * DAY)


def answers_of(agency):
    return load(by=official(Role.LEADER, agency), at=NOW).answers


def test_each_online_filing_counts_once_by_its_answer(online):
    assert answers_of(WARD) == Answers(in_time=3, late=2, waits=1, overdue=1)
    assert load(by=official(Role.SPECIALIST, WARD), at=NOW).answers is None


def test_who_answers_is_asked_and_not_who_passed_it_on(city):
    walk = came("m0", until=NOW - DAY)
    walk.take(Step.TRANSFER, at=CAME + HOUR, agency=OTHER)
    assert answers_of(WARD) == Answers(0, 0, 0, 0)
    assert answers_of(OTHER) == Answers(0, 0, 0, overdue=1)
    answer(walk, at=NOW - HOUR)
    assert answers_of(WARD) == Answers(0, 0, 0, 0)
    assert answers_of(OTHER) == Answers(0, late=1, waits=0, overdue=0)


def test_what_is_passed_on_or_opened_again_after_its_answer_stays_with_who_answered(city):
    walk = came("a0", until=NOW, given=CAME + HOUR)
    walk.take(Step.TRANSFER, at=CAME + 2 * HOUR, agency=OTHER)
    assert (answers_of(WARD).in_time, answers_of(OTHER)) == (1, Answers(0, 0, 0, 0))


def test_who_withdrew_before_an_answer_waits_for_none(city):
    came("g0", until=NOW - DAY).take(Step.WITHDRAW, at=CAME + HOUR)
    assert answers_of(WARD) == Answers(0, 0, 0, 0)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_figure_leads_to_those_dossiers(online, language, monkeypatch):
    monkeypatch.setattr("motcua.reporting.web.load.now", lambda: NOW)
    monkeypatch.setattr("motcua.reporting.web.load.localdate", NOW.date)
    monkeypatch.setattr("motcua.reporting.web.form06.now", lambda: NOW)
    client, _actor = signed_in(Role.LEADER, WARD)
    client.cookies["motcua_language"] = language
    html = client.get(LOAD).content.decode()
    check_frame(Page(html))
    links = [a["href"] for a in Page(html).all("a") if "answer" in a.get("href", "")]
    listed = {}
    for link in links:
        html = client.get(link).content.decode()
        check_frame(Page(html))
        table = Page(html.split("<tbody>")[1].split("</tbody>")[0])
        cases = [a["href"].split("/")[-2] for a in table.all("a")]
        listed[link.rsplit("cot=", 1)[1]] = sorted(cases)
    assert listed == {
        Answer.IN_TIME: ["t0", "t1", "t2"],
        Answer.LATE: ["l0", "l1"],
        Answer.WAITS: ["w0"],
        Answer.OVERDUE: ["o0"],
    }


def test_a_long_list_of_answers_goes_on(online, monkeypatch):
    monkeypatch.setattr("motcua.reporting.web.form06.PAGE", 2)
    client, _actor = signed_in(Role.LEADER, WARD)
    first = "/ban-lam-viec/bao-cao/ho-so/?ky=2026-M12&rieng=1&cot=answered-in-time"
    page = Page(client.get(first).content.decode())
    (following,) = (a["href"] for a in page.all("a") if "sau=" in a.get("href", ""))
    html = client.get(following).content.decode()
    assert [a["href"] for a in Page(html).all("a") if a.get("lang") == "vi"] == [
        "/ban-lam-viec/t0/"
    ]
