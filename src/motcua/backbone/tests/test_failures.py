"""However a request fails, it is told what happened, what was kept and what to do."""

import errno

import pytest
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.http import require_POST
from psycopg.errors import DiskFull

from motcua.backbone.failures import form_expired
from motcua.backbone.http.refusals import StaleVersion, TooOften
from motcua.backbone.tests.reading import Page, check_frame
from motcua.kernel.errors import Conflict, Forbidden, Invalid, Unavailable


def fail(request):
    raise FAILURES[request.GET["how"]]


@require_POST
def post_only(request):
    return HttpResponse(len(request.POST))


FAILURES = {
    "none": Http404(),
    "forbidden": Forbidden(),
    "conflict": Conflict(),
    "stale": StaleVersion(),
    "often": TooOften(seconds=30),
    "invalid": Invalid(problems=[{"at": "ten", "message": "<b>Tên</b> còn thiếu"}]),
    "away": Unavailable(),
    "database": OperationalError("gone"),
    "fault": ZeroDivisionError(),
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "full database": OperationalError("could not extend file"),
}
FAILURES["full database"].__cause__ = DiskFull()
STATUS = dict(
    zip(FAILURES, (404, 403, 409, 412, 429, 422, 503, 503, 500, 507, 507), strict=True),
)
urlpatterns = [path("hong/", fail), path("api/hong/", fail), path("gui/", post_only)]
handler400 = "motcua.backbone.failures.bad_request"
handler403 = "motcua.backbone.failures.forbidden"
handler404 = "motcua.backbone.failures.not_found"
handler500 = "motcua.backbone.failures.server_error"

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def reader():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("how", FAILURES)
def test_a_failure_is_a_whole_page_that_names_the_request(reader, how):
    """No database is touched: this test may not use one."""
    answer = reader.get("/hong/", {"how": how}, headers={"X-Request-ID": "request-0001"})
    assert answer.status_code == STATUS[how]
    page = Page(answer.content.decode())
    check_frame(page)
    assert "request-0001" in page.text
    assert "Bạn nên" in page.text


def test_who_is_signed_in_is_told_too_when_no_database_answers(reader):
    """This test may not use a database: whatever asks for one fails, as when it is down."""
    reader.cookies["sessionid"] = "a" * 32
    answer = reader.get("/hong/", {"how": "fault"})
    assert answer.status_code == 500
    check_frame(Page(answer.content.decode()))


@pytest.mark.parametrize("how", FAILURES)
def test_a_machine_gets_a_problem_document(reader, how):
    answer = reader.get("/api/hong/", {"how": how})
    assert answer.status_code == STATUS[how]
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == STATUS[how]
    assert answer.json()["request_id"] == answer["X-Request-ID"]


@pytest.mark.parametrize("how", ["none", "fault"])
def test_a_failure_of_a_part_takes_the_place_of_the_whole_content(reader, how):
    answer = reader.get("/hong/", {"how": how}, headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == answer["HX-Reselect"] == "main"


def test_a_fault_says_nothing_of_what_broke(reader):
    answer = reader.get("/hong/", {"how": "fault"})
    assert "ZeroDivision" not in answer.content.decode()


def test_what_needs_correcting_is_listed_and_escaped(reader):
    html = reader.get("/hong/", {"how": "invalid"}).content.decode()
    assert "&lt;b&gt;Tên&lt;/b&gt; còn thiếu" in html


def test_who_asks_too_often_is_told_when_to_come_back(reader):
    assert reader.get("/hong/", {"how": "often"})["Retry-After"] == "30"


def test_an_address_for_forms_says_so_when_it_is_visited(reader):
    answer = reader.get("/gui/")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    check_frame(Page(answer.content.decode()))


def test_a_form_without_its_token_is_told_what_was_kept():
    answer = Client(enforce_csrf_checks=True).post("/gui/", {"a": "b"})
    assert answer.status_code == 403
    assert "Đã giữ lại" in answer.content.decode()
    assert "tải lại trang" in answer.content.decode()


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10)
def test_too_much_at_once_is_told_as_that(reader):
    answer = reader.post(
        "/gui/", b"a=" + b"b" * 99, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 413
    assert "quá lớn" in answer.content.decode()


def test_a_strange_host_is_refused_with_a_page(reader):
    answer = reader.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    check_frame(Page(answer.content.decode()))


def test_a_failure_page_refers_to_no_door_that_is_closed(rf):
    """The view may be called by Django before any middleware has spoken."""
    assert form_expired(rf.post("/x/")).status_code == 403
