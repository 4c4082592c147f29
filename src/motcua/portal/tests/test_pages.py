"""The portal's own pages, in both languages."""

import pytest

from motcua.backbone.tests.reading import Page, check_frame

pytestmark = pytest.mark.django_db
PAGES = ["/", "/su-kien/", "/so-lieu/", "/tro-giup/", "/tro-nang/", "/quyen-rieng-tu/"]


def get(client, path, language="vi"):
    client.cookies["motcua_language"] = language
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_stands_in_its_frame_in_both_languages(client, path, language):
    html = get(client, path, language)
    check_frame(Page(html))
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize("path", PAGES)
def test_a_link_within_the_page_leads_somewhere(client, path):
    page = Page(get(client, path))
    inner = {a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")}
    assert inner <= set(page.ids())


def test_the_first_page_searches_before_all_else(client):
    page = Page(get(client, "/"))
    first = next(form for form in page.all("form"))
    assert first == {"role": "search", "action": "/tim-kiem/"}


def test_a_page_without_a_person_behind_it_sets_no_cookie(client):
    assert not client.get("/").cookies


def test_search_engines_are_kept_from_what_belongs_to_persons(client):
    text = client.get("/robots.txt").content.decode()
    for path in ("/ho-so/", "/ban-lam-viec/", "/du-lieu-cua-toi/", "/api/"):
        assert f"Disallow: {path}\n" in text
    assert "/sitemap.xml" in text
    assert "Allow: /api/v1/catalogue.ttl\n" in text


def test_the_site_map_lists_pages_that_open(client):
    text = client.get("/sitemap-trang.xml").content.decode()
    assert text.count("<url>") == len(PAGES)


def test_a_phone_can_keep_the_portal(client):
    answer = client.get("/site.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    assert answer.json()["start_url"] == "/"
