"""A page drawn for one stranger serves the next; nobody ever gets another person's page."""

from itertools import count

import pytest
from django.http import HttpResponse

from motcua.backbone.http.public_pages import PublicPages


@pytest.fixture
def pages():
    """Pages that tell how often they were drawn."""
    number = count(1)

    def draw(request):
        answer = HttpResponse(f"drawn {next(number)}")
        answer.same_for = 30
        if "cookie" in request.GET:
            answer.set_cookie("csrftoken", "secret")
        return answer

    return PublicPages(draw)


def test_the_next_stranger_costs_no_statement(client, db, django_assert_num_queries):
    first = client.get("/")
    with django_assert_num_queries(0):
        second = client.get("/")
    assert second.content == first.content
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["X-Request-ID"] != first["X-Request-ID"]


def test_each_language_has_its_own_page(client, db):
    client.get("/tro-giup/")
    client.get("/tro-giup/?lang=en")
    assert b'lang="en"' in client.get("/tro-giup/").content
    client.get("/tro-giup/?lang=vi")
    assert b'lang="vi"' in client.get("/tro-giup/").content


def test_a_reader_with_a_session_never_gets_the_strangers_page(rf, settings, pages):
    assert pages(rf.get("/x/")).content == pages(rf.get("/x/")).content == b"drawn 1"
    request = rf.get("/x/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "s"
    assert pages(request).content == b"drawn 2"
    assert pages(rf.post("/x/")).content == b"drawn 3"
    assert pages(rf.get("/x/")).content == b"drawn 1"


def test_a_page_that_sets_a_cookie_is_kept_for_nobody(rf, pages):
    assert pages(rf.get("/x/?cookie")).content != pages(rf.get("/x/?cookie")).content
    assert not pages.drawn


def test_a_page_drawn_with_a_readers_own_form_token_is_kept_for_nobody(rf, settings, pages):
    request = rf.get("/x/")
    request.COOKIES[settings.CSRF_COOKIE_NAME] = "theirs"
    assert pages(request).content == b"drawn 1"
    assert pages(rf.get("/x/")).content == b"drawn 2"
    assert pages(request).content == b"drawn 2"
