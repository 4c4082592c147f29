"""Files as people send them, made on the spot."""

from io import BytesIO

import pillow_heif
from PIL import Image

from motcua.backbone.pdf import render_pdf

SCRIPTED_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    target = BytesIO()
    Image.new(options.pop("mode", "RGB"), size, "red").save(target, kind, **options)
    return target.getvalue()


def heic() -> bytes:
    target = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "blue")).save(target)
    return target.getvalue()


def photo_with_place() -> bytes:
    """A photo held sideways by a phone that says where it was."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRETPHONE"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (16.0, 27.0, 43.0)
    return photo(size=(60, 40), exif=exif, comment=b"SECRETWORDS")


def pdf() -> bytes:
    return render_pdf('#set document(title: "A")\nPage one #pagebreak() Page two', {})


def plain_pdf(inside: bytes = b"") -> bytes:
    """A small PDF written out, with ``inside`` as one more object."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page>>endobj\n"
        + inside
        + b"\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    )
