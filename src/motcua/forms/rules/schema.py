"""The JSON Schema 2020-12 of a pack's answers, made from its fields, and its compiled validator."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from motcua.forms.rules.definition import Field, Form, Kind
from motcua.kernel.personal_id import Sex

Schema = dict[str, Any]

NO_CONTROL = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$"
_DATE: Schema = {"type": "string", "format": "date", "pattern": "^(1[89]|2[01])[0-9]{2}-"}
_BASE: Mapping[Kind, Schema] = {
    Kind.TEXT: {"type": "string", "minLength": 1, "maxLength": 200, "pattern": NO_CONTROL},
    Kind.LONG_TEXT: {"type": "string", "minLength": 1, "maxLength": 4000, "pattern": NO_CONTROL},
    Kind.NUMBER: {"type": "integer", "minimum": 0, "maximum": 10**9},
    Kind.MONEY: {"type": "integer", "minimum": 0, "maximum": 10**15},
    Kind.DATE: _DATE,
    Kind.CHOICE: {"type": "string"},
    Kind.CHOICES: {"type": "array", "uniqueItems": True, "minItems": 1},
    Kind.YES_NO: {"type": "boolean"},
    Kind.ADDRESS: {"type": "object", "additionalProperties": False},
    Kind.PERSON: {"type": "object", "additionalProperties": False},
    Kind.PHONE: {"type": "string", "pattern": r"^\+[1-9][0-9]{6,14}$"},
    Kind.EMAIL: {"type": "string", "format": "email", "maxLength": 254},
}
PARTS: Mapping[Kind, Mapping[str, Schema]] = {
    Kind.ADDRESS: {
        "province": {"type": "string", "pattern": "^[0-9]{2}$"},
        "commune": {"type": "string", "pattern": "^[0-9]{5}$"},
        "street": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": NO_CONTROL},
    },
    Kind.PERSON: {
        "name": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": NO_CONTROL},
        "id": {"type": "string", "pattern": "^[0-9]{12}$"},
        "birth_date": _DATE,
        "sex": {"type": "string", "enum": [s.value for s in Sex]},
    },
}
"""The parts of the kinds that ask several things at once, in the order they are asked."""


def parts_of(field: Field) -> tuple[str, ...]:
    """Return the parts that ``field`` asks for, none for a field that asks one thing."""
    return field.parts or tuple(PARTS.get(field.kind, ()))


def required_parts(field: Field) -> tuple[str, ...]:
    """Return the parts that may not stay empty once the field is answered."""
    return tuple(p for p in parts_of(field) if p not in field.optional_parts)


def schema_of_field(field: Field) -> Schema:
    """Return the JSON Schema of one answer."""
    made: Schema = {**_BASE[field.kind], **field.schema, "title": field.label.en}
    values = [option.value for option in field.options]
    if field.kind is Kind.CHOICE:
        made["enum"] = values
    elif field.kind is Kind.CHOICES:
        made["items"] = {"enum": values}
    elif field.kind in PARTS:
        made["properties"] = {p: PARTS[field.kind][p] for p in parts_of(field)}
        made["required"] = list(required_parts(field))
    return made


def answers_schema(form: Form) -> Schema:
    """
    Return the JSON Schema of a pack's answers, for programs that file and for exports.

    It requires what is always asked; what is required only in some cases, `problems_in` tells.
    """
    always = [
        field.id
        for step in form.steps
        for field in step.fields
        if field.required is True and step.show is None and field.show is None
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.title.en,
        "type": "object",
        "properties": {field.id: schema_of_field(field) for field in form.fields},
        "required": always,
        "additionalProperties": False,
    }


def compiled(schema: Schema) -> jsonschema_rs.Draft202012Validator:
    """
    Return a validator that checks formats and fetches nothing.

    :raises jsonschema_rs.ValidationError: if ``schema`` is not a schema
    :raises jsonschema_rs.ReferencingError: if it refers to another document
    """
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, offline=True)


@lru_cache(maxsize=512)
def validator_of(form: Form) -> jsonschema_rs.Draft202012Validator:
    """Return the compiled validator of a pack's answers; a pack is immutable, so it is kept."""
    return compiled(answers_schema(form))


@lru_cache(maxsize=512)
def fields_by_id(form: Form) -> Mapping[str, Field]:
    """Return the fields of a pack by id."""
    return {field.id: field for field in form.fields}
