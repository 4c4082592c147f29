"""The first page tells what is asked for most and how dossiers are really settled."""

from datetime import timedelta
from html import unescape

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.utils.timezone import localdate, now

from motcua.backbone.tests.reading import Page, check_frame
from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.catalogue.queries.procedures import life_events, procedure
from motcua.kernel.actors import Actor
from motcua.portal.rules.life_events import ABOUT
from motcua.portal.web import machines
from motcua.reporting.queries.public import Period

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


@pytest.fixture
def catalogue(publish_shipped):
    tester = Actor.system("test")
    load_demo_catalogue(by=tester, at=now())
    publish_shipped(by=tester, at=now())


def settled(*, early=0, on_time=0, late=0, months_ago=0):
    """Keep the figures of one reporting month as the worker counts them."""
    on = localdate() - timedelta(days=30 * months_ago)
    apps.get_model("reporting", "PublicMonth").objects.create(
        last=Period.month_with(on).last,
        level="commune",
        field="Hộ tịch",
        received=early + on_time + late,
        early=early,
        on_time=on_time,
        late=late,
        took=timedelta(hours=36),
        counted_at=now(),
    )


def test_before_the_first_result_the_page_says_how_figures_come(client):
    assert "Chưa có hồ sơ nào được giải quyết" in client.get("/").content.decode()


def test_figures_are_early_on_time_and_late(client):
    settled(early=6, on_time=1, late=1)
    html = client.get("/").content.decode()
    assert "<b>75%</b>" in html
    assert html.count("<b>12,5%</b>") == 2
    assert "/so-lieu/" in html


def test_the_months_before_are_drawn_and_said_in_words(client):
    settled(early=1)
    settled(late=1, on_time=1, months_ago=3)
    assert "Tỷ lệ đúng hạn trong 2 tháng, từ 50% đến 100%" in client.get("/").content.decode()


def test_what_was_settled_long_ago_is_in_no_figure(client):
    settled(late=1, months_ago=15)
    assert "Chưa có hồ sơ nào được giải quyết" in client.get("/").content.decode()


def test_before_a_catalogue_is_loaded_the_page_says_so(client):
    assert "Danh mục thủ tục chưa được nạp" in client.get("/").content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", ["/", "/su-kien/"])
def test_pages_with_procedures_stand_in_their_frame(client, catalogue, path, language):
    client.cookies["motcua_language"] = language
    check_frame(Page(client.get(path).content.decode()))


def test_what_is_asked_for_most_is_shown_with_its_time_and_price(client, catalogue):
    html = client.get("/").content.decode()
    page = Page(html)
    rows = [a["href"] for a in page.all("a") if a.get("class") == "mc-row"]
    assert len(rows) == 6
    assert "/thu-tuc/1.001193/" in rows
    assert "Đăng ký khai sinh" in html
    assert "Trong ngày" in html
    assert "Miễn phí" in html


def test_a_title_without_english_says_that_it_is_vietnamese(client, catalogue):
    """Screen readers change their voice at ``lang``; a title in the page's language needs none."""
    client.cookies["motcua_language"] = "en"
    page = Page(client.get("/su-kien/").content.decode())
    codes = [a["href"].split("/")[2] for a in page.all("a") if a.get("class") == "mc-row"]
    titles = [attrs.get("lang") for tag, attrs in page.elements if tag == "b"][-len(codes) :]
    told = [None if procedure(code).reading.title_en else "vi" for code in codes]
    assert titles == told


def test_the_first_page_costs_two_statements_and_then_none(
    client, catalogue, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3):
        client.get("/")
    with django_assert_max_num_queries(0):
        client.get("/")


def test_every_life_event_is_told_and_leads_to_a_search(client):
    assert set(ABOUT) == {event.key for event in life_events()}
    page = Page(client.get("/su-kien/").content.decode())
    found = [a["href"] for a in page.all("a") if a.get("href", "").startswith("/tim-kiem/?q=")]
    assert len(found) == len(ABOUT)
    first = Page(client.get("/").content.decode())
    links = {a["href"] for a in first.all("a")}
    assert len(links & set(found)) == 8


def test_life_events_cost_one_statement(client, catalogue, django_assert_max_num_queries):
    client.get("/su-kien/")
    with django_assert_max_num_queries(1):
        client.get("/su-kien/")


def places_in(text):
    return [unescape(each.split("</loc>")[0]) for each in text.split("<loc>")[1:]]


def test_the_site_maps_lead_to_every_procedure_in_a_statement_each(
    client, catalogue, django_assert_num_queries
):
    with django_assert_num_queries(1):
        maps = places_in(client.get("/sitemap.xml").content.decode())
    assert len(maps) == 2
    with django_assert_num_queries(1):
        text = client.get(maps[1].removeprefix(settings.BASE_URL)).content.decode()
    procedures = places_in(text)
    assert f"{settings.BASE_URL}/thu-tuc/1.001193/" in procedures
    assert len(procedures) == len(set(procedures)) > 5
    assert text.count("<lastmod>") == len(procedures)
    for place in procedures[:3]:
        assert client.get(place.removeprefix(settings.BASE_URL)).status_code == 200


def test_no_site_map_grows_past_what_search_engines_read(client, catalogue, monkeypatch):
    whole = places_in(client.get("/sitemap-thu-tuc.xml").content.decode())
    monkeypatch.setattr(machines, "MOST_PAGES", 7)
    _pages, *parts = places_in(client.get("/sitemap.xml").content.decode())
    texts = [client.get(p.removeprefix(settings.BASE_URL)).content.decode() for p in parts]
    assert len(parts) == -(-len(whole) // 7) > 1
    assert [len(places_in(text)) for text in texts[:-1]] == [7] * (len(parts) - 1)
    assert [place for text in texts for place in places_in(text)] == whole


def test_a_site_map_of_nothing_is_no_page(client, catalogue):
    assert client.get("/sitemap-thu-tuc.xml?tu=~").status_code == 404
    assert client.get("/sitemap-thu-tuc.xml?tu=%3Cloc%3E").status_code in {200, 404}
