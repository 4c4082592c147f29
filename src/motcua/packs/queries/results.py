"""The paper a pack results in, drawn from its template on the portal's sheet."""

from functools import cache
from typing import Any

from motcua.backbone.pdf import render_pdf
from motcua.kernel.scope import public
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.published import SHIPPED
from motcua.packs.rules.work import Result

__all__ = ["SHEET", "paper_of", "sheet"]

SHEET = "official.typ"
"""What templates import: letterhead, heading, signature; see docs/packs.md."""


@public
def paper_of(pack: Pack, result: Result, facts: dict[str, Any], *, before: str = "") -> bytes:
    """
    Return the PDF of a result.

    :param facts: ``code``, ``number``, ``agency``, ``applicant``, ``approved_by``, ``approved_on``
        (ISO), ``values`` (answers in words by field id)
    :param before: Typst put before the template, such as a mark that it is a draft
    :raises typst.TypstError: if the template cannot be drawn; `lint` tells before publishing
    """
    return render_pdf(before + pack.templates[result.template], facts, files=sheet())


@cache
def _sheet() -> str:
    return (SHIPPED / SHEET).read_text()


@public
def sheet() -> dict[str, str]:
    """Return the sources a template may import, by name."""
    return {SHEET: _sheet()}
