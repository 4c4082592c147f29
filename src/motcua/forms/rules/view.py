"""A page of a form, ready to be drawn: what each control is called, holds and says."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from motcua.forms.rules.boxes import typed
from motcua.forms.rules.definition import Answers, Field, Form, Kind, Step, Words
from motcua.forms.rules.expressions.nodes import names_in
from motcua.forms.rules.expressions.reading import parse
from motcua.forms.rules.schema import parts_of
from motcua.forms.rules.showing import look
from motcua.forms.rules.words import NO, PART_LABELS, SEXES, YES

Choice = tuple[str, str, str | None]
"""Value, text and hint of one option."""

UnitChoices = Callable[[str, str | None], tuple[tuple[str, str], ...]]
"""From a level and a parent's code to the units there, as (code, name)."""

MOST_RADIOS = 6
"""More options than this are offered as a list to choose from."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """
    One control, or a block of them in ``parts``.

    ``control`` is text, textarea, select, radios, checkboxes, date or block. ``value`` is what was
    typed (a mapping of day, month, year for a date, a tuple for checkboxes). ``watched`` tells that
    other questions depend on it; ``choose`` that the page must be asked again once it is chosen.
    """

    name: str
    control: str
    label: str
    value: Any = ""
    hint: str | None = None
    error: str | None = None
    source: str | None = None
    optional: bool = False
    options: tuple[Choice, ...] = ()
    parts: tuple["FieldView", ...] = ()
    type: str = "text"
    inputmode: str | None = None
    autocomplete: str | None = None
    width: int | None = None
    watched: bool = False
    choose: bool = False


@dataclass(frozen=True, slots=True)
class SectionView:
    """Controls under one heading."""

    title: str | None
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """
    One page: its words, controls and problems (``{"at", "message"}``, in the order of the page).

    ``shown`` lists the fields it has, to be posted with them.
    """

    id: str
    title: str
    lead: str | None
    sections: tuple[SectionView, ...]
    problems: tuple[Mapping[str, str], ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says beside its fields: problems and sources by name, in one language."""

    language: str
    problems: Mapping[str, str]
    sources: Mapping[str, str]


_INPUTS: Mapping[Kind, tuple[str, str | None, str | None]] = {
    Kind.NUMBER: ("text", "numeric", None),
    Kind.MONEY: ("text", "numeric", None),
    Kind.PHONE: ("tel", "tel", "tel"),
    Kind.EMAIL: ("email", "email", "email"),
}
_AUTOCOMPLETE = {"account.name": "name", "account.birth_date": "bday"}


def view_of(
    form: Form, step: Step, answers: Answers, said: Said, units: UnitChoices, *, on: date
) -> StepView:
    """Return page ``step`` with the fields that these answers show."""
    fields = {shown.field.id: shown for shown in look(form, answers, on=on).pages[step.id]}
    watched = _watched(step)
    drawn = {
        name: replace(
            _field_view(shown.field, answers, said, units),
            watched=name in watched,
            optional=not shown.required,
        )
        for name, shown in fields.items()
    }
    return StepView(
        id=step.id,
        title=step.title[said.language],
        lead=_in(step.lead, said.language),
        sections=tuple(
            SectionView(
                _in(section.title, said.language),
                tuple(drawn[f.id] for f in section.fields if f.id in drawn),
            )
            for section in step.sections
            if any(f.id in drawn for f in section.fields)
        ),
        problems=tuple({"at": at, "message": text} for at, text in said.problems.items()),
        shown=" ".join(fields),
    )


def _watched(step: Step) -> frozenset[str]:
    """Return the fields whose answers decide what else this page asks."""
    return frozenset(
        path.partition(".")[0]
        for field in step.fields
        if field.show is not None
        for path in names_in(parse(field.show))
    )


def _in(words: Words | None, language: str) -> str | None:
    return words[language] if words else None


def _field_view(field: Field, answers: Answers, said: Said, units: UnitChoices) -> FieldView:
    boxes = typed(field, answers)
    base = FieldView(
        name=field.id,
        control="text",
        label=field.label[said.language],
        hint=_in(field.hint, said.language),
        error=said.problems.get(field.id),
        source=said.sources.get(field.id),
        value=boxes.get(field.id, [""])[0],
        width=field.width,
    )
    if parts_of(field):
        parts = tuple(_parts(field, boxes, said, units))
        return replace(base, control="block", value="", parts=parts)
    if field.kind is Kind.DATE:
        return replace(base, control="date", value=_boxes(field.id, boxes))
    if field.kind in (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO):
        return _choice(field, base, boxes, said.language)
    if field.kind is Kind.LONG_TEXT:
        return replace(base, control="textarea")
    kind, mode, completion = _INPUTS.get(field.kind, ("text", None, None))
    completion = completion or _AUTOCOMPLETE.get(field.source)
    return replace(base, type=kind, inputmode=mode, autocomplete=completion)


def _choice(
    field: Field, base: FieldView, boxes: Mapping[str, list[str]], language: str
) -> FieldView:
    if field.kind is Kind.YES_NO:
        yes_no = (("yes", YES[language], None), ("no", NO[language], None))
        return replace(base, control="radios", options=yes_no)
    options = tuple((o.value, o.label[language], _in(o.hint, language)) for o in field.options)
    if field.kind is Kind.CHOICES:
        chosen = tuple(boxes.get(field.id, ()))
        return replace(base, control="checkboxes", options=options, value=chosen)
    control = "select" if len(options) > MOST_RADIOS else "radios"
    return replace(base, control=control, options=options)


def _boxes(name: str, boxes: Mapping[str, list[str]]) -> dict[str, str]:
    return {part: boxes.get(f"{name}-{part}", [""])[0] for part in ("day", "month", "year")}


def _parts(
    field: Field, boxes: Mapping[str, list[str]], said: Said, units: UnitChoices
) -> Iterator[FieldView]:
    own = field.source == "account.person"
    for part in parts_of(field):
        name = f"{field.id}.{part}"
        base = FieldView(
            name=name,
            control="text",
            label=PART_LABELS[part][said.language],
            value=boxes.get(name, [""])[0],
            error=said.problems.get(name),
            optional=part in field.optional_parts,
            width=30,
        )
        if part in ("province", "commune"):
            yield _unit(base, part, field, boxes, units)
        elif part == "birth_date":
            day = replace(base, control="date", value=_boxes(name, boxes))
            yield replace(day, autocomplete="bday" if own else None)
        elif part == "sex":
            sexes = tuple((value, words[said.language], None) for value, words in SEXES.items())
            yield replace(base, control="radios", options=sexes)
        elif part == "id":
            yield replace(base, inputmode="numeric", width=20)
        else:
            yield replace(base, autocomplete="name" if own and part == "name" else None)


def _unit(
    base: FieldView,
    level: str,
    field: Field,
    boxes: Mapping[str, list[str]],
    units: UnitChoices,
) -> FieldView:
    """Return the list of provinces, or of the communes of the province chosen."""
    province = boxes.get(f"{field.id}.province", [""])[0]
    offered = units(level, province if level == "commune" else None)
    codes = {code for code, _name in offered}
    return replace(
        base,
        control="select",
        options=tuple((code, name, None) for code, name in offered),
        value=base.value if base.value in codes else "",
        choose=level == "province" and "commune" in parts_of(field),
    )
