"""A place on a page of a PDF: marked on a picture of the page, shown to its applicant on it."""

from io import BytesIO

import pytest
from django.apps import apps
from PIL import Image

from motcua.backbone.models import Look
from motcua.backbone.pdf import render_pdf
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.operations.remarks import mark_paper
from motcua.dossiers.queries.noted import remarks_of
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.remarks import Box
from motcua.dossiers.tests.conftest import MONDAY, PDF, answers
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.files.operations.keeping import keep_upload

DESK = "/ban-lam-viec/"
WORDS = "Thiếu con dấu giáp lai"


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def pdf():
    return render_pdf('#set document(title: "Giấy")\nTrang một #pagebreak() Trang hai', {})


def photo():
    made = BytesIO()
    Image.new("RGB", (60, 40), "red").save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def filed(counter):
    """File a paper; return the dossier's code and the file's id."""

    def filing(content):
        lan = counter.actor("lan")
        file = keep_upload(content, "giấy", by=lan, at=MONDAY).id
        wanted = Filing(counter.definition, answers(), {"proof": [file]}, "test", file)
        return file_dossier(wanted, by=lan, at=MONDAY).code, file

    return filing


def test_a_page_is_marked_on_its_picture_and_the_applicant_sees_it_there(counter, filed):
    code, file = filed(pdf())
    clerk = counter.client("clerk")
    there, picture = f"{DESK}{code}/danh-dau/{file}/", f"/ho-so/{code}/tep/{file}/trang/2/"
    page = clerk.get(f"{there}?trang=2")
    check_shape(page)
    assert f'src="{picture}"' in page.content.decode()
    typed = {"trang": "2", "trai": "10", "tren": "20", "rong": "30", "cao": "5", "loi": WORDS}
    assert clerk.post(there, typed)["Location"] == f"{there}?trang=2"
    (mark,) = remarks_of(code, by=counter.actor("clerk")).marks
    assert (mark.page, mark.left, mark.width) == (2, 100, 300)
    assert f'src="{picture}"' in clerk.get(f"{DESK}{code}/").content.decode()
    first = clerk.get(there).content.decode()
    assert "<rect" not in first

    lan = counter.client("lan")
    counter.walk(code, Step.ASK_SUPPLEMENT)
    asked = lan.get(f"/ho-so/{code}/bo-sung/")
    check_shape(asked)
    assert f'src="{picture}"' in asked.content.decode()
    assert text_of(asked).count(WORDS) == 1
    assert asked.content.decode().count("<rect") == 1
    shown = lan.get(picture)
    assert shown["Content-Type"] == "image/jpeg"
    assert Image.open(BytesIO(shown.content)).size[0] > 500


def test_opening_a_page_is_written_down_and_others_cannot(counter, filed):
    code, file = filed(pdf())
    picture = f"/ho-so/{code}/tep/{file}/trang/1/"
    assert counter.client("clerk").get(picture).status_code == 200
    assert Look.objects.latest("id").what == "Paper of a dossier"
    for who in ("nam", "stranger"):
        assert counter.client(who).get(picture).status_code == 404
    assert counter.client("clerk").get(f"/ho-so/{code}/tep/{file}/trang/3/").status_code == 404


def test_a_page_that_cannot_be_drawn_is_marked_by_its_number(counter, filed):
    code, file = filed(PDF)
    apps.get_model("files", "Paper").objects.filter(pk=file).update(pages=None)
    clerk, there = counter.client("clerk"), f"{DESK}{code}/danh-dau/{file}/"
    page = clerk.get(f"{there}?trang=7")
    check_shape(page)
    assert 'name="trai"' not in page.content.decode()
    clerk.post(there, {"trang": "7", "loi": WORDS})
    (mark,) = remarks_of(code, by=counter.actor("clerk")).marks
    assert (mark.page, mark.width) == (7, 0)


def test_a_photo_has_no_pages_and_a_mark_without_a_place_needs_no_picture(counter, filed):
    code, file = filed(photo())
    assert counter.client("lan").get(f"/ho-so/{code}/tep/{file}/trang/1/").status_code == 404
    code, file = filed(pdf())
    mark_paper(code, file, Box(2), WORDS, by=counter.actor("clerk"), at=MONDAY)
    counter.walk(code, Step.ASK_SUPPLEMENT)
    asked = counter.client("lan").get(f"/ho-so/{code}/bo-sung/")
    assert "/trang/2/" not in asked.content.decode()
    assert text_of(asked).count(WORDS) == 1
