"""The tus protocol as a client hears it, and the line that drops."""

import json
from base64 import b64encode
from datetime import timedelta
from hashlib import sha1

import pytest
from django.conf import settings
from django.db import connection
from django.http.request import UnreadablePostError
from django.test import RequestFactory

from motcua.files.models.papers import Paper
from motcua.files.models.uploads import Part, Upload
from motcua.files.operations.keeping import forget
from motcua.files.queries.kept import content_of, file_named
from motcua.files.tests.samples import SCRIPTED_SVG, pdf, photo_with_place, plain_pdf
from motcua.files.tests.tus import AT, HUONG, Tus
from motcua.files.web import uploads

pytestmark = pytest.mark.django_db
PAPER = plain_pdf()
tus = Tus()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock to be put forward."""
    hand = {"now": AT}
    monkeypatch.setattr(uploads, "now", lambda: hand["now"])
    return hand


def problem(answer):
    return json.loads(answer.content)


def test_a_server_says_what_it_can():
    answer = tus.call("OPTIONS", "/tep/gui/", Tus_Resumable=None)
    assert answer.status_code == 204
    assert (answer["Tus-Version"], answer["Tus-Resumable"]) == ("1.0.0", "1.0.0")
    assert answer["Tus-Extension"] == "creation,expiration,termination,checksum"
    assert answer["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert answer["Tus-Max-Size"] == str(settings.FILE_MOST_BYTES)


def test_a_file_goes_in_two_parts_and_is_handed_back():
    begun = tus.begin(len(PAPER))
    assert begun.status_code == 201
    assert begun["Upload-Expires"] == "Mon, 23 Nov 2026 03:00:00 GMT"
    address = begun["Location"]
    first = tus.patch(address, 0, PAPER[:100])
    assert (first.status_code, first["Upload-Offset"]) == (204, "100")
    assert "Upload-File" not in first
    where = tus.head(address)
    assert (where["Upload-Offset"], where["Upload-Length"]) == ("100", str(len(PAPER)))
    assert where["Cache-Control"] == "no-store"
    last = tus.patch(address, 100, PAPER[100:])
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(PAPER)))
    file = file_named(last["Upload-File"], by=HUONG)
    assert (file.name, file.media_type) == ("giấy.pdf", "application/pdf")
    assert content_of(file.id, by=HUONG) == PAPER
    assert not Part.objects.exists()


def test_whoever_did_not_hear_the_last_answer_asks_again_and_gets_the_same_file():
    address = tus.begun(len(PAPER))
    file = tus.patch(address, 0, PAPER)["Upload-File"]
    again = tus.patch(address, 0, PAPER)
    assert (again.status_code, again["Upload-Offset"]) == (409, str(len(PAPER)))
    assert tus.head(address)["Upload-File"] == file
    assert tus.patch(address, len(PAPER), b"")["Upload-File"] == file
    assert Paper.objects.count() == 1


def test_a_server_that_stopped_before_it_checked_the_file_goes_on_when_asked():
    address = tus.begun(len(PAPER))
    tus.patch(address, 0, PAPER[:-1])
    found = Upload.objects.get()
    Part.objects.create(upload=found, start=found.offset, data=PAPER[-1:])
    Upload.objects.update(offset=len(PAPER))
    assert "Upload-File" not in tus.head(address)
    assert "Upload-File" in tus.patch(address, len(PAPER), b"")


def test_a_whole_file_may_come_in_one_request():
    large = plain_pdf(b"%" + bytes(3_000_000))
    address = tus.begun(len(large))
    file = tus.patch(address, 0, large)["Upload-File"]
    assert content_of(file, by=HUONG) == large


def test_what_came_before_the_line_dropped_in_a_request_is_kept(monkeypatch):
    large = bytes(3_000_000)
    address, reads = tus.begun(len(large)), iter([large[: 2**20], None])

    def drop(request, size):
        if (data := next(reads)) is None:
            raise UnreadablePostError
        return data

    monkeypatch.setattr(type(RequestFactory().get("/")), "read", drop)
    tus.patch(address, 0, large)
    assert tus.head(address)["Upload-Offset"] == str(2**20)


@pytest.mark.parametrize("offset", [1, 99, 101, 10**14])
def test_a_part_for_another_place_is_refused_and_told_the_right_one(offset):
    address = tus.begun(1000)
    tus.patch(address, 0, bytes(100))
    answer = tus.patch(address, offset, bytes(10))
    assert (answer.status_code, answer["Upload-Offset"]) == (409, "100")
    assert Upload.objects.get().offset == 100


@pytest.mark.parametrize("offset", [-1, "", None, "1.5", "0x1"])
def test_an_offset_that_is_no_number_is_refused(offset):
    address = tus.begun(1000)
    assert tus.patch(address, offset, b"x").status_code == 400
    assert not Part.objects.exists()


def test_more_than_was_announced_is_refused():
    address = tus.begun(10)
    answer = tus.patch(address, 0, bytes(11))
    assert (answer.status_code, problem(answer)["code"]) == (413, "files.more-than-said")
    assert not Part.objects.exists()


@pytest.mark.parametrize(
    ("length", "status", "code"),
    [
        (settings.FILE_MOST_BYTES + 1, 413, "files.too-large"),
        (10**14, 413, "files.too-large"),
        (0, 422, "files.empty"),
        (-1, 400, "files.header-not-understood"),
        ("many", 400, "files.header-not-understood"),
        (None, 400, "files.header-not-understood"),
    ],
)
def test_a_length_that_cannot_be_is_refused_before_anything_is_sent(length, status, code):
    answer = tus.begin(length)
    assert (answer.status_code, problem(answer)["code"]) == (status, code)
    assert (answer["Tus-Resumable"], problem(answer)["status"]) == ("1.0.0", status)
    assert not Upload.objects.exists()


def test_a_client_of_another_version_is_told_ours():
    for version in (None, "0.2.2"):
        answer = tus.begin(10, Tus_Resumable=version)
        assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


def test_a_part_says_that_it_is_one():
    address = tus.begun(10)
    answer = tus.patch(address, 0, b"x", Content_Type="application/octet-stream")
    assert answer.status_code == 415


def test_other_methods_are_refused_with_the_right_ones():
    for path in ("/tep/gui/", tus.begun(10)):
        answer = tus.call("GET", path)
        assert answer.status_code == 405
        assert "PATCH" in answer["Allow"]


def test_a_client_that_cannot_patch_posts():
    address = tus.begun(10)
    override = {"Upload_Offset": 0, "X_HTTP_Method_Override": "PATCH"}
    assert tus.call("POST", address, b"12345", **override)["Upload-Offset"] == "5"
    assert tus.call("GET", address, X_HTTP_Method_Override="DELETE").status_code == 405
    assert tus.call("POST", address, X_HTTP_Method_Override="DELETE").status_code == 204


def test_a_part_damaged_on_its_way_is_not_kept():
    address, data = tus.begun(10), b"12345"
    right = "sha1 " + b64encode(sha1(data).digest()).decode()
    damaged = tus.patch(address, 0, b"12346", Upload_Checksum=right)
    assert (damaged.status_code, problem(damaged)["status"]) == (460, 460)
    assert tus.patch(address, 0, data, Upload_Checksum="md5 AAAA").status_code == 400
    assert not Part.objects.exists()
    assert tus.patch(address, 0, data, Upload_Checksum=right)["Upload-Offset"] == "5"


def test_an_upload_given_up_is_gone_with_its_parts():
    address = tus.begun(10)
    tus.patch(address, 0, b"12345")
    assert tus.give_up(address).status_code == 204
    assert not Part.objects.exists()
    for answer in (tus.head(address), tus.patch(address, 5, b"6"), tus.give_up(address)):
        assert answer.status_code == 404


def test_giving_up_a_finished_upload_leaves_the_file():
    address = tus.begun(len(PAPER))
    file = tus.patch(address, 0, PAPER)["Upload-File"]
    assert tus.give_up(address).status_code == 204
    assert file_named(file, by=HUONG)


def test_a_file_that_was_removed_is_no_longer_handed_back():
    address = tus.begun(len(PAPER))
    forget(tus.patch(address, 0, PAPER)["Upload-File"], by=HUONG, at=AT)
    assert tus.head(address).status_code == 404


def test_a_refused_file_is_refused_again_to_whoever_did_not_hear_it():
    address = tus.begun(len(SCRIPTED_SVG))
    first = tus.patch(address, 0, SCRIPTED_SVG)
    again = tus.patch(address, len(SCRIPTED_SVG), b"")
    for answer in (first, again):
        assert (answer.status_code, problem(answer)["code"]) == (422, "files.wrong-kind")
        assert problem(answer)["title"]
    assert not Paper.objects.exists()
    assert tus.give_up(address).status_code == 204


def test_a_photo_is_turned_and_forgets_where_it_was_taken():
    photo = photo_with_place()
    address = tus.begun(len(photo), "IMG.JPEG")
    for start in range(0, len(photo), 500):
        answer = tus.patch(address, start, photo[start : start + 500])
    file = file_named(answer["Upload-File"], by=HUONG)
    assert (file.width, file.height) == (40, 60)
    assert b"SECRET" not in content_of(file.id, by=HUONG)


def test_after_a_day_an_upload_is_gone_and_soon_swept(clock, monkeypatch):
    from motcua.files import jobs

    late, address = tus.begun(10), tus.begun(len(PAPER))
    tus.patch(late, 0, b"12345")
    file = tus.patch(address, 0, PAPER)["Upload-File"]
    clock["now"] = AT + timedelta(hours=23, minutes=59)
    young = tus.begun(10)
    jobs_now = AT + timedelta(hours=24)
    monkeypatch.setattr(jobs, "now", lambda: jobs_now)
    clock["now"] = jobs_now
    for answer in (tus.head(late), tus.patch(late, 5, b"6"), tus.give_up(late)):
        assert answer.status_code == 404
    assert Upload.objects.count() == 3
    jobs.forget_uploads(0)
    assert Upload.objects.count() == 1
    assert not Part.objects.exists()
    assert tus.head(young).status_code == 200
    assert file_named(file, by=HUONG)


def test_taking_a_part_costs_few_statements(django_assert_max_num_queries):
    pages = pdf()
    address = tus.begun(len(pages))
    with django_assert_max_num_queries(8):
        tus.patch(address, 0, pages[:100])


def test_parts_lie_out_of_line_and_uncompressed():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attstorage::text FROM pg_attribute "
            "WHERE attname = 'data' AND attrelid = 'files_part'::regclass"
        )
        assert cursor.fetchall() == [("e",)]
