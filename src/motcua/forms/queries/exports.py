"""Answers to take away: a sheet (CSV), a document (JSON), a paper (PDF)."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.backbone.pdf import render_pdf
from motcua.forms.queries.forms import problem_text, problems_in, seen, summary_of
from motcua.forms.rules.definition import Answers, Form
from motcua.forms.rules.exporting import csv_of, paper_of
from motcua.kernel.errors import Invalid
from motcua.kernel.scope import public
from motcua.kernel.text import N_

TEMPLATE = Path(__file__).parent.parent / "templates" / "forms" / "answers.typ"


class NotWhole(Invalid):
    """Answers have problems, so they are no document; ``problems`` names each with its place."""

    code = "forms.not-whole"
    message = N_("These answers are not complete and right yet: correct them first.")


@public
def answers_as_json(
    form: Form, answers: Answers, *, version: str, on: date, accepted: bool = False
) -> bytes:
    """
    Return the answers that are seen as a JSON document.

    ``{"form": {"version", "title"}, "on": day, "answers": {…}}``: the answers fit
    `answers_schema` of that version, computed values among them.

    :param version: what the caller knows the form by, a pack's version
    :param accepted: they were judged when they were handed in and are not judged again: what
        only time made wrong since stays as it was accepted
    :raises NotWhole: if they have problems
    """
    if not accepted and (found := problems_in(form, answers, on=on)):
        problems = [{"at": each.field, "message": problem_text(form, each)} for each in found]
        raise NotWhole(problems=problems)
    document = {
        "form": {"version": version, "title": {"vi": form.title.vi, "en": form.title.en}},
        "on": on.isoformat(),
        "answers": seen(form, answers, on=on),
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


@public
def answers_as_csv(
    form: Form,
    answers: Answers,
    language: str,
    *,
    on: date,
    files: Mapping[str, str] | None = None,
    version: str = "",
) -> bytes:
    """
    Return the answers in words for a spreadsheet, one line an answer or a cell of a row.

    :param files: the names of files by id
    :param version: what the caller knows the form by; where given, a last column holds it
    """
    with override(language):
        heads = [_("Page"), _("Question"), _("Row number"), _("Column"), _("Answer"), _("Field id")]
        more = {_("Version of the form"): version} if version else {}
    sections = summary_of(form, answers, language, on=on, files=files)
    return csv_of([*heads, *more], sections, beside=tuple(more.values()))


@public
def answers_as_pdf(
    form: Form,
    answers: Answers,
    language: str,
    *,
    on: date,
    facts: Sequence[tuple[str, str]] = (),
    files: Mapping[str, str] | None = None,
) -> bytes:
    """
    Return the whole form with its answers as a PDF/UA of A4 pages.

    :param facts: what stands under the title, as (label, value): the dossier's code, the agency
    :param files: the names of files by id
    """
    with override(language):
        said = {"number": _("Row number"), "empty": _("Not answered"), "foot": form.title[language]}
    sections = summary_of(form, answers, language, on=on, files=files)
    title = form.title[language]
    data = paper_of(sections, language=language, title=title, facts=facts, said=said)
    return render_pdf(TEMPLATE, data)
