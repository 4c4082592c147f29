"""What is wrong with answers, in sentences that say what to do."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from motcua.forms.rules.compiling import Rule
from motcua.forms.rules.definition import Answers, Field, Form, Kind
from motcua.forms.rules.findings import Problem
from motcua.forms.rules.judging import flaws_of
from motcua.forms.rules.messages import NOT_ASKED, NOT_UNDERSTOOD, missing, wrong
from motcua.forms.rules.schema import parts_of, required_parts, validator_of
from motcua.forms.rules.showing import Shown, ShownRow, Sight, look

Wrong = Mapping[str, list[Problem]]
"""What the schema found, by the place of the field: ``name``, ``children.0.born``."""


def problems_in(
    form: Form, answers: Answers, step: str | None = None, *, on: date
) -> tuple[Problem, ...]:
    """
    Return what is wrong with ``answers``, in the order of the form; of one page where named.

    :param on: the day the answers are given, for dates that may not lie after it
    """
    sight = look(form, answers, on=on)
    found: list[Problem] = []
    for page in sight.pages if step is None else {step} & sight.pages.keys():
        found += _of_page(form, sight, page)
    asked = {field.id for p in form.steps if p.id == step for field in p.fields}
    for name in sight.unknown:
        if step is None or name.partition(".")[0] in asked:
            found.append(Problem(name, NOT_ASKED, {"name": name}))
    return tuple(found)


def _of_page(form: Form, sight: Sight, page: str) -> list[Problem]:
    fields = sight.pages[page]
    here = frozenset(each.field.id for each in fields)
    shown_ids = frozenset(each.field.id for those in sight.pages.values() for each in those)
    judge = _Judge(sight, _against_schema(form, sight, fields), here, shown_ids)
    for shown in fields:
        judge.field(shown, sight.answers)
        for row in shown.rows:
            judge.row(shown, row)
    judge.rules(sight.compiled[page].rules)
    return judge.found


class _Judge:
    """Gathers the problems of a page, or of a row: ``before`` is what places there begin with."""

    def __init__(
        self,
        sight: Sight,
        failed: Wrong,
        here: frozenset[str],
        shown: frozenset[str],
        row: Mapping[str, Any] = MappingProxyType({}),
        before: str = "",
    ) -> None:
        self.sight, self.failed, self.here, self.before = sight, failed, here, before
        self.shown = shown
        self.of_row = row
        self.found: list[Problem] = []

    def field(self, shown: Shown, answers: Answers) -> None:
        """Add what is wrong with one field or column; its answer stands in ``answers``."""
        field, at = shown.field, self.before + shown.field.id
        if at in self.sight.unfit:
            self.found.append(wrong(field, at, "", self.sight.unfit[at], _most(field)))
        elif field.id not in answers:
            if shown.required and field.kind not in _NEVER_ASKED:
                self.found.append(missing(field, at))
        else:
            self._answered(shown, answers[field.id], at)

    def _answered(self, shown: Shown, value: Any, at: str) -> None:
        field = shown.field
        failed = self.failed.get(at, ())
        if shown.asked.parts is not None and isinstance(value, dict):
            gaps = [missing(field, at, part) for part in required_parts(field) if part not in value]
            failed = [*gaps, *failed]
        flaws = failed or [*flaws_of(field, value, at, shown.asked.named, self.sight.on)]
        self.found += flaws
        if not flaws and not shown.rows:
            self.rules(shown.asked.rules)

    def row(self, shown: Shown, row: ShownRow) -> None:
        """Add what is wrong with one row of a table or group; a blank one is asked nothing."""
        at = f"{shown.field.id}.{row.number}"
        if at in self.sight.unfit:
            self.found.append(Problem(at, NOT_UNDERSTOOD))
        if row.blank:
            return
        here = frozenset(column.field.id for column in row.columns)
        judge = _Judge(self.sight, self.failed, here, self.shown | here, row.answers, f"{at}.")
        for column in row.columns:
            judge.field(column, row.answers)
        judge.rules(shown.asked.rules)
        self.found += judge.found

    def rules(self, rules: Iterable[Rule]) -> None:
        """Add the rules between answers that do not hold, where nothing else is wrong there."""
        for rule in rules:
            place = self.before + rule.at
            if (
                rule.at.partition(".")[0] in self.here
                and rule.can_be_asked(self.sight.answers, self.of_row, self.shown)
                and not self.sight.holds(rule.expression, self.of_row)
                and not any(f.field == place or f.field.startswith(f"{place}.") for f in self.found)
            ):
                self.found.append(Problem(place, rule.message.en, words=rule.message))


_NEVER_ASKED = frozenset((Kind.COMPUTED, Kind.NOTE))


def _most(field: Field) -> int:
    return field.rows.most if field.rows else field.most


def _against_schema(form: Form, sight: Sight, fields: tuple[Shown, ...]) -> Wrong:
    """Return the first problem of each field or part that the schema finds."""
    by_id = {shown.field.id: shown for shown in fields}
    answers = {name: sight.answers[name] for name in by_id if name in sight.answers}
    found: dict[str, dict[str, Problem]] = {}
    for error in validator_of(form).iter_errors(answers):
        keyword = error.kind.name
        path = [*error.instance_path]
        at, field, rest = _place(by_id[str(path[0])], path)
        part = str(rest[0]) if rest and rest[0] in parts_of(field) else ""
        problem = wrong(field, at, part, keyword, getattr(error.kind, "limit", ""))
        found.setdefault(at, {}).setdefault(problem.field, problem)
    return {at: list(problems.values()) for at, problems in found.items()}


def _place(shown: Shown, path: list[Any]) -> tuple[str, Field, list[Any]]:
    """Return the place of the field that the schema speaks of, the field, the rest of the path."""
    if not shown.rows or len(path) < 3:
        return shown.field.id, shown.field, path[1:]
    row = [row for row in shown.rows if row.answers][path[1]]
    column = next(c.field for c in row.columns if c.field.id == path[2])
    return f"{shown.field.id}.{row.number}.{column.id}", column, path[3:]
