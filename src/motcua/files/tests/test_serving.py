from datetime import UTC, datetime

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from motcua.backbone.http.downloads import file_response
from motcua.files.operations.keeping import keep_upload
from motcua.files.queries.kept import NoSuchFile
from motcua.files.tests.samples import pdf, photo
from motcua.kernel.actors import ANONYMOUS, Actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HUONG = Actor("huong", "Nguyễn Thị Hương")


def get(path, actor=HUONG, **headers):
    request = RequestFactory().get(path, headers=headers)
    request.actor = actor
    view, args, kwargs = resolve(request.path)
    return view(request, *args, **kwargs)


def address(file, view="files:show"):
    return reverse(view, kwargs={"id": file.id})


@pytest.fixture
def picture():
    return keep_upload(photo(), "CCCD mặt trước.jpg", by=HUONG, at=AT)


def test_a_picture_is_shown_and_can_do_nothing(picture):
    answer = get(address(picture))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''CCCD")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]
    assert answer.content.startswith(b"\xff\xd8")


def test_a_file_can_be_saved(picture):
    answer = get(address(picture) + "?tai=1")
    assert answer["Content-Disposition"].startswith("attachment;")


def test_a_browser_that_has_it_is_not_sent_it_again(picture, django_assert_num_queries):
    tag = get(address(picture))["ETag"]
    with django_assert_num_queries(1):
        answer = get(address(picture), **{"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_small_picture_has_its_own_address(picture):
    answer = get(address(picture, "files:thumbnail"))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["ETag"] != get(address(picture))["ETag"]


def test_a_pdf_is_shown():
    answer = get(address(keep_upload(pdf(), "a.pdf", by=HUONG, at=AT)))
    assert answer["Content-Type"] == "application/pdf"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_somebody_else_is_told_that_there_is_no_such_file(picture):
    for view in ("files:show", "files:thumbnail"):
        with pytest.raises(NoSuchFile):
            get(address(picture, view), Actor("nam"))


def test_a_stranger_is_asked_to_sign_in(picture):
    assert get(address(picture), ANONYMOUS).status_code == 302


def test_what_a_browser_might_run_is_never_shown():
    answer = file_response(
        RequestFactory().get("/"),
        name="a\r\nb.html",
        media_type="text/html",
        tag="t",
        content=lambda: b"<script>",
    )
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
