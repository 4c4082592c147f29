"""A page of a form, ready to be drawn: its words, its controls, what its script must know."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from motcua.forms.rules.boxes import typed
from motcua.forms.rules.compiling import Asked
from motcua.forms.rules.controls import Boxes, Standing, control_of, in_words
from motcua.forms.rules.definition import Answers, Field, Form, Step
from motcua.forms.rules.drawn import FieldView, RowView, Said, Tree, UnitChoices
from motcua.forms.rules.expressions.compiling import Expression
from motcua.forms.rules.showing import Shown, ShownRow, Sight, look, visible_steps
from motcua.forms.rules.trees import names_in, only
from motcua.forms.rules.words import row_label


@dataclass(frozen=True, slots=True)
class SectionView:
    """Controls under one heading; ``hidden`` where the answers show none of them."""

    title: str | None
    fields: tuple[FieldView, ...]

    @property
    def hidden(self) -> bool:
        """Tell whether nothing of it is shown."""
        return all(each.hidden for each in self.fields)


@dataclass(frozen=True, slots=True)
class StepView:
    """
    One page: its words, controls and problems (``{"at", "message"}``, in the order of the page).

    ``shown`` lists the fields it shows, and the cells of rows shown on a condition, to be posted
    with them; hidden ones are drawn too, for the page's script. ``known`` are the answers of
    earlier pages that its conditions ask about, and nothing else. ``today`` is the day they count
    from, as ``2026-11-24``.
    """

    id: str
    title: str
    lead: str | None
    sections: tuple[SectionView, ...]
    problems: tuple[Mapping[str, str], ...]
    shown: str
    known: Mapping[str, Any]
    today: str

    @property
    def has_trees(self) -> bool:
        """Tell whether the page's script has anything to evaluate."""
        return any(True for _ in _trees(f for section in self.sections for f in section.fields))

    @property
    def takes_files(self) -> bool:
        """Tell whether a question of the page asks for files."""
        return any(f.control == "files" for section in self.sections for f in section.fields)


def view_of(
    form: Form, step: Step, answers: Answers, said: Said, units: UnitChoices, *, on: date
) -> StepView:
    """Return page ``step``: the fields that these answers show, and the others, hidden."""
    answers = {**answers, **_with_blank_rows(form, step, answers, on)}
    sight = look(form, answers, on=on)
    drawing = _Drawing(sight, answers, said, units)
    drawn = {asked.field.id: drawing.field(step, asked) for asked in sight.compiled[step.id].fields}
    before = {name: value for name, value in sight.answers.items() if name not in drawn}
    return StepView(
        id=step.id,
        title=step.title[said.language],
        lead=in_words(step.lead, said.language),
        sections=tuple(
            SectionView(
                in_words(section.title, said.language), tuple(drawn[f.id] for f in section.fields)
            )
            for section in step.sections
        ),
        problems=tuple({"at": at, "message": text} for at, text in said.problems.items()),
        shown=" ".join(_shown(drawn.values())),
        known=only(names_in(_trees(drawn.values())), before),
        today=on.isoformat(),
    )


def _shown(drawn: Iterable[FieldView]) -> Iterator[str]:
    """Name the fields that are shown, and the cells of rows that a condition shows."""
    for view in drawn:
        if not view.hidden:
            yield view.name
            cells = (cell for row in view.rows for cell in row.fields)
            yield from (cell.name for cell in cells if cell.show is not None and not cell.hidden)


def picked_of(
    form: Form,
    names: Collection[str],
    answers: Answers,
    said: Said,
    units: UnitChoices,
    *,
    on: date,
) -> StepView:
    """Return a page with only the fields ``names``, a section for each page they stand on."""
    for step in visible_steps(form, answers, on=on):
        blank = _with_blank_rows(form, step, answers, on)
        answers = {**answers, **{name: rows for name, rows in blank.items() if name in names}}
    sight = look(form, answers, on=on)
    drawing = _Drawing(sight, answers, said, units)
    drawn = {
        step: tuple(
            drawing.field(sight.compiled[step].step, asked)
            for asked in sight.compiled[step].fields
            if asked.field.id in names
        )
        for step in sight.pages
    }
    fields = [field for each in drawn.values() for field in each]
    beside = {name: value for name, value in sight.answers.items() if name not in names}
    return StepView(
        id="",
        title=form.title[said.language],
        lead=None,
        sections=tuple(SectionView(None, each) for each in drawn.values() if each),
        problems=tuple({"at": at, "message": text} for at, text in said.problems.items()),
        shown=" ".join(_shown(fields)),
        known=only(names_in(_trees(fields)), beside),
        today=on.isoformat(),
    )


