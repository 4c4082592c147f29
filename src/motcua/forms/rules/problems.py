"""What is wrong with answers, in sentences that say what to do."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import jsonschema_rs

from motcua.forms.rules.cleaning import e164
from motcua.forms.rules.definition import Answers, Field, Form, Kind
from motcua.forms.rules.findings import Problem
from motcua.forms.rules.places import fields_by_id
from motcua.forms.rules.schema import (
    parts_of,
    required_parts,
    validator_of,
)
from motcua.forms.rules.showing import (
    EMPTY,
    is_required,
    seen,
    visible_steps,
)
from motcua.kernel.personal_id import FLAW_MESSAGES, Flaw, flaw_in
from motcua.kernel.text import N_

ENTER = N_("Enter {label}")
CHOOSE = N_("Choose {label}")
ANSWER = N_("Answer: {label}")
NOT_ASKED = N_("This form does not ask for “{name}”: leave it out")
NAME_WITH_DIGITS = N_("A name has no digits: “{word}”")
IN_FUTURE = N_("{label} cannot be after today")
IN_PAST = N_("{label} cannot be before today")
NOT_UNDERSTOOD = N_("Check {label}: this form cannot use what was entered")

_CHOSEN = frozenset({Kind.CHOICE, Kind.CHOICES})
_CHOSEN_PARTS = frozenset({"province", "commune", "sex"})
_BY_KIND: Mapping[Kind, str] = {
    Kind.NUMBER: N_("Enter {label} as a whole number"),
    Kind.MONEY: N_("Enter {label} in dong, digits only"),
    Kind.DATE: N_("Enter a real date for {label}, for example 24/11/2026"),
    Kind.CHOICE: CHOOSE,
    Kind.CHOICES: CHOOSE,
    Kind.YES_NO: ANSWER,
    Kind.PHONE: N_("Enter a real phone number, for example 091 234 56 78"),
    Kind.EMAIL: N_("Enter a real e-mail address, for example ten@example.vn"),
}
_BY_PART: Mapping[str, str] = {
    "birth_date": N_("Enter a real date for {label}, for example 24/11/2026"),
    "id": FLAW_MESSAGES[Flaw.SHAPE],
    "sex": CHOOSE,
    "province": CHOOSE,
    "commune": CHOOSE,
}
_BY_KEYWORD: Mapping[str, str] = {
    "maxLength": N_("Shorten {label} to {limit} characters at most"),
    "minLength": N_("Write {label} in at least {limit} characters"),
    "maximum": N_("{label}: at most {limit}"),
    "minimum": N_("{label}: at least {limit}"),
}


def problems_in(
    form: Form, answers: Answers, step: str | None = None, *, on: date
) -> tuple[Problem, ...]:
    """
    Return what is wrong with ``answers``, in the order of the form; of one page where named.

    :param on: the day the answers are given, for dates that may not lie after it
    """
    known = {name: stripped(value) for name, value in seen(form, answers).items()}
    known = {name: value for name, value in known.items() if value not in EMPTY}
    wrong = _schema_problems(form, known)
    found: list[Problem] = []
    for page in visible_steps(form, answers):
        for field in page.fields if step in (None, page.id) else ():
            if field.show is None or _shown(field, known):
                found += _problems_of(field, known, wrong.get(field.id, []), on)
    if step is None:
        found += _unknown(form, answers)
    return tuple(found)


def _shown(field: Field, known: Answers) -> bool:
    return field.show is None or is_required(field.show, known)


def _unknown(form: Form, answers: Answers) -> Iterator[Problem]:
    for name in answers.keys() - fields_by_id(form).keys():
        yield Problem(name, NOT_ASKED, {"name": name})


def stripped(value: Any) -> Any:
    """Return ``value`` without the parts that are empty."""
    if isinstance(value, Mapping):
        return {part: inner for part, inner in value.items() if inner not in EMPTY}
    return value


def _problems_of(field: Field, known: Answers, wrong: list[Problem], on: date) -> Iterable[Problem]:
    value = known.get(field.id)
    if value in EMPTY:
        return [_missing(field)] if is_required(field.required, known) else []
    parts = required_parts(field) if isinstance(value, Mapping) else ()
    gaps = [_missing(field, part) for part in parts if part not in (value or ())]
    if wrong or gaps:
        return [*gaps, *wrong]
    return _beyond_schema(field, value, on)


def _missing(field: Field, part: str = "") -> Problem:
    at = f"{field.id}.{part}" if part else field.id
    if field.kind is Kind.YES_NO:
        return Problem(at, ANSWER, missing=True)
    if not part and (parts := parts_of(field)):
        part = parts[0]
        at = f"{field.id}.{part}"
    chosen = part in _CHOSEN_PARTS if part else field.kind in _CHOSEN
    return Problem(at, CHOOSE if chosen else ENTER, missing=True)


def _schema_problems(form: Form, known: Answers) -> dict[str, list[Problem]]:
    """Return the first problem of each field or part that the schema finds."""
    found: dict[str, dict[str, Problem]] = {}
    by_id = fields_by_id(form)
    for error in validator_of(form).iter_errors(known):
        if error.kind.name == "required" or not error.instance_path:
            continue
        field = by_id[str(error.instance_path[0])]
        problem = _said(field, error)
        found.setdefault(field.id, {}).setdefault(problem.field, problem)
    return {name: list(problems.values()) for name, problems in found.items()}


def _said(field: Field, error: jsonschema_rs.ValidationError) -> Problem:
    part = str(error.instance_path[1]) if len(error.instance_path) > 1 else ""
    if part not in parts_of(field):
        part = ""
    at = f"{field.id}.{part}" if part else field.id
    keyword = error.kind.name
    if keyword in _BY_KEYWORD:
        limit = getattr(error.kind, "limit", "")
        return Problem(at, _BY_KEYWORD[keyword], {"limit": limit})
    message = _BY_PART.get(part) if part else _BY_KIND.get(field.kind)
    return Problem(at, message or NOT_UNDERSTOOD)


def _beyond_schema(field: Field, value: Any, on: date) -> Iterator[Problem]:
    """Yield what a schema cannot say of a value that fits it."""
    if field.kind is Kind.PHONE and e164(value) is None:
        yield Problem(field.id, _BY_KIND[Kind.PHONE])
    if field.kind is Kind.PERSON:
        yield from _person_problems(field.id, value, on)
    if "name" in field.checks:
        yield from _name_problems(field.id, value)
    if "not_future" in field.checks and date.fromisoformat(value) > on:
        yield Problem(field.id, IN_FUTURE)
    if "not_past" in field.checks and date.fromisoformat(value) < on:
        yield Problem(field.id, IN_PAST)


def _person_problems(name: str, person: Mapping[str, str], on: date) -> Iterator[Problem]:
    yield from _name_problems(f"{name}.name", person.get("name", ""))
    born = date.fromisoformat(person["birth_date"]) if "birth_date" in person else None
    if born is not None and born > on:
        yield Problem(f"{name}.birth_date", IN_FUTURE)
    if "id" in person:
        flaw = flaw_in(person["id"], birth_date=born, sex=person.get("sex"))
        if flaw is not None:
            yield Problem(f"{name}.id", FLAW_MESSAGES[flaw])


def _name_problems(at: str, name: str) -> Iterator[Problem]:
    for word in name.split():
        if any(letter.isdigit() for letter in word):
            yield Problem(at, NAME_WITH_DIGITS, {"word": word})
            return
