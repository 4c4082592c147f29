"""The frame of every paper of the desk: letterhead, number, title, blocks, signatures."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.agencies.queries.agencies import Agency
from motcua.backbone.pdf import render_pdf
from motcua.dossiers.rules.clock import Timing
from motcua.kernel.text import N_

TEMPLATE = Path(__file__).parents[2] / "templates" / "dossiers" / "slip.typ"
Block = dict[str, Any]

TIMING_WORDS = {
    Timing.EARLY: N_("Ahead of time"),
    Timing.ON_TIME: N_("On time"),
    Timing.LATE: N_("Late"),
}
"""How something stands to its due day: the three figures of every report."""


def sheet(
    place: Agency,
    *,
    number: str,
    title: str,
    at: datetime,
    blocks: Sequence[Block],
    signatures: Sequence[tuple[str, str]],
    subtitle: str = "",
    landscape: bool = False,
) -> bytes:
    """
    Return a paper of an agency's one-stop desk as a PDF/UA.

    :param number: what it is known by, such as a dossier's code
    :param at: the day it is dated
    :param signatures: who signs, and the name that stands there, or nothing
    """
    facts = {
        "language": get_language() or "vi",
        "agency": place.name,
        "desk": _("One-stop desk"),
        "number_word": _("Number:"),
        "number": number,
        "place_and_day": _place_and_day(place, localtime(at)),
        "title": title,
        "subtitle": subtitle,
        "blocks": list(blocks),
        "signatures": [
            {"who": who, "sign": _("(signature and full name)") if who else "", "name": name}
            for who, name in signatures
        ],
        "landscape": landscape,
    }
    return render_pdf(TEMPLATE, facts)


def _place_and_day(place: Agency, day: datetime) -> str:
    facts = {"place": place.unit_name or place.name, "day": f"{day:%d}", "month": f"{day:%m}"}
    return _("%(place)s, day %(day)s month %(month)s year %(year)s") % (facts | {"year": day.year})


def text(words: str) -> Block:
    """Return a paragraph."""
    return {"kind": "text", "text": words}


def rows(*pairs: tuple[str, str]) -> Block:
    """Return lines of a label and its value; what has no value is a line of dots to fill in."""
    return {"kind": "rows", "rows": [[label, value or "…………………"] for label, value in pairs]}


def numbered(title: str, items: Sequence[str]) -> Block:
    """Return a numbered list under a title."""
    return {"kind": "list", "title": title, "items": list(items)}


def table(head: Sequence[str], widths: Sequence[int], lines: Sequence[Sequence[str]]) -> Block:
    """Return a table; a width of 0 is as wide as its words, others share what is left."""
    return {
        "kind": "table",
        "head": list(head),
        "widths": list(widths),
        "rows": [list(x) for x in lines],
    }
