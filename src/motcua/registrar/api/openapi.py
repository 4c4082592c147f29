"""The description of each register's service, made from the types of its questions and answers."""

from typing import Any

import msgspec

from motcua.registrar.operations.corrections import NewCorrection
from motcua.registrar.queries.changes import Told
from motcua.registrar.rules.registers import Book
from motcua.registries.queries.answers import Source
from motcua.registries.queries.questions import QUESTIONS

_REF = "#/components/schemas/{name}"
Schema = dict[str, Any]


def description(book: Book) -> Schema:
    """Return the OpenAPI 3.1 document of a register's service, without servers."""
    kinds = [kind for kind in QUESTIONS if kind.register is book.register]
    types = [*kinds, *(kind.answer for kind in kinds), Source, NewCorrection, Told]
    _, components = msgspec.json.schema_components(types, ref_template=_REF)
    paths = {f"/{kind.path}": _post(kind.__name__, _answer(kind.answer.__name__)) for kind in kinds}
    paths |= {
        "/corrections": _post("NewCorrection", _object(number={"type": "integer"}), "201"),
        "/subscriptions": _post_of(
            _object(persons=_strings(), stop=_strings()),
            _object(new={"type": "integer"}, ended={"type": "integer"}),
        ),
        "/changes": _post_of(
            _object(after={"type": "integer"}), {"type": "array", "items": _ref("Told")}
        ),
    }
    if book.service == "population.v1":
        paths["/person.xml"] = _in_xml()
    return {
        "openapi": "3.1.0",
        "info": {"title": book.title, "version": book.service.rpartition("v")[2]},
        "paths": paths,
        "components": {"schemas": components},
    }


def _answer(name: str) -> Schema:
    return _object(value={"anyOf": [_ref(name), {"type": "null"}]}, source=_ref("Source"))


def _post(asked: str, told: Schema, status: str = "200") -> Schema:
    return _post_of(_ref(asked), told, status)


def _post_of(asked: Schema, told: Schema, status: str = "200") -> Schema:
    return {
        "post": {
            "requestBody": {"required": True, "content": {"application/json": {"schema": asked}}},
            "responses": {
                status: {"description": "OK", "content": {"application/json": {"schema": told}}}
            },
        }
    }


def _in_xml() -> Schema:
    content = {"application/xml": {"schema": {"type": "string"}}}
    return {
        "post": {
            "summary": "QCVN 109:2017/BTTTT",
            "requestBody": {"required": True, "content": content},
            "responses": {
                "200": {"description": "CongDan", "content": content},
                "404": {"description": "No such person"},
            },
        }
    }


def _ref(name: str) -> Schema:
    return {"$ref": _REF.format(name=name)}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


def _strings() -> Schema:
    return {"type": "array", "items": {"type": "string"}}
