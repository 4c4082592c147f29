"""
Pictures, made new: what is kept is drawn from the pixels, never the bytes that came.

So where a photo was taken (GPS), by which phone, and anything hidden behind the picture do not
survive; the photo stands upright; and it is no larger than an official needs to read it.
"""

from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

from pi_heif import register_heif_opener
from PIL import Image, ImageOps, UnidentifiedImageError

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

LONGEST_SIDE = 2500
THUMBNAIL_SIDE = 320
MOST_PIXELS = 50_000_000
HEAVY = 1_500_000
"""Bytes of a PNG above which it is a photo rather than a drawing, and kept as JPEG."""

_FORMATS = {
    "image/jpeg": ("JPEG", "image/jpeg"),
    "image/heic": ("HEIF", "image/jpeg"),
    "image/png": ("PNG", "image/png"),
    "image/webp": ("WEBP", "image/webp"),
}
_SAVED_AS: dict[str, dict[str, Any]] = {
    "image/jpeg": {"format": "JPEG", "quality": 85, "progressive": True},
    "image/png": {"format": "PNG"},
    "image/webp": {"format": "WEBP", "quality": 85},
}
_HARM = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, RuntimeError)

_AT_ONCE = BoundedSemaphore(2)
"""A large picture takes up to 200 MB while it is drawn, so few are drawn at a time."""

register_heif_opener(thumbnails=False)


class BrokenImage(Invalid):
    code = "files.broken-image"
    message = N_("This photo cannot be opened. Take it again, or send it as a PDF.")


class ImageTooLarge(Invalid):
    code = "files.image-too-large"
    message = N_("This photo has too many pixels. Take it again with a smaller picture size.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew, its size in pixels, and a small JPEG of it."""

    content: bytes
    media_type: str
    width: int
    height: int
    thumbnail: bytes


def draw_anew(content: bytes, media_type: str) -> Picture:
    """
    Return a picture upright, without anything but its pixels, at most 2,500 of them on a side.

    HEIC becomes JPEG, because few browsers show it, and so does a heavy PNG without transparency
    that is half as large then: a photo or a scan. The others stay what they are.

    :raises BrokenImage: if it cannot be drawn
    :raises ImageTooLarge: if it has more than 50 million pixels
    """
    kind, kept_as = _FORMATS[media_type]
    try:
        image = _drawn(content, kind, opaque=kept_as == "image/jpeg")
    except Image.DecompressionBombError:
        raise ImageTooLarge from None
    except (UnidentifiedImageError, *_HARM):
        raise BrokenImage from None
    small = _on_white(image)
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    drawn = _saved(image, kept_as)
    if kept_as == "image/png" and len(drawn) > HEAVY and image.mode == "RGB":
        lighter = _saved(image, "image/jpeg")
        if len(lighter) < len(drawn) / 2:
            drawn, kept_as = lighter, "image/jpeg"
    return Picture(drawn, kept_as, image.width, image.height, _saved(small, "image/jpeg"))


def _drawn(content: bytes, kind: str, *, opaque: bool) -> Image.Image:
    """Return the picture, made small before anything else so that memory holds it once."""
    with _AT_ONCE, Image.open(BytesIO(content), formats=[kind]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ImageTooLarge
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        clear = opened.has_transparency_data and not opaque
        image = _in_full_colour(opened, "RGBA" if clear else "RGB")
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        upright = ImageOps.exif_transpose(image)
    upright.info.clear()
    return upright


def _in_full_colour(image: Image.Image, mode: str) -> Image.Image:
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return image if image.mode == mode else image.convert(mode)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image.copy()
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _saved(image: Image.Image, media_type: str) -> bytes:
    target = BytesIO()
    image.save(target, **_SAVED_AS[media_type])
    return target.getvalue()
