import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from motcua.files.rules import images
from motcua.files.rules.acceptance import (
    EmptyFile,
    FileTooLarge,
    OfficeDocument,
    WrongKind,
    accept,
)
from motcua.files.rules.images import BrokenImage, ImageTooLarge
from motcua.files.rules.names import EXTENSIONS, LONGEST, shown_name
from motcua.files.rules.pdf import ActivePdf, BrokenPdf, LockedPdf
from motcua.files.tests.samples import (
    SCRIPTED_SVG,
    heic,
    pdf,
    photo,
    photo_with_place,
    plain_pdf,
)

MB = 2**20


def taken(content, name="a.bin"):
    return accept(content, name, most_bytes=20 * MB)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (photo(), "image/jpeg"),
        (photo("PNG"), "image/png"),
        (photo("PNG", mode="RGBA"), "image/png"),
        (photo("WEBP"), "image/webp"),
        (heic(), "image/jpeg"),
        (pdf(), "application/pdf"),
        (plain_pdf(), "application/pdf"),
    ],
)
def test_papers_and_photos_are_taken_and_called_what_they_are(content, kind):
    assert taken(content, "giấy tờ.exe").media_type == kind
    assert taken(content, "giấy tờ.exe").name == "giấy tờ" + EXTENSIONS[kind]


@pytest.mark.parametrize(
    ("mode", "spread", "kind"),
    [("RGB", 40, "image/jpeg"), ("RGB", 0, "image/png"), ("RGBA", 40, "image/png")],
)
def test_a_photo_sent_as_png_becomes_light_and_a_drawing_stays_sharp(mode, spread, kind):
    sent = BytesIO()
    noise = Image.effect_noise((1500, 1200), spread)
    picture = (noise if spread else Image.new("L", noise.size, "white")).convert(mode)
    if mode == "RGBA":
        picture.putalpha(Image.effect_noise(picture.size, 40))
    picture.save(sent, "PNG")
    kept = taken(sent.getvalue(), "quét.png")
    assert (kept.media_type, kept.name) == (kind, "quét" + EXTENSIONS[kind])
    if kind == "image/jpeg":
        assert len(kept.content) < len(sent.getvalue()) / 2


def test_where_a_photo_was_taken_and_by_which_phone_is_not_kept():
    sent = photo_with_place()
    assert b"SECRETPHONE" in sent
    kept = taken(sent)
    assert b"SECRET" not in kept.content
    with Image.open(BytesIO(kept.content)) as image:
        assert not image.getexif()
    assert b"SECRET" not in kept.thumbnail


def test_a_photo_held_sideways_stands_upright():
    kept = taken(photo_with_place())
    assert (kept.width, kept.height) == (40, 60)


def test_a_large_photo_becomes_no_larger_than_can_be_read():
    kept = taken(photo(size=(6000, 3000)))
    assert (kept.width, kept.height) == (2500, 1250)
    with Image.open(BytesIO(kept.thumbnail)) as small:
        assert max(small.size) == 320


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA"])
def test_a_scan_in_any_depth_of_colour_keeps_its_picture(mode):
    """Half grey stays half grey: 16-bit scans are scaled, not cut to white."""
    paper = Image.new("L", (60, 40), 128)
    sent = BytesIO()
    if mode == "I;16":
        Image.new("I;16", (60, 40), 128 * 256).save(sent, "PNG")
    else:
        paper.convert(mode).save(sent, "PNG")
    with Image.open(BytesIO(taken(sent.getvalue()).content)) as kept:
        grey = kept.convert("L").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert 120 <= grey <= 136


def test_a_photo_for_print_and_a_moving_picture_become_plain_ones():
    assert taken(photo(mode="CMYK")).media_type == "image/jpeg"
    moving = photo("WEBP", save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")])
    with Image.open(BytesIO(taken(moving).content)) as kept:
        assert kept.n_frames == 1


def test_what_hides_behind_a_picture_is_gone():
    assert b"<script>" not in taken(photo() + b"<script>alert(1)</script>").content


@pytest.mark.parametrize("most", [images.MOST_PIXELS, 100])
def test_a_picture_that_would_fill_memory_is_refused(monkeypatch, most):
    monkeypatch.setattr(images, "MOST_PIXELS", most)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000 if most > 100 else 10**9)
    with pytest.raises(ImageTooLarge):
        taken(photo(size=(60, 40)))


