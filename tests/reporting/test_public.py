"""What anyone may know of how we serve is counted beforehand, from the same steps as form 06."""

import pytest
from django.apps import apps

from motcua.backbone.tests.reading import Page, check_frame
from motcua.dossiers.tests.walks import Step
from motcua.kernel.actors import Actor
from motcua.reporting import jobs
from motcua.reporting.operations.public import count_public_months
from motcua.reporting.queries.form06 import Asked, Period, form_06
from motcua.reporting.queries.public import public_figures
from motcua.reporting.rules.served import Served
from tests.reporting.conftest import LEADER, NOW

BY = Actor.system("reporting")
TODAY = NOW.date()
FIGURES = "/so-lieu/"


@pytest.fixture
def counted(dossiers, monkeypatch):
    count_public_months(by=BY, at=NOW)
    monkeypatch.setattr("motcua.reporting.web.public.localdate", lambda: TODAY)
    return dossiers


def month(code, **asked):
    found = public_figures(TODAY, **asked)
    return next(served for period, served in found.months if period.code == code)


def test_the_public_figures_are_those_of_the_form(counted):
    told = form_06(Asked(Period.named("2026-M11")), by=LEADER, at=NOW).total
    found = month("2026-M11")
    assert (found.early, found.on_time, found.late) == (told.early, told.on_time, told.late)
    assert found.received == told.online + told.direct + 1
    assert found.average is not None
    assert 3 < found.average.days < 6


def test_twelve_months_are_counted_once_and_then_the_running_one(counted):
    assert count_public_months(by=BY, at=NOW) == 1
    assert count_public_months(by=BY, at=NOW, again=True) == 12


def test_a_month_that_is_over_keeps_its_figures(counted):
    before = month("2026-M11")
    counted[0].take(Step.REOPEN, at=NOW)
    count_public_months(by=BY, at=NOW)
    assert month("2026-M11") == before


def test_levels_and_fields_are_parts_of_the_whole(counted):
    whole = public_figures(TODAY)
    assert sum(each.settled for each in whole.by_level.values()) == whole.year.settled == 3
    assert sum(each.settled for each in whole.by_field.values()) == 3
    assert public_figures(TODAY, level="province").year.settled == 0
    assert public_figures(TODAY, field="").year.settled == 3
    assert public_figures(TODAY, field="Đất đai").year.settled == 0
    assert whole.month[0].code == "2026-M11"


def test_the_worker_counts_by_the_clock(dossiers):
    jobs.count_what_is_public(0)
    assert apps.get_model("reporting", "PublicMonth").objects.exists()


def test_nothing_settled_has_no_share():
    assert Served().shares is None
    assert Served().average is None
    assert Served().in_time is None


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("query", [{}, {"cap": "commune"}, {"linh-vuc": ""}])
def test_the_page_tells_three_figures_to_anyone(client, counted, language, query):
    client.cookies["motcua_language"] = language
    html = client.get(FIGURES, query).content.decode()
    check_frame(Page(html))
    assert html.count("<b>33,3%</b>" if language == "vi" else "<b>33.3%</b>") == 6


def test_each_level_and_field_can_be_opened(client, counted):
    page = Page(client.get(FIGURES).content.decode())
    links = {a["href"] for a in page.all("a") if a.get("href", "").startswith(f"{FIGURES}?")}
    opened = [link for link in links if "cap=" in link or "linh-vuc=" in link]
    assert len(opened) == 2
    for link in opened:
        assert client.get(link).status_code == 200


def test_before_anything_is_settled_the_page_says_so(client, db):
    html = client.get(FIGURES, {"cap": "none"}).content.decode()
    check_frame(Page(html))
    assert "mc-strip" not in html


def test_the_page_costs_one_statement(client, counted, django_assert_max_num_queries):
    client.get("/tro-giup/")
    with django_assert_max_num_queries(1):
        client.get(FIGURES, {"cap": "commune"})
