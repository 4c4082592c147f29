"""The JSON Schema 2020-12 of a form's answers, made from its fields, and its compiled validator."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jsonschema_rs

from motcua.forms.rules.definition import Field, Form, Kind
from motcua.kernel.banks import NAMES as BANKS
from motcua.kernel.personal_id import Sex

Schema = dict[str, Any]

NO_CONTROL = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f]*$"
STROKES = r"^(M[0-9., ]+(L[0-9., ]+)*)+$"
MOST_STROKES = 20_000
_DATE: Schema = {"type": "string", "format": "date", "pattern": "^(1[89]|2[01])[0-9]{2}-"}
_PARTIAL: Schema = {
    "type": "string",
    "anyOf": [
        {"pattern": "^(1[89]|2[01])[0-9]{2}(-(0[1-9]|1[0-2]))?$"},
        {"format": "date", "pattern": "^(1[89]|2[01])[0-9]{2}-"},
    ],
}
_BLOCK: Schema = {"type": "object", "additionalProperties": False}
_ROWS: Schema = {"type": "array"}
_BASE: Mapping[Kind, Schema] = {
    Kind.TEXT: {"type": "string", "minLength": 1, "maxLength": 200, "pattern": NO_CONTROL},
    Kind.LONG_TEXT: {"type": "string", "minLength": 1, "maxLength": 4000, "pattern": NO_CONTROL},
    Kind.NUMBER: {"type": "integer", "minimum": 0, "maximum": 10**9},
    Kind.MONEY: {"type": "integer", "minimum": 0, "maximum": 10**15 - 1},
    Kind.DATE: _DATE,
    Kind.CHOICE: {"type": "string"},
    Kind.CHOICES: {"type": "array", "uniqueItems": True, "minItems": 1},
    Kind.YES_NO: {"type": "boolean"},
    Kind.ADDRESS: _BLOCK,
    Kind.PERSON: _BLOCK,
    Kind.ENTERPRISE: _BLOCK,
    Kind.BANK_ACCOUNT: _BLOCK,
    Kind.POINT: _BLOCK,
    Kind.SIGNATURE: _BLOCK,
    Kind.PHONE: {"type": "string", "pattern": r"^\+[1-9][0-9]{6,14}$"},
    Kind.EMAIL: {"type": "string", "format": "email", "maxLength": 254},
    Kind.FILES: {
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": NO_CONTROL},
        "uniqueItems": True,
        "minItems": 1,
    },
    Kind.TABLE: _ROWS,
    Kind.GROUP: _ROWS,
    Kind.COMPUTED: {"readOnly": True},
}
_NAME: Schema = {"type": "string", "minLength": 1, "maxLength": 100, "pattern": NO_CONTROL}
_LINE: Schema = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": NO_CONTROL}
PARTS: Mapping[Kind, Mapping[str, Schema]] = {
    Kind.ADDRESS: {
        "province": {"type": "string", "pattern": "^[0-9]{2}$"},
        "commune": {"type": "string", "pattern": "^[0-9]{5}$"},
        "street": _LINE,
    },
    Kind.PERSON: {
        "name": _NAME,
        "id": {"type": "string", "pattern": "^[0-9]{12}$"},
        "birth_date": _DATE,
        "sex": {"type": "string", "enum": [s.value for s in Sex]},
    },
    Kind.ENTERPRISE: {
        "tax_code": {"type": "string", "pattern": "^([0-9]{10}(-[0-9]{3})?|[0-9]{12})$"},
        "name": _LINE,
    },
    Kind.BANK_ACCOUNT: {
        "bank": {"type": "string", "enum": list(BANKS)},
        "number": {"type": "string", "pattern": "^[0-9A-Za-z]{4,30}$"},
        "holder": _NAME,
    },
    Kind.POINT: {
        "lat": {"type": "number", "minimum": 6, "maximum": 24},
        "lng": {"type": "number", "minimum": 101, "maximum": 118},
    },
    Kind.SIGNATURE: {
        "name": _NAME,
        "strokes": {"type": "string", "maxLength": MOST_STROKES, "pattern": STROKES},
    },
}
"""
The parts of the kinds that ask several things at once, in the order they are asked.

A point lies in a box around Viet Nam with its islands (Hoàng Sa and Trường Sa).
"""


def parts_of(field: Field) -> tuple[str, ...]:
    """Return the parts that ``field`` asks for, none for a field that asks one thing."""
    return field.parts or tuple(PARTS.get(field.kind, ()))


def required_parts(field: Field) -> tuple[str, ...]:
    """Return the parts that may not stay empty once the field is answered."""
    if field.kind is Kind.SIGNATURE:
        return ("name",)
    return tuple(p for p in parts_of(field) if p not in field.optional_parts)


def schema_of_field(field: Field) -> Schema:
    """Return the JSON Schema of one answer."""
    base = _PARTIAL if field.kind is Kind.DATE and field.partial else _BASE[field.kind]
    made: Schema = {**base, "title": field.label.en}
    if field.kind is Kind.NUMBER and field.decimals:
        made |= {"type": "number", "multipleOf": round(0.1**field.decimals, field.decimals)}
    made |= field.schema
    if field.kind is Kind.CHOICE:
        made["enum"] = [option.value for option in field.options]
    elif field.kind is Kind.CHOICES:
        made["items"] = {"enum": [option.value for option in field.options]}
    elif field.kind is Kind.FILES:
        made["maxItems"] = field.most
    elif field.kind in PARTS:
        made["properties"] = {p: PARTS[field.kind][p] for p in parts_of(field)}
        made["required"] = list(required_parts(field))
    elif field.rows is not None:
        made |= {"minItems": max(field.rows.least, 1), "maxItems": field.rows.most}
        made["items"] = _object(field.rows.columns)
    return made


def _object(fields: tuple[Field, ...], *, whole: bool = True) -> Schema:
    """Return the schema of an object with these fields; ``whole`` if all of them can be seen."""
    asked = [field for field in fields if field.kind is not Kind.NOTE]
    return {
        "type": "object",
        "properties": {field.id: schema_of_field(field) for field in asked},
        "required": [f.id for f in asked if whole and _always(f)],
        "additionalProperties": False,
    }


def _always(field: Field) -> bool:
    given = field.kind not in (Kind.COMPUTED, Kind.NOTE)
    return given and field.required is True and field.show is None


def answers_schema(form: Form) -> Schema:
    """
    Return the JSON Schema of a form's answers, for programs that file and for exports.

    It requires what is always asked; what is required only in some cases, `problems_in` tells.
    Computed fields may be left out: they are computed again.
    """
    always = [f.id for step in form.steps if step.show is None for f in step.fields if _always(f)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": form.title.en,
        **_object(form.fields, whole=False),
        "required": always,
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
    """
    Return the compiled validator of answers that are `seen`, kept with the immutable form.

    What must be answered depends on answers, so it requires nothing: each missing answer of a page
    would be an error that carries all of the page with it.
    """
    return compiled(_nothing_required(answers_schema(form)))


def _nothing_required(schema: Schema) -> Schema:
    made = {key: value for key, value in schema.items() if key != "required"}
    if "properties" in made:
        made["properties"] = {k: _nothing_required(v) for k, v in made["properties"].items()}
    if isinstance(made.get("items"), dict):
        made["items"] = _nothing_required(made["items"])
    return made
