"""Answers as they leave the portal: lines for a spreadsheet, the data of a paper."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from motcua.forms.rules.findings import SummaryLine, SummarySection, SummaryTable
from motcua.forms.rules.schema import MOST_STROKES, STROKES

_FORMULA = re.compile(r"^[=+\-@\t\r]")
_NUMBER = re.compile(r"^[+-]?[0-9]+([.,][0-9]+)*$")
_DIGITS = re.compile(r"^(0[0-9]+|[0-9]{12,})$")
_COORDINATE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def safe_cell(text: str) -> str:
    """
    Return a text as a spreadsheet shows it unchanged.

    What would be a formula gets an apostrophe before it (CSV injection, OWASP); digits that are no
    number but an identity, phone or account number get a tab, or their zeros would be lost.
    """
    if _DIGITS.match(text):
        return f"\t{text}"
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def csv_of(
    heads: Sequence[str], sections: Iterable[SummarySection], *, beside: Sequence[str] = ()
) -> bytes:
    """
    Return answers as CSV (RFC 4180, UTF-8 with a mark so that spreadsheets know it).

    One line an answer: page, question, row, column, answer, place. Rows of tables have a line for
    each cell that is not empty.

    :param beside: what stands at the end of every line
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    for section in sections:
        for line in section.lines:
            for cells in _cells(line):
                writer.writerow([safe_cell(each) for each in (section.title, *cells, *beside)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cells(line: SummaryLine) -> Iterator[tuple[str, ...]]:
    if line.table is None:
        yield line.label, "", "", line.value, line.field
        return
    for number, row in enumerate(line.table.rows, 1):
        for heading, value in zip(line.table.headings, row, strict=True):
            if value:
                yield line.label, str(number), heading, value, line.field


def paper_of(
    sections: Iterable[SummarySection],
    *,
    language: str,
    title: str,
    facts: Sequence[tuple[str, str]],
    said: Mapping[str, str],
) -> dict[str, Any]:
    """
    Return what the template ``forms/answers.typ`` reads.

    :param facts: what stands over the answers, as (label, value)
    :param said: ``number``, ``empty`` and ``foot`` in the reader's language
    """
    return {
        "language": language[:2],
        "title": title,
        "facts": [list(fact) for fact in facts],
        **said,
        "sections": [
            {"title": section.title, "lines": [_line(line) for line in section.lines]}
            for section in sections
        ],
    }


def _line(line: SummaryLine) -> dict[str, Any]:
    return {
        "label": line.label,
        "value": line.value,
        "drawn": drawing_of(line.strokes),
        "table": _table(line.table) if line.table else None,
    }


def _table(table: SummaryTable) -> dict[str, Any]:
    return {
        "headings": list(table.headings),
        "rows": [list(row) for row in table.rows],
        "names": [f"{table.name} {number}" for number in range(1, len(table.rows) + 1)],
    }


def is_drawn(strokes: str) -> bool:
    """Tell whether a text is a signature that somebody drew: more than a touch by accident."""
    if len(strokes) > MOST_STROKES or not drawing_of(strokes):
        return False
    lines = ([float(x) for x in _COORDINATE.findall(each)] for each in strokes.split("M"))
    drawn = [line for line in lines if len(line) > 2]
    ways = [[x for line in drawn for x in line[first::2]] for first in (0, 1)]
    return any(max(way) - min(way) >= SMALLEST for way in ways if way)


SMALLEST = 20
"""How far a signature reaches across or down at least, of 600 × 200."""


def drawing_of(strokes: str) -> str:
    """Return the path of a signature as an SVG picture; nothing of what is no such path."""
    if not re.fullmatch(STROKES, strokes):
        return ""
    numbers = [float(each) for each in _COORDINATE.findall(strokes)]
    if len(numbers) < 2:
        return ""
    across, down = numbers[::2], numbers[1::2]
    left, top = min(across) - 2, min(down) - 2
    width, height = max(across) - left + 2, max(down) - top + 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {width:g} {height:g}">'
        f'<path d="{strokes}" fill="none" stroke="#1d1b19" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )
