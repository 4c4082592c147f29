"""What was declared beside what is known: the first checks an official would make by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.web.corrected import said_before
from motcua.forms.queries.forms import (
    SummaryLine,
    SummarySection,
    prefilled,
    problem_text,
    problems_in,
)
from motcua.identity.queries.people import Person
from motcua.packs.queries.packs import Pack

CHANGEABLE = frozenset({"account.phone", "account.email"})
"""What a person may well give otherwise than in their account."""


@dataclass(frozen=True, slots=True)
class Checked:
    """
    A page of answers as (label, value, agrees, found); ``agrees`` is None if not compared.

    The rows of tables and groups stand in ``tables``, under how many there are.
    """

    title: str
    rows: tuple[tuple[str, str, bool | None, str], ...]
    tables: tuple[SummaryLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Checks:
    """All pages of answers, and how many answers agree or need a look."""

    sections: tuple[Checked, ...]
    agree: int
    differ: int


def checks_of(
    view: DossierView,
    pack: Pack,
    sections: tuple[SummarySection, ...],
    person: Person | None,
    *,
    at: datetime,
    language: str,
) -> Checks:
    """Compare the answers with the form's own rules and with the applicant's account."""
    wrong = {
        problem.field.partition(".")[0]: problem_text(pack.form, problem, language)
        for problem in problems_in(pack.form, view.answers, on=localtime(at).date())
    }
    account = _account(view, pack, person) if person else {}
    before = said_before(view)
    checked = []
    for section in sections:
        rows = [
            (
                line.label,
                _in_a_line(line) + _before(before.get(line.field, "")),
                *_verdict(line.field, wrong, account),
            )
            for line in section.lines
        ]
        tables = tuple(line for line in section.lines if line.table and line.table.rows)
        checked.append(Checked(section.title, tuple(rows), tables))
    verdicts = [row[2] for each in checked for row in each.rows]
    return Checks(tuple(checked), verdicts.count(True), verdicts.count(False))


def _in_a_line(line: SummaryLine) -> str:
    if line.table and line.table.rows:
        number = len(line.table.rows)
        return ngettext("%(num)s row, below", "%(num)s rows, below", number) % {"num": number}
    return line.value.replace("\n", " · ") or _("Not given")


def _before(said: str) -> str:
    return "\n" + _("Declared before: %(what)s") % {"what": said} if said else ""


def _account(view: DossierView, pack: Pack, person: Person) -> dict[str, bool]:
    """Return which fields that come from the account say the same as the account."""
    known = prefilled(pack.form, person)
    loose = {field.id for field in pack.form.fields if field.source in CHANGEABLE}
    same = {name: _same(view.answers.get(name), first.value) for name, first in known.items()}
    return {name: agrees for name, agrees in same.items() if agrees or name not in loose}


def _same(declared: Any, known: Any) -> bool:
    if isinstance(known, Mapping):
        given = declared if isinstance(declared, Mapping) else {}
        return all(given.get(part) == value for part, value in known.items())
    return bool(declared == known)


def _verdict(
    field: str, wrong: Mapping[str, str], account: Mapping[str, bool]
) -> tuple[bool | None, str]:
    if field in wrong:
        return False, wrong[field]
    if field not in account:
        return None, ""
    if account[field]:
        return True, _("the account")
    return False, _("The applicant's account says otherwise")
