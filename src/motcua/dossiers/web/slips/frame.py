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
from motcua.dossiers.web.paper_sizes import Size
from motcua.kernel.text import N_

TEMPLATE = Path(__file__).parents[2] / "templates" / "dossiers" / "slip.typ"
Block = dict[str, Any]

CAPITAL = "Hà Nội"
"""Where agencies of the whole country write their papers."""
DOTS = "…………………"

TIMING_WORDS = {
    Timing.EARLY: N_("Ahead of time"),
    Timing.ON_TIME: N_("On time"),
    Timing.LATE: N_("Late"),
}
"""How something stands to its due day: the three figures of every report."""


def sheet(  # noqa: PLR0913
    place: Agency,
    *,
    number: str,
    title: str,
    at: datetime,
    blocks: Sequence[Block],
    signatures: Sequence[tuple[str, str]],
    code: str = "",
    subtitle: str = "",
    landscape: bool = False,
    size: Size = Size.A4,
) -> bytes:
    """
    Return a paper of an agency's one-stop desk as a PDF/UA.

    :param number: its number in the books, with the sign of its kind
    :param at: the day it is dated
    :param code: that of the dossier it is about, if it is about one
    :param signatures: who signs, and the name that stands there, or nothing
    """
    facts = {
        **head(place, number=number, title=title, code=code, at=at),
        "subtitle": subtitle,
        "blocks": list(blocks),
        "signatures": signs(signatures),
        "landscape": landscape,
        "size": size.value,
    }
    return render_pdf(TEMPLATE, facts)


def head(place: Agency, *, number: str, title: str, code: str, at: datetime) -> dict[str, Any]:
    """Return what the letterhead of a paper reads."""
    return {
        "language": get_language() or "vi",
        "agency": place.name,
        "desk": _("Desk that receives dossiers and returns results"),
        "state": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "number_word": _("Number:"),
        "number": number,
        "place_and_day": _place_and_day(place, localtime(at)),
        "title": title,
        "code_word": _("Dossier code:"),
        "code": code,
    }


def signs(who: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """Return where each signs, and the name that stands there."""
    return [
        {"who": one, "sign": _("(signature and full name)") if one else "", "name": name}
        for one, name in who
    ]


def numbered_in(code: str, kind: str, which: int = 1) -> str:
    """Return a paper's number: day and number of the dossier, which of its kind, sign of kind."""
    number = "-".join(code.rsplit("-", 2)[1:])
    return f"{number}/{kind}" if which == 1 else f"{number}.{which}/{kind}"


def said_at(at: datetime) -> str:
    """Return a moment as papers say it, to the minute."""
    here = localtime(at)
    facts = {"hour": f"{here:%H}", "minute": f"{here:%M}", "day": f"{here:%d}"}
    more = {"month": f"{here:%m}", "year": here.year}
    return _("%(hour)s h %(minute)s, day %(day)s month %(month)s year %(year)s") % (facts | more)


def _place_and_day(place: Agency, day: datetime) -> str:
    where = place.unit_name or (CAPITAL if place.unit is None else place.name)
    facts = {"place": where, "day": f"{day:%d}", "month": f"{day:%m}"}
    return _("%(place)s, day %(day)s month %(month)s year %(year)s") % (facts | {"year": day.year})


def text(words: str) -> Block:
    """Return a paragraph."""
    return {"kind": "text", "text": words}


def rows(*pairs: tuple[str, str]) -> Block:
    """Return lines of a label and its value; what has no value is a line of dots to fill in."""
    return {"kind": "rows", "rows": [[label, value or DOTS] for label, value in pairs]}


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