@pytest.mark.parametrize("content", [photo()[:200], photo("PNG")[:60], heic()[:80]])
def test_half_a_photo_is_refused(content):
    with pytest.raises(BrokenImage):
        taken(content)


@pytest.mark.parametrize(
    "content",
    [
        SCRIPTED_SVG,
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"MZ" + bytes(200),
        b"just words",
        b"\x1f\x8b" + bytes(50),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content):
    with pytest.raises(WrongKind):
        taken(content, "giay-khai-sinh.pdf")


def test_a_document_still_being_edited_is_asked_for_as_a_pdf():
    with pytest.raises(OfficeDocument):
        taken(b"{\\rtf1 hello}")


def test_nothing_is_refused():
    with pytest.raises(EmptyFile):
        taken(b"")


def test_too_much_is_refused_and_says_how_much_is_allowed():
    with pytest.raises(FileTooLarge) as refusal:
        accept(bytes(MB + 1), "a.pdf", most_bytes=MB)
    assert refusal.value.facts == {"megabytes": 1}


def packed(inside):
    body = zlib.compress(inside)
    return b"9 0 obj<</Type /ObjStm /Filter/FlateDecode>>stream\n" + body + b"\nendstream endobj"


@pytest.mark.parametrize(
    "inside",
    [
        b"<</S /JavaScript /JS (app.alert(1))>>",
        b"<</S /J#61vaScript>>",
        b"<</JS (x)>>",
        b"<</S/Launch/F(cmd.exe)>>",
        b"<</Type/EmbeddedFile>>",
        b"<</S/SubmitForm>>",
        packed(b"<</S /JavaScript>>"),
        packed(b"<</JS (x)>>"),
    ],
)
def test_a_pdf_that_does_something_by_itself_is_refused(inside):
    with pytest.raises(ActivePdf):
        taken(plain_pdf(inside))


def test_a_locked_pdf_is_refused():
    with pytest.raises(LockedPdf):
        taken(plain_pdf(b"<</Encrypt 5 0 R>>"))


def test_letters_inside_page_contents_are_not_taken_for_a_program():
    assert taken(plain_pdf(b"4 0 obj<<>>stream\nBT (/JS ) ET\nendstream endobj")).pages == 1


@pytest.mark.parametrize("content", [b"%PDF-1.4\n", pdf()[:-40], b"%PDF-1.4 startxref"])
def test_half_a_pdf_is_refused(content):
    with pytest.raises(BrokenPdf):
        taken(content)


def test_a_pdf_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("motcua.files.rules.pdf.MOST_UNPACKED", 1000)
    with pytest.raises(BrokenPdf):
        taken(plain_pdf(packed(bytes(2000))))


def test_an_object_stream_that_cannot_be_unpacked_is_read_as_it_is():
    junk = b"9 0 obj<</Type/ObjStm>>stream\n1 0 <</S/Launch>>\nendstream endobj"
    with pytest.raises(ActivePdf):
        taken(plain_pdf(junk))


def test_pages_of_a_modern_pdf_are_counted():
    assert taken(pdf()).pages == 2


@given(st.text(max_size=400), st.sampled_from(sorted(EXTENSIONS)))
def test_a_shown_name_is_harmless(name, kind):
    shown = shown_name(name, kind)
    assert 0 < len(shown) <= LONGEST
    assert not set(shown) & set('/\\<>:"|?*\0\r\n\u202e')
    assert shown.isprintable()
    assert shown.lower().endswith((EXTENSIONS[kind], ".jpeg"))
    assert not shown.startswith(".")
    assert shown_name(shown, kind) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../x.svg", "x.jpg"),
        ("C:\\Ảnh\\CCCD mặt trước.JPEG", "CCCD mặt trước.JPEG"),
        ("IMG_1.HEIC", "IMG_1.jpg"),
        ("a\u202egpj.exe", "a gpj.jpg"),
        ("...", "giay-to.jpg"),
        ("GKS ngày 1.2.2026", "GKS ngày 1.2.2026.jpg"),
    ],
)
def test_names_people_and_attackers_send(name, shown):
    assert shown_name(name, "image/jpeg") == shown
