"""One answer in words, of whatever kind it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as given
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.forms.rules.definition import Field, Kind
from motcua.forms.rules.schema import parts_of
from motcua.forms.rules.values import fits, is_empty
from motcua.forms.rules.words import FILES, NO, SEXES, YES
from motcua.kernel.banks import bank_name
from motcua.kernel.phones import shown_phone

UnitNames = Mapping[tuple[str, str], str]
"""Names of administrative units by (level, code), as they were on the day in question."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """How answers are said: in which language, what units and files are called."""

    language: str
    units: UnitNames = given(default_factory=dict)
    files: Mapping[str, str] = given(default_factory=dict)


def shown_value(field: Field, value: Any, tongue: Tongue) -> str:
    """Return one answer in words; an answer that fits no kind stands as it was typed."""
    if is_empty(value) or not fits(value):
        return ""
    say = next(say for type_, say in _SAYINGS.items() if isinstance(value, type_))
    return say(field, value, tongue)


_IN_A_LINE = frozenset((Kind.ADDRESS, Kind.POINT))


def _block(field: Field, value: Mapping[str, Any], tongue: Tongue) -> str:
    shown = shown_parts(field, value, tongue)
    return (", " if field.kind in _IN_A_LINE else "\n").join(shown.values())


def _truth(_field: Field, value: bool, tongue: Tongue) -> str:  # noqa: FBT001
    return (YES if value else NO)[tongue.language]


def _list(field: Field, values: list[Any], tongue: Tongue) -> str:
    if field.kind is Kind.FILES:
        return _files(values, tongue)
    return ", ".join(_option(field, each, tongue.language) for each in values)


def _files(ids: list[Any], tongue: Tongue) -> str:
    names = [tongue.files.get(each, "") for each in ids if isinstance(each, str)]
    return ", ".join(filter(None, names)) or f"{len(ids)} {FILES[tongue.language]}"


def _number(field: Field, value: Any, tongue: Tongue) -> str:
    language = tongue.language
    is_money = Kind.MONEY in (field.kind, field.format)
    if is_money or field.format == "number" or field.unit or isinstance(value, float):
        text = grouped(value, language)
    else:
        text = str(value)
    if is_money:
        return f"{text} {'VND' if language.startswith('en') else 'đồng'}"
    return f"{text} {field.unit[language]}" if field.unit else text


def grouped(value: float, language: str) -> str:
    """``1234567.5`` → ``1.234.567,5``; in English ``1,234,567.5``."""
    text = f"{Decimal(repr(value)):,f}".removesuffix(".0")
    if language.startswith("en"):
        return text
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def _text(field: Field, value: str, tongue: Tongue) -> str:
    if field.kind is Kind.CHOICE:
        return _option(field, value, tongue.language)
    if field.kind is Kind.DATE or field.format == "date":
        return shown_day(value)
    return shown_phone(value) if field.kind is Kind.PHONE else value


def _option(field: Field, value: Any, language: str) -> str:
    return next((o.label[language] for o in field.options if o.value == value), str(value))


_SAYINGS: Mapping[type, Callable[[Field, Any, Tongue], str]] = {
    str: _text,
    bool: _truth,
    int: _number,
    float: _number,
    dict: _block,
    list: _list,
}


def shown_day(value: str) -> str:
    """``2026-11-24`` → ``24/11/2026``, ``2026-11`` → ``11/2026``; no date stays as it is."""
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        year, _, month = value.partition("-")
        partial = len(year) == 4 and year.isdecimal() and len(month) == 2 and month.isdecimal()
        return f"{month}/{year}" if partial else value


def shown_parts(field: Field, value: Mapping[str, Any], tongue: Tongue) -> dict[str, str]:
    """Return the answered parts of a block in words, the street of an address first."""
    street_first = ("street", "commune", "province")
    order = street_first if field.kind is Kind.ADDRESS else parts_of(field)
    shown: dict[str, str] = {}
    for part in order:
        given_ = value.get(part)
        if is_empty(given_) or part == "strokes":
            continue
        text = str(given_)
        if part == "birth_date":
            text = shown_day(text)
        elif part == "sex" and text in SEXES:
            text = SEXES[text][tongue.language]
        elif part == "bank":
            text = bank_name(text)
        shown[part] = tongue.units.get((part, text), text)
    return shown
