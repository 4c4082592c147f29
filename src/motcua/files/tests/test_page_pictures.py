"""Pages of PDFs as pictures: drawn once, within limits, whatever the file is."""

from io import BytesIO
from threading import BoundedSemaphore

import pytest
from PIL import Image

from motcua.files.adapters import pages
from motcua.files.models import PagePicture
from motcua.files.operations import drawing
from motcua.files.operations.drawing import CannotBeDrawn, DrawnLater, draw_page
from motcua.files.operations.keeping import keep_made, keep_upload
from motcua.files.queries.kept import NoSuchFile
from motcua.files.tests.samples import pdf, plain_pdf
from motcua.files.tests.test_keeping import AT, HUONG

NOBODY = "0190a000-0000-7000-8000-000000000000"
SLOW = b"q 0 0 1 rg " + b"0 0 m 9 9 l 5 0 9 2 4 9 c S " * 2_000_000


def kept(content):
    return keep_made(content, "giay.pdf", "application/pdf", owner=HUONG.id, by=HUONG, at=AT).id


def sheet(box, drawing=b""):
    """A PDF of one page of that size, in points, with what is drawn on it."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 " + box + b"]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Length " + str(len(drawing)).encode() + b">>stream\n" + drawing + b"\nendstream"
        b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    )


@pytest.mark.django_db
def test_a_page_is_drawn_as_it_stands_and_kept(monkeypatch):
    file = keep_upload(pdf(), "hai trang.pdf", by=HUONG, at=AT).id
    first, second = (draw_page(file, page, at=AT) for page in (1, 2))
    assert first.data != second.data
    with Image.open(BytesIO(first.data)) as picture:
        assert picture.size == (first.width, first.height)
        assert max(picture.size) <= 1600 < max(picture.size) * 2
    monkeypatch.setattr(drawing, "draw", None)
    assert draw_page(file, 1, at=AT) == first
    assert PagePicture.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("page", [0, 3, -1, 201, 70_000])
def test_a_page_that_is_not_there_is_not_drawn(page):
    with pytest.raises(CannotBeDrawn):
        draw_page(kept(pdf()), page, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.4 and then nothing %%EOF", plain_pdf(b"4 0 obj<<"), b"\x00" * 100_000],
)
def test_what_is_no_whole_pdf_is_tried_once(content, monkeypatch):
    file = kept(content)
    with pytest.raises(CannotBeDrawn):
        draw_page(file, 7, at=AT)
    monkeypatch.setattr(drawing, "draw", None)
    with pytest.raises(CannotBeDrawn):
        draw_page(file, 7, at=AT)


@pytest.mark.parametrize("box", [b"9 9", b"14400 14400", b"0.5 90000", b"99999999 1"])
def test_a_page_of_any_size_is_drawn_within_the_limit_or_not_at_all(box):
    made = pages.draw(sheet(box), 1)
    assert made is None or max(made[1:]) <= 1600


def test_a_page_that_takes_too_long_is_given_up():
    assert pages.draw(sheet(b"600 800", SLOW), 1, seconds=0.5) is None


def test_a_drawer_that_says_something_else_is_not_believed(monkeypatch, tmp_path):
    for said in ("print('hello')", "print('x' * 6_000_000)", "raise SystemExit(1)", ""):
        script = tmp_path / "drawer.py"
        script.write_text(said, encoding="utf-8")
        monkeypatch.setattr(pages, "DRAWER", script)
        assert pages.draw(pdf(), 1) is None


@pytest.mark.django_db
def test_whoever_comes_when_others_are_being_drawn_is_asked_to_wait(monkeypatch):
    none_free = BoundedSemaphore(1)
    none_free.acquire()
    monkeypatch.setattr(pages, "_AT_ONCE", none_free)
    monkeypatch.setattr(pages, "WAITS", 0.01)
    file = kept(pdf())
    with pytest.raises(DrawnLater):
        draw_page(file, 1, at=AT)
    assert not PagePicture.objects.exists()


@pytest.mark.django_db
def test_no_file_no_picture():
    with pytest.raises(NoSuchFile):
        draw_page(NOBODY, 1, at=AT)
