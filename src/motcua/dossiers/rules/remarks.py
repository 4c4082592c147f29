"""What can be noted on a dossier: how a paper was found, where on it, and who is meant."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from motcua.kernel.folding import fold
from motcua.kernel.text import N_


class Verdict(StrEnum):
    """How a paper was found."""

    OK = "ok"
    WRONG = "wrong"
    MISSING = "missing"


class SeenAs(StrEnum):
    """What the official held in hand; only the file, where nothing."""

    FILE = ""
    ORIGINAL = "original"
    CERTIFIED = "certified"
    COPY = "copy"


VERDICT_WORDS: dict[Verdict, str] = {
    Verdict.OK: N_("In order"),
    Verdict.WRONG: N_("Not in order"),
    Verdict.MISSING: N_("Missing"),
}
VERDICT_LOOK: dict[Verdict, str] = {
    Verdict.OK: "ok",
    Verdict.WRONG: "bad",
    Verdict.MISSING: "gold",
}
SEEN_WORDS: dict[SeenAs, str] = {
    SeenAs.FILE: N_("Only the file"),
    SeenAs.ORIGINAL: N_("The original was seen"),
    SeenAs.CERTIFIED: N_("A certified copy was seen"),
    SeenAs.COPY: N_("A plain copy was seen"),
}

WHOLE = 1000
"""The width and the height of a page, in thousandths."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in thousandths of its width and height; the page as a whole where 0."""

    page: int = 1
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0

    @classmethod
    def within(cls, page: int, left: int, top: int, width: int, height: int) -> Self:
        """Return the part of a box that lies on its page; one without breadth is the whole page."""
        left, top = (min(max(each, 0), WHOLE) for each in (left, top))
        width, height = (max(width, 0), max(height, 0))
        width, height = min(width, WHOLE - left), min(height, WHOLE - top)
        page = min(max(page, 1), 999)
        return cls(page, left, top, width, height) if width and height else cls(page)


def mentioned(text: str, people: Mapping[str, str]) -> frozenset[str]:
    """
    Return who is meant in a text by an @ and their full name, however its accents are typed.

    :param people: names by id; of two with one name, both are meant
    """
    folded = f"{fold(text.replace('@', ' qqat '))} "
    names = {one: re.escape(fold(name)) for one, name in people.items() if fold(name)}
    return frozenset(one for one, name in names.items() if re.search(rf"qqat {name}\b", folded))
