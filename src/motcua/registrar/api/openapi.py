"""The description of each register's service, made from the types of its questions and answers."""

from typing import Any

import msgspec

from motcua.registrar.operations.corrections import NewCorrection
from motcua.registrar.queries.changes import Told
from motcua.registrar.queries.owners import owner_of
from motcua.registrar.rules.examples import (
    CHANGE,
    EXAMPLES,
    IN_VIETNAMESE,
    PERSON_IN_XML,
    QUERY_IN_XML,
    WOMAN,
    correction_of,
    source_of,
)
from motcua.registrar.rules.registers import Book, purposes_of
from motcua.registries.queries.answers import Fact, Source
from motcua.registries.queries.finding import FINDING
from motcua.registries.queries.questions import QUESTIONS, Answer, Question

_REF = "#/components/schemas/{name}"
Schema = dict[str, Any]


def description(book: Book) -> Schema:
    """Return the OpenAPI 3.1 document of a register's service, without servers."""
    kinds = [kind for kind in (*QUESTIONS, *FINDING) if kind.register is book.register]
    types = [*kinds, *(kind.answer for kind in kinds), Source, NewCorrection, Told]
    _, components = msgspec.json.schema_components(types, ref_template=_REF)
    paths = {f"/{kind.path}": _question(kind) for kind in kinds}
    paths |= {
        "/corrections": _post(
            "Ask that a record be put right; the same reference again is the same request",
            "Đề nghị chỉnh sửa một bản ghi; gửi lại cùng mã tham chiếu vẫn là một đề nghị",
            (_ref("NewCorrection"), correction_of(book.register)),
            (_object(number={"type": "integer"}), {"number": 17}),
            "201",
        ),
        "/subscriptions": _post(
            "Follow changes of persons, stop following others",
            "Đăng ký theo dõi thay đổi của những người này, thôi theo dõi những người khác",
            (_object(persons=_strings(), stop=_strings()), {"persons": [WOMAN], "stop": []}),
            (_object(new={"type": "integer"}, ended={"type": "integer"}), {"new": 1, "ended": 0}),
        ),
        "/changes": _post(
            "Changes of those followed, after an entry, at most 200",
            "Thay đổi của những người đang theo dõi, sau một mục, nhiều nhất 200",
            (_object(after={"type": "integer"}), {"after": 17}),
            ({"type": "array", "items": _ref("Told")}, [CHANGE]),
        ),
    }
    if book.service == "population.v1":
        paths["/person.xml"] = _in_xml()
    for path, said in paths.items():
        said["post"]["x-purposes"] = sorted(purposes_of(path.strip("/")))
    return {
        "openapi": "3.1.0",
        "info": {"title": book.title, "version": book.service.rpartition("v")[2]},
        "paths": paths,
        "components": {"schemas": components},
    }


def _question(kind: type[Question[Fact]]) -> Schema:
    question, value = EXAMPLES[kind]
    source = source_of(kind.register, owner_of(kind.register))
    value_of = {"anyOf": [_ref(kind.answer.__name__), {"type": "null"}]}
    return _post(
        (kind.__doc__ or "").strip().rstrip("."),
        IN_VIETNAMESE[kind],
        (_ref(kind.__name__), _plain(question)),
        (
            _object(value=value_of, source=_ref("Source")),
            _plain(Answer(value, source)),
        ),
    )


def _post(
    summary: str, vi: str, asked: tuple[Schema, Any], told: tuple[Schema, Any], status: str = "200"
) -> Schema:
    """Describe a call by the schemas and examples of what is sent and what comes back."""
    return {
        "post": {
            "summary": summary,
            "x-summary-vi": vi,
            "requestBody": {"required": True, "content": _content("application/json", *asked)},
            "responses": {
                status: {"description": "OK", "content": _content("application/json", *told)}
            },
        }
    }


def _in_xml() -> Schema:
    text = {"type": "string"}
    return {
        "post": {
            "summary": "Who a person is, in the XML of QCVN 109:2017/BTTTT",
            "x-summary-vi": "Một người theo XML của QCVN 109:2017/BTTTT",
            "requestBody": {
                "required": True,
                "content": _content("application/xml", text, QUERY_IN_XML),
            },
            "responses": {
                "200": {
                    "description": "CongDan",
                    "content": _content("application/xml", text, PERSON_IN_XML),
                },
                "404": {"description": "No such person"},
            },
        }
    }


def _plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def _content(kind: str, schema: Schema, example: Any) -> Schema:
    return {kind: {"schema": schema, "example": example}}


def _ref(name: str) -> Schema:
    return {"$ref": _REF.format(name=name)}


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


def _strings() -> Schema:
    return {"type": "array", "items": {"type": "string"}}
