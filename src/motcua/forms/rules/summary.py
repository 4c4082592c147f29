"""Answers as people read them: for checking before filing, for the desk and for the result."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from motcua.forms.rules.cleaning import shown_phone
from motcua.forms.rules.definition import Answers, Field, Form, Kind
from motcua.forms.rules.findings import Prefill, SummaryLine, SummarySection
from motcua.forms.rules.schema import PARTS, parts_of
from motcua.forms.rules.showing import EMPTY, seen, visible_fields, visible_steps
from motcua.forms.rules.words import NO, SEXES, YES
from motcua.kernel.text import N_

UnitNames = Mapping[tuple[str, str], str]
"""Names of administrative units by (level, code), as they were on the day in question."""

FROM_ACCOUNT = N_("From your account")


def named_units(form: Form, answers: Answers) -> frozenset[tuple[str, str]]:
    """Return the units that answers name, as (level, code), so that their names can be fetched."""
    found = set()
    for field in form.fields:
        value = answers.get(field.id)
        if field.kind is Kind.ADDRESS and isinstance(value, Mapping):
            for level in ("province", "commune"):
                if isinstance(value.get(level), str):
                    found.add((level, value[level]))
    return frozenset(found)


def shown_value(field: Field, value: Any, language: str, units: UnitNames) -> str:
    """Return one answer in words; an answer that fits no kind stands as it was typed."""
    if value in EMPTY:
        return ""
    if field.kind in PARTS and isinstance(value, Mapping):
        shown = shown_parts(field, value, language, units)
        return (", " if field.kind is Kind.ADDRESS else "\n").join(shown.values())
    if isinstance(value, bool):
        return (YES if value else NO)[language]
    if field.kind is Kind.CHOICES and isinstance(value, list):
        return ", ".join(_option(field, each, language) for each in value)
    if field.kind is Kind.MONEY and isinstance(value, int):
        mark, unit = (",", "VND") if language.startswith("en") else (".", "đồng")
        return f"{value:,} {unit}".replace(",", mark)
    return _one(field, str(value), language)


def _one(field: Field, value: str, language: str) -> str:
    if field.kind is Kind.CHOICE:
        return _option(field, value, language)
    if field.kind is Kind.DATE:
        return shown_day(value)
    return shown_phone(value) if field.kind is Kind.PHONE else value


def _option(field: Field, value: Any, language: str) -> str:
    return next((o.label[language] for o in field.options if o.value == value), str(value))


def shown_day(value: str) -> str:
    """``2026-11-24`` → ``24/11/2026``; what is no date stays as it was typed."""
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value


def shown_parts(
    field: Field, value: Mapping[str, Any], language: str, units: UnitNames
) -> dict[str, str]:
    """Return the answered parts of a block in words, the street of an address first."""
    order = ("street", "commune", "province") if field.kind is Kind.ADDRESS else parts_of(field)
    shown: dict[str, str] = {}
    for part in order:
        given = value.get(part)
        if given in EMPTY:
            continue
        text = str(given)
        if part == "birth_date":
            text = shown_day(text)
        elif part == "sex" and text in SEXES:
            text = SEXES[text][language]
        shown[part] = units.get((part, text), text)
    return shown


def sections_of(
    form: Form, answers: Answers, language: str, units: UnitNames
) -> tuple[SummarySection, ...]:
    """Return the answers page by page, with every question that was shown."""
    return tuple(
        SummarySection(
            step.id, step.title[language], tuple(_lines(form, step.id, answers, language, units))
        )
        for step in visible_steps(form, answers)
    )


def _lines(
    form: Form, step: str, answers: Answers, language: str, units: UnitNames
) -> Iterator[SummaryLine]:
    for field in visible_fields(form, step, answers):
        value = shown_value(field, answers.get(field.id), language, units)
        yield SummaryLine(field.id, field.label[language], value, step)


def values_for_result(
    form: Form, answers: Answers, language: str, units: UnitNames
) -> dict[str, Any]:
    """
    Return what a result template reads: by field id the answer in words, or its parts in words.

    Every field of the form is there; one not answered is an empty text, so templates need not ask.
    """
    known = seen(form, answers)
    made: dict[str, Any] = {}
    for field in form.fields:
        value = known.get(field.id)
        if field.kind in PARTS:
            shown = shown_parts(field, value, language, units) if isinstance(value, Mapping) else {}
            made[field.id] = {part: shown.get(part, "") for part in parts_of(field)}
            made[field.id]["text"] = ", ".join(shown.values())
        else:
            made[field.id] = shown_value(field, value, language, units)
    return made


class Holder(Protocol):
    """What an account knows of the person who signed in."""

    @property
    def name(self) -> str: ...
    @property
    def personal_id(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def sex(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...


SOURCES = frozenset(
    f"account.{fact}" for fact in ("name", "personal_id", "birth_date", "phone", "email", "person")
)
"""Where a field's first value may come from; ``account.person`` fills a whole person block."""


def prefilled(form: Form, person: Holder) -> dict[str, Prefill]:
    """Return first values for the fields that name a source, each with where it comes from."""
    born = person.birth_date.isoformat() if person.birth_date else ""
    facts: dict[str, Any] = {
        "account.name": person.name,
        "account.personal_id": person.personal_id,
        "account.birth_date": born,
        "account.phone": person.phone,
        "account.email": person.email,
    }
    block = {"name": person.name, "id": person.personal_id, "birth_date": born, "sex": person.sex}
    made: dict[str, Prefill] = {}
    for field in form.fields:
        value = facts.get(field.source)
        if field.source == "account.person":
            value = {part: block[part] for part in parts_of(field) if block[part]}
        if value:
            made[field.id] = Prefill(value, FROM_ACCOUNT)
    return made