def _with_blank_rows(form: Form, step: Step, answers: Answers, on: date) -> dict[str, Any]:
    """Return rows with empty ones after them, so that as many as are wanted can be filled in."""
    wanted: dict[str, Any] = {}
    for shown in look(form, answers, on=on).pages[step.id]:
        rows = shown.field.rows
        given = answers.get(shown.field.id) or []
        if rows is None or not isinstance(given, list):
            continue
        least = max(rows.least, int(shown.required))
        wanted[shown.field.id] = [*given, *({} for _ in range(len(given), least))]
    return wanted


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What every control of a page is drawn with."""

    sight: Sight
    answers: Answers
    said: Said
    units: UnitChoices

    def field(self, step: Step, asked: Asked) -> FieldView:
        """Return the control of a field of the page, hidden or not."""
        field = asked.field
        shown = next((s for s in self.sight.pages[step.id] if s.field.id == field.id), None)
        boxes, answer = typed(field, self.answers), self.sight.answers.get(field.id)
        base = control_of(Standing(field, field.id, boxes, answer, self.said, self.units))
        if field.rows is not None:
            base = self._with_rows(asked, base, boxes, shown.rows if shown else ())
        return _wired(asked, base, shown)

    def _with_rows(
        self, asked: Asked, base: FieldView, boxes: Boxes, rows: tuple[ShownRow, ...]
    ) -> FieldView:
        field, language, beside = asked.field, self.said.language, self.said.beside
        assert field.rows is not None
        gone, _, number = beside.removed.partition(".")
        is_gone = gone == field.id and number.isascii() and number.isdecimal() and len(number) < 6
        return replace(
            base,
            control=field.kind.value,
            value="",
            rows=tuple(self._row(asked, row, boxes, last=row is rows[-1]) for row in rows),
            columns=tuple(
                _wired(c, self._cell(c.field, c.field.id, {}, None), None) for c in asked.columns
            ),
            row_name=field.rows.name[language],
            least=field.rows.least,
            most=field.rows.most,
            removed=row_label(field.rows.name, int(number))[language] if is_gone else "",
        )

    def _row(self, asked: Asked, row: ShownRow, boxes: Boxes, *, last: bool) -> RowView:
        field, at = asked.field, f"{asked.field.id}.{row.number}"
        assert field.rows is not None
        shown = {each.field.id: each for each in row.columns}
        cells = tuple(
            _wired(
                column,
                self._cell(column.field, f"{at}.{name}", boxes, row.answers.get(name)),
                shown.get(name),
            )
            for column in asked.columns
            for name in [column.field.id]
        )
        return RowView(
            number=row.number + 1,
            name=row_label(field.rows.name, row.number)[self.said.language],
            fields=cells,
            about=_about(cells),
            open=any(place == at or place.startswith(f"{at}.") for place in self.said.problems),
            new=last and self.said.beside.added == field.id,
            error=self.said.problems.get(at),
        )

    def _cell(self, field: Field, name: str, boxes: Boxes, answer: Any) -> FieldView:
        return control_of(Standing(field, name, boxes, answer, self.said, self.units))


def _wired(asked: Asked, view: FieldView, shown: Shown | None) -> FieldView:
    """Return a control with its conditions, as they stand and for the page's script."""
    asking = view.control not in ("computed", "note")
    return replace(
        view,
        hidden=shown is None,
        optional=asking and not (shown.required if shown else asked.required is True),
        show=_tree(asked.show),
        need=_tree(asked.required) if asking else None,
        reckon=_tree(asked.value),
    )


def _tree(expression: Expression | bool | None) -> Tree | None:  # noqa: FBT001
    return expression.tree if isinstance(expression, Expression) else None


def _about(cells: tuple[FieldView, ...]) -> str:
    """Return the first thing typed in a row that tells it from others, if there is any."""
    boxes = (box for cell in cells for box in (cell.parts or (cell,)))
    return next((str(box.value) for box in boxes if box.control == "text" and box.value), "")


def _trees(views: Iterable[FieldView]) -> Iterator[Tree]:
    """Yield every tree of these controls, of their rows and of rows still to come."""
    for view in views:
        yield from (tree for tree in (view.show, view.need, view.reckon) if tree)
        yield from _trees(view.columns)
        for row in view.rows:
            yield from _trees(row.fields)
