"""Texts as people type them in haste: without accents, case or punctuation."""

import re
import unicodedata

_LETTERS = str.maketrans({"đ": "d", "Đ": "d"})
_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """
    Return ``text`` without accents, case or punctuation: ``Giấy khai sinh`` → ``giay khai sinh``.

    What is kept folded and what is looked for are folded by this alone. The database's own
    ``catalogue_fold`` gives the same for every Vietnamese text.
    """
    bare = unicodedata.normalize("NFD", text.translate(_LETTERS))
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return _NOT_WORDS.sub(" ", letters.lower()).strip()


def tidy(text: str) -> str:
    """Return ``text`` composed (NFC), without control characters and with single spaces."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(c if c == "\n" or c.isprintable() else " " for c in composed)
    lines = (" ".join(line.split()) for line in visible.split("\n"))
    return "\n".join(line for line in lines if line)
