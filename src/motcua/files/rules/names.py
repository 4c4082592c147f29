"""The name a file is shown by: what the person called it, made harmless."""

import re
import unicodedata

LONGEST = 150
EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
}
"""The kinds of file the portal keeps, and how the name of each ends."""

_SPOKEN_ALIKE = {".jpeg": ".jpg"}
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_UNNAMED = "giay-to"


def shown_name(name: str, media_type: str) -> str:
    """
    Return ``name`` without folders, control or direction marks, ending as ``media_type`` does.

    ``../../x.svg`` that holds a JPEG is shown as ``x.jpg``; at most 150 characters, NFC.

    :raises KeyError: if the portal keeps no files of ``media_type``
    """
    ending = EXTENSIONS[media_type]
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c if c.isprintable() else " " for c in last)
    stem = " ".join(_FORBIDDEN.sub(" ", plain).split())
    head, dot, tail = stem.rpartition(".")
    if dot and len(tail) <= 5 and not tail.isdecimal():
        ending = f".{tail}" if _SPOKEN_ALIKE.get(f".{tail.lower()}") == ending else ending
        stem = head
    stem = stem.strip(". ") or _UNNAMED
    return stem[: LONGEST - len(ending)].rstrip() + ending
