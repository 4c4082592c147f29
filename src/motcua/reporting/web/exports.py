"""Form 06 taken away: a workbook, lines for a spreadsheet, a paper to sign."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.backbone.database.reading import reads_may_lag
from motcua.backbone.formats import moment
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.pdf import render_pdf
from motcua.forms.rules.exporting import safe_cell
from motcua.reporting.queries.form06 import Form06, form_06
from motcua.reporting.queries.places import READERS
from motcua.reporting.web.asking import asked_of, filters_of
from motcua.reporting.web.form06 import rows_of
from motcua.reporting.web.words import COLUMN_WORDS, GROUPS, LEVEL_WORDS, field_words, period_words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

PAPER = Path(__file__).parent.parent / "templates" / "reporting" / "form06.typ"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to take the form away: its type, and what makes it."""

    media_type: str
    make: Callable[[Form06], bytes]


@require_safe
@officials_only(*READERS)
@reads_may_lag
def take(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the form as a file."""
    way = WAYS.get(ending)
    if way is None:
        raise Http404
    asked = asked_of(filters_of(request), today=localdate())
    form = form_06(asked, by=actor_of(request), at=now())
    period = asked.period
    name = f"bieu-06-{form.places.root.id}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{ending}"
    answer = HttpResponse(way.make(form), content_type=way.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _title() -> str:
    return _("State and results of settling administrative procedures")


def _facts(form: Form06) -> list[tuple[str, str]]:
    """Return what the head of the form says."""
    asked = form.asked
    said = [(_("Agency"), form.places.root.name), (_("Period"), period_words(asked.period))]
    if asked.level:
        said.append((_("Level"), _(LEVEL_WORDS[asked.level])))
    if asked.field is not None:
        said.append((_("Field"), field_words(asked.field)))
    return [*said, (_("Figures as known at"), moment(localtime(form.until)))]


def _as_csv(form: Form06) -> bytes:
    """Return one line a section, a line and the sum (RFC 4180, UTF-8 with a mark)."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("Level"), _line_word(form), *(_(words) for words in COLUMN_WORDS.values())])
    level = ""
    for row in rows_of(form):
        level = row.name if row.head else level
        names = (level, "" if row.head else row.name)
        writer.writerow([*map(safe_cell, names), *(value for _c, value, _a in row.cells)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _line_word(form: Form06) -> str:
    return _("Agency") if form.asked.by_agency else _("Field")


def _as_xlsx(form: Form06) -> bytes:
    """Return the form as a workbook: texts are texts, never formulas or links."""
    import xlsxwriter  # noqa: PLC0415 (large, and seldom asked for)

    made = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, plain) as book:
        sheet = book.add_worksheet(_("Form 06"))
        bold = {"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"}
        head = book.add_format(bold | {"align": "center"})
        formats = {True: book.add_format(bold), False: book.add_format({"border": 1})}
        sheet.write_string(0, 0, _title(), book.add_format({"bold": True, "font_size": 14}))
        facts = _facts(form)
        for line, (name, value) in enumerate(facts, 1):
            sheet.write_string(line, 0, f"{name}: {value}")
        _heads(sheet, len(facts) + 2, _line_word(form), head)
        for at, row in enumerate(rows_of(form), len(facts) + 4):
            sheet.write_string(at, 0, row.name, formats[row.head])
            for place, (_column, figure, _address) in enumerate(row.cells, 1):
                sheet.write_number(at, place, figure, formats[row.head])
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, len(COLUMN_WORDS), 11)
        sheet.freeze_panes(len(facts) + 4, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return made.getvalue()


def _heads(sheet: "Worksheet", top: int, line: str, look: "Format") -> None:
    """Write the two rows of column names."""
    sheet.merge_range(top, 0, top + 1, 0, line, look)
    column = 1
    for total, parts in GROUPS:
        sheet.merge_range(top, column, top, column + len(parts), _(COLUMN_WORDS[total]), look)
        sheet.write_string(top + 1, column, _("Total"), look)
        for place, part in enumerate(parts, column + 1):
            sheet.write_string(top + 1, place, _(COLUMN_WORDS[part]), look)
        column += len(parts) + 1


def _as_pdf(form: Form06) -> bytes:
    """Return the form on paper, to sign."""
    facts = {
        "language": get_language() or "vi",
        "title": _title(),
        "form": _("Form 06, Circular 01/2020/TT-VPCP"),
        "agency": form.places.root.name,
        "state": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "motto": "Độc lập - Tự do - Hạnh phúc",
        "facts": [{"name": name, "value": value} for name, value in _facts(form)],
        "line": _line_word(form),
        "total": _("Total"),
        "unit": _("Unit: dossiers"),
        "groups": [
            {"name": _(COLUMN_WORDS[total]), "parts": [_(COLUMN_WORDS[x]) for x in parts]}
            for total, parts in GROUPS
        ],
        "rows": [
            {"name": r.name, "head": r.head, "figures": [value for _c, value, _a in r.cells]}
            for r in rows_of(form)
        ],
        "maker": _("Made by"),
        "chief": _("Head of the agency"),
        "sign": _("(signature and full name)"),
    }
    return render_pdf(PAPER, facts)


WAYS = {
    "xlsx": Way("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _as_xlsx),
    "csv": Way("text/csv; charset=utf-8", _as_csv),
    "pdf": Way("application/pdf", _as_pdf),
}
"""The ways to take the form away, by the ending of the file's name."""
