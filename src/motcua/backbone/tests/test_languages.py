"""A reader is spoken to in the language they chose."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client
from django.utils import translation

pytestmark = pytest.mark.django_db


def test_vietnamese_is_spoken_first(client):
    page = client.get("/tro-giup/")
    assert page["Content-Language"] == "vi"
    assert '<html lang="vi">' in page.content.decode()
    assert "Trợ giúp" in page.content.decode()


def test_choosing_english_comes_back_to_the_same_page_and_is_remembered(client):
    answer = client.get("/tro-giup/", {"lang": "en", "q": "a b"})
    assert answer.status_code == 302
    assert answer["Location"] == "/tro-giup/?q=a+b"
    page = client.get("/tro-giup/")
    assert '<html lang="en">' in page.content.decode()
    assert "How it works" in page.content.decode()


def test_an_unknown_language_changes_nothing(client):
    page = client.get("/tro-giup/", {"lang": "xx"})
    assert page.status_code == 200
    assert page["Content-Language"] == "vi"


def test_choosing_a_language_never_leads_to_another_host(client):
    answer = client.get("//evil.example/?lang=en")
    assert answer.status_code == 302
    assert not answer["Location"].startswith("//")


def test_a_form_is_not_lost_to_a_choice_of_language():
    answer = Client(enforce_csrf_checks=False).post("/?lang=en")
    assert answer.status_code == 405


def test_the_switch_names_the_other_language_in_its_own_words(client):
    page = client.get("/tim/?a=1&q=%22%3Cb").content.decode()
    assert 'lang="en" hreflang="en"' in page
    assert "?a=1&amp;q=%22%3Cb&amp;lang=en" in page


def test_machines_are_answered_in_the_language_they_accept(client):
    problem = client.get("/api/nowhere", headers={"Accept-Language": "en-GB"}).json()
    assert problem["title"].startswith("We could not find")
    problem = client.get("/api/nowhere").json()
    assert problem["title"].startswith("Không tìm thấy")


def test_what_one_thread_speaks_no_other_one_hears():
    with translation.override("en"), ThreadPoolExecutor(1) as other:
        assert other.submit(translation.get_language).result() == "vi"
        assert translation.get_language() == "en"
    assert translation.get_language() == "vi"
