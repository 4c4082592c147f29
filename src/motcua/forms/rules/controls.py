"""A field with its answer, as the control that asks for it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from motcua.forms.rules.definition import Field, Kind, Words
from motcua.forms.rules.drawn import FieldView, FileView, Said, UnitChoices
from motcua.forms.rules.figures import figure
from motcua.forms.rules.schema import parts_of
from motcua.forms.rules.words import NO, SEXES, YES, part_label
from motcua.kernel import banks

MOST_RADIOS = 6
"""More options than this are offered as a list to choose from."""

Boxes = Mapping[str, list[str]]
"""What each box holds, by its posted name."""

DONG = Words("đồng", "dong")
_INPUTS: Mapping[Kind, tuple[str, str | None, str | None]] = {
    Kind.NUMBER: ("text", "numeric", None),
    Kind.MONEY: ("text", "numeric", None),
    Kind.PHONE: ("tel", "tel", "tel"),
    Kind.EMAIL: ("email", "email", "email"),
}
_AUTOCOMPLETE = {"account.name": "name", "account.birth_date": "bday"}
_BANKS = tuple(
    (code, f"{short} – {name}", None)
    for code, (short, name) in sorted(banks.NAMES.items(), key=lambda bank: bank[1][0].casefold())
)
_READS: Mapping[Kind, str] = {
    Kind.NUMBER: "number",
    Kind.MONEY: "number",
    Kind.DATE: "date",
    Kind.CHOICES: "list",
    Kind.YES_NO: "truth",
    Kind.FILES: "list",
    Kind.TABLE: "rows",
    Kind.GROUP: "rows",
    Kind.COMPUTED: "computed",
    Kind.NOTE: "nothing",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A field where it stands: its posted name, what its boxes hold, and its answer."""

    field: Field
    name: str
    boxes: Boxes
    answer: Any
    said: Said
    units: UnitChoices

    def box(self, part: str = "") -> str:
        """Return what the box of the field, or of a part of it, holds."""
        return next(iter(self.boxes.get(f"{self.name}{part}", ())), "")


def in_words(words: Words | None, language: str) -> str | None:
    """Return words in a language, or nothing for none."""
    return words[language] if words else None


def control_of(this: Standing) -> FieldView:
    """Return the control of a field; rows of a table or group are not drawn here."""
    field, said = this.field, this.said
    base = FieldView(
        name=this.name,
        control="text",
        label=field.label[said.language],
        hint=in_words(field.hint, said.language),
        error=said.problems.get(this.name),
        source=said.sources.get(this.name),
        value=this.box(),
        width=field.width,
        unit=in_words(field.unit, said.language),
        decimals=field.decimals,
        reads="block" if parts_of(field) else _READS.get(field.kind, "text"),
    )
    return _MAKERS.get(field.kind, _text)(this, base)


def _text(this: Standing, base: FieldView) -> FieldView:
    kind, mode, completion = _INPUTS.get(this.field.kind, ("text", None, None))
    completion = completion or _AUTOCOMPLETE.get(this.field.source)
    return replace(base, type=kind, inputmode=mode, autocomplete=completion)


def _number(this: Standing, base: FieldView) -> FieldView:
    mode = "decimal" if this.field.decimals else "numeric"
    return replace(base, inputmode=mode, width=base.width if base.width < 30 else 20)  # type: ignore[operator]


def _money(this: Standing, base: FieldView) -> FieldView:
    value = base.value
    if isinstance(this.answer, int):
        value = figure(this.answer, "number", this.said.language)
    return replace(base, inputmode="numeric", width=20, value=value, unit=DONG[this.said.language])


def _date(this: Standing, base: FieldView) -> FieldView:
    completion = _AUTOCOMPLETE.get(this.field.source)
    return replace(
        base,
        control="date",
        value=_day_boxes(this),
        partial=this.field.partial,
        autocomplete=completion,
    )


def _day_boxes(this: Standing, part: str = "") -> dict[str, str]:
    return {box: this.box(f"{part}-{box}") for box in ("day", "month", "year")}


def _yes_no(this: Standing, base: FieldView) -> FieldView:
    language = this.said.language
    options = (("yes", YES[language], None), ("no", NO[language], None))
    return replace(base, control="radios", options=options)


