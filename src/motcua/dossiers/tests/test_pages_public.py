"""Tracking by code, and files of a dossier."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.backbone.models import Look
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, PDF
from motcua.dossiers.tests.counter import Counter, check_shape, text_of


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def papers(counter, code):
    return dossier(code, by=counter.actor("lan"), at=MONDAY).papers["proof"]


@pytest.mark.parametrize("mess", ["{}", " {} ", "{:}\n"])
def test_anybody_with_the_code_sees_the_state_and_nobody_s_name(client, counter, mess):
    code = counter.file().code
    page = client.get("/tra-cuu/", {"ma": mess.format(code.lower())})
    check_shape(page)
    assert "Đã nộp, chờ tiếp nhận" in text_of(page)
    assert "Lan" not in text_of(page)


def test_who_reads_english_reads_the_procedure_s_english_name(client, counter):
    code = counter.file().code
    assert "Cấp bản sao thử" in text_of(client.get(f"/tra-cuu/{code}/"))
    client.cookies["motcua_language"] = "en"
    page = text_of(client.get(f"/tra-cuu/{code}/"))
    assert "A copy, to try with" in page
    assert "Cấp bản sao thử" not in page


def test_an_unknown_code_gets_the_same_kind_of_page(client, counter):
    for typed in ("000.00.61.H26-261102-9999", "<b>x</b>", "0"):
        page = client.get("/tra-cuu/", {"ma": typed})
        assert page.status_code == 200
        check_shape(page)
        assert "Không có hồ sơ nào mang mã này" in text_of(page)
    assert "<b>x</b>" not in page.content.decode()
    assert client.get("/tra-cuu/").status_code == 200


def test_guessing_codes_is_stopped(client, counter, monkeypatch):
    monkeypatch.setattr("motcua.dossiers.web.track.TIMES", 2)
    statuses = [client.get("/tra-cuu/", {"ma": str(n)}).status_code for n in range(3)]
    assert statuses == [200, 200, 429]


def test_files_open_for_the_applicant_and_the_agency_only(counter):
    code = counter.file().code
    (file,) = papers(counter, code)
    address = f"/ho-so/{code}/tep/{file}/"
    assert counter.client("lan").get(address).content.startswith(b"%PDF")
    assert not Look.objects.filter(reference=code).exists()
    assert counter.client("clerk").get(address)["Content-Disposition"].startswith("inline")
    assert Look.objects.get(reference=code).what == "Paper of a dossier"
    for other in ("nam", "stranger"):
        assert counter.client(other).get(address).status_code == 404
    assert counter.client("lan").get(f"{address}anh-nho/").status_code == 404


def test_a_file_is_found_only_through_its_own_dossier(counter):
    mine, other = counter.file().code, counter.file(by="nam").code
    (file,) = papers(counter, mine)
    assert counter.client("clerk").get(f"/ho-so/{other}/tep/{file}/").status_code == 404
    assert counter.client("nam").get(f"/ho-so/{other}/tep/{file}/").status_code == 404


def test_what_a_supplement_replaced_can_still_be_read(counter):
    code = counter.file().code
    (old,) = papers(counter, code)
    counter.walk(code, Step.ASK_SUPPLEMENT)
    client, address = counter.client("lan"), f"/ho-so/{code}/bo-sung/"

    new = SimpleUploadedFile("moi.pdf", PDF, "application/pdf")
    client.post(address, {"full_name": "Nguyễn Thị Lan", "file-proof": new, "add": "proof"})
    given = dossier(code, by=counter.actor("lan"), at=MONDAY).asked["given"]["proof"][0]
    assert counter.client("clerk").get(f"/ho-so/{code}/tep/{given}/").status_code == 404
    client.post(address, {"full_name": "Nguyễn Thị Lan Hương", "send": "1"})
    assert papers(counter, code) == [given]
    for file in (old, given):
        assert counter.client("clerk").get(f"/ho-so/{code}/tep/{file}/").status_code == 200