def _choice(this: Standing, base: FieldView) -> FieldView:
    language = this.said.language
    options = tuple(
        (option.value, option.label[language], in_words(option.hint, language))
        for option in this.field.options
    )
    if this.field.kind is Kind.CHOICES:
        chosen = tuple(this.boxes.get(this.name, ()))
        return replace(base, control="checkboxes", options=options, value=chosen)
    control = "select" if len(options) > MOST_RADIOS else "radios"
    return replace(base, control=control, options=options)


def _files(this: Standing, base: FieldView) -> FieldView:
    ids = this.answer if isinstance(this.answer, list) else []
    kept = tuple(this.said.beside.files.get(id_, FileView(id_, id_)) for id_ in map(str, ids))
    return replace(
        base,
        control="files",
        value="",
        files=kept,
        accept=this.field.accept,
        sends=this.said.beside.sends,
        most=this.field.most,
    )


def _point(this: Standing, base: FieldView) -> FieldView:
    parts = tuple(replace(_part(this, at), inputmode="decimal", width=20) for at in ("lat", "lng"))
    shown = dict(zip(("lat", "lng"), (part.value for part in parts), strict=True))
    where = this.said.map_address
    return replace(
        base,
        control="point",
        value=where.format(**shown) if where and all(shown.values()) else "",
        parts=parts,
        map=where,
    )


def _signature(this: Standing, base: FieldView) -> FieldView:
    name = replace(_part(this, "name"), autocomplete="name")
    return replace(base, control="signature", value=this.box(".strokes"), parts=(name,))


def _computed(this: Standing, base: FieldView) -> FieldView:
    made = figure(this.answer, this.field.format, this.said.language)
    unit = DONG[this.said.language] if this.field.format == "money" else base.unit
    return replace(
        base, control="computed", value=made, unit=unit, format=this.field.format, optional=False
    )


def _note(this: Standing, base: FieldView) -> FieldView:
    text = in_words(this.field.text, this.said.language) or ""
    return replace(base, control="note", value=text, tone=this.field.tone)


def _block(this: Standing, base: FieldView) -> FieldView:
    return replace(base, control="block", value="", parts=tuple(_parts(this)))


def _part(this: Standing, part: str) -> FieldView:
    name = f"{this.name}.{part}"
    return FieldView(
        name=name,
        control="text",
        label=part_label(this.field.kind, part)[this.said.language],
        value=this.box(f".{part}"),
        error=this.said.problems.get(name),
        optional=part in this.field.optional_parts,
        width=30,
    )


def _parts(this: Standing) -> Iterator[FieldView]:
    own = this.field.source == "account.person"
    for part in parts_of(this.field):
        base = _part(this, part)
        if part in ("province", "commune"):
            yield _unit(this, base, part)
        elif part == "birth_date":
            day = replace(base, control="date", value=_day_boxes(this, ".birth_date"))
            yield replace(day, autocomplete="bday" if own else None)
        elif part == "sex":
            sexes = tuple((v, words[this.said.language], None) for v, words in SEXES.items())
            yield replace(base, control="radios", options=sexes)
        elif part == "bank":
            yield replace(base, control="select", options=_BANKS)
        elif part in ("id", "tax_code", "number"):
            yield replace(base, inputmode="numeric", width=20)
        else:
            yield replace(base, autocomplete="name" if own and part == "name" else None)


def _unit(this: Standing, base: FieldView, level: str) -> FieldView:
    """Return the list of provinces, or of the communes of the province chosen."""
    province = this.box(".province")
    offered = this.units(level, province if level == "commune" else None)
    codes = {code for code, _name in offered}
    return replace(
        base,
        control="select",
        options=tuple((code, name, None) for code, name in offered),
        value=base.value if base.value in codes else "",
        choose=level == "province" and "commune" in parts_of(this.field),
    )


_MAKERS: Mapping[Kind, Callable[[Standing, FieldView], FieldView]] = {
    Kind.LONG_TEXT: lambda _this, base: replace(base, control="textarea"),
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choice,
    Kind.ADDRESS: _block,
    Kind.PERSON: _block,
    Kind.ENTERPRISE: _block,
    Kind.BANK_ACCOUNT: _block,
    Kind.FILES: _files,
    Kind.POINT: _point,
    Kind.SIGNATURE: _signature,
    Kind.COMPUTED: _computed,
    Kind.NOTE: _note,
}
