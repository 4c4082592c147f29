"""What every call of the exchange has in common, added to a service's own description."""

import json
from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")

_SIGNED = (
    ("Motcua-Consumer", "Id of the member who asks", "000.00.00.H26"),
    ("Motcua-Agreement", "Id of the agreement it is asked under", ""),
    ("Motcua-Purpose", "A purpose that the agreement names", "settle-dossier"),
    ("Content-Digest", "SHA-256 of the body as it is sent (RFC 9530)", ""),
    ("Signature-Input", "What is signed, when, by which key (RFC 9421), label motcua", ""),
    ("Signature", "Ed25519 over that, label motcua", ""),
)
_HEADERS = {
    name.lower(): {
        "name": name,
        "in": "header",
        "required": True,
        "description": said,
        "schema": {"type": "string"},
        **({"example": example} if example else {}),
    }
    for name, said, example in _SIGNED
}
_EXAMPLE = {
    "type": "urn:motcua:problem:exchange.no-agreement",
    "title": "No agreement lets 000.00.00.H26 call population.v1 of 000.00.00.G01.",
    "title_vi": "Không có thỏa thuận nào cho phép 000.00.00.H26 gọi population.v1.",
    "status": 403,
    "code": "exchange.no-agreement",
    "server_time": "2026-11-23T02:00:00Z",
}
_PROBLEM = {
    "type": "object",
    "required": ["code", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "What to do next, in English"},
        "title_vi": {"type": "string", "description": "The same in Vietnamese"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; in docs/exchange-messages.md"},
        "server_time": {"type": "string", "format": "date-time"},
    },
}
_REFUSED = {
    "description": "Refused, and nothing was done; signed as every answer is",
    "content": {
        "application/problem+json": {
            "schema": {"$ref": "#/components/schemas/ExchangeProblem"},
            "example": _EXAMPLE,
        }
    },
}
SAID = (
    "Calls go from member to member of the exchange, signed by RFC 9421 and under an agreement; "
    "answers are signed too. How to sign and check: docs/exchange-messages.md. A system that "
    "cannot sign asks its own portal: POST /trao-doi/goi/{provider}/{service}/{path}."
)


def dressed(document: Schema, address: str) -> Schema:
    """
    Return a service's OpenAPI document with what the exchange adds to every call of it.

    :param address: where the service answers
    """
    own = document.get("components", {})
    info = document.get("info", {})
    return {
        "openapi": document.get("openapi", "3.1.0"),
        "info": {**info, "description": "\n\n".join(filter(None, (info.get("description"), SAID)))},
        "servers": [{"url": address}],
        "paths": {path: _path(item) for path, item in document.get("paths", {}).items()},
        "components": {
            **own,
            "parameters": {**own.get("parameters", {}), **_HEADERS},
            "schemas": {**own.get("schemas", {}), "ExchangeProblem": _PROBLEM},
        },
        **{name: value for name, value in document.items() if name not in _OURS},
    }


_FIRST = ("summary", "x-summary-vi", "description")
_OURS = {"openapi", "info", "servers", "paths", "components"}


def _path(item: Schema) -> Schema:
    return {
        name: _operation(value) if name in METHODS and isinstance(value, dict) else value
        for name, value in item.items()
    }


def _operation(operation: Schema) -> Schema:
    """Return one call in the order people read it, with headers that are signed and refusals."""
    common = [{"$ref": f"#/components/parameters/{name}"} for name in _HEADERS]
    first = {name: operation[name] for name in _FIRST if name in operation}
    return {
        **first,
        **operation,
        "parameters": [*operation.get("parameters", []), *common],
        "responses": {"default": _REFUSED, **operation.get("responses", {})},
    }


@dataclass(frozen=True, slots=True)
class Content:
    """A body: its media type, and an example of it as text; both may be empty."""

    kind: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """
    One call of a service, for people.

    ``parameters`` are names with what is said of them; ``answers`` are status, words and body.
    ``summary_vi`` is the document's ``x-summary-vi``, empty where it has none.
    """

    method: str
    path: str
    summary: str
    summary_vi: str
    parameters: tuple[tuple[str, str], ...]
    body: Content
    answers: tuple[tuple[str, str, Content], ...]


def operations_in(document: Schema) -> tuple[Operation, ...]:
    """Return what an OpenAPI document lets callers do, by path and method."""
    found = [
        _read(method, path, item[method], document)
        for path, item in document.get("paths", {}).items()
        for method in METHODS
        if isinstance(item.get(method), dict)
    ]
    return tuple(sorted(found, key=lambda each: (each.path, each.method)))


def _read(method: str, path: str, said: Schema, document: Schema) -> Operation:
    asked = [_resolved(each, document) for each in said.get("parameters", [])]
    answers = {
        str(status): _resolved(each, document) for status, each in said.get("responses", {}).items()
    }
    return Operation(
        method.upper(),
        path,
        str(said.get("summary") or said.get("description", "")),
        str(said.get("x-summary-vi", "")),
        tuple((str(each.get("name", "")), str(each.get("description", ""))) for each in asked),
        _content(_resolved(said.get("requestBody", {}), document)),
        tuple(
            (status, str(each.get("description", "")), _content(each))
            for status, each in sorted(answers.items())
        ),
    )


def _content(said: Schema) -> Content:
    for kind, content in said.get("content", {}).items():
        example = content.get("example")
        for named in list(content.get("examples", {}).values())[:1]:
            example = named.get("value", example)
        return Content(kind, _text(example))
    return Content()


def _text(example: Any) -> str:
    if example is None or isinstance(example, str):
        return example or ""
    return json.dumps(example, ensure_ascii=False, indent=1)


def _resolved(said: Schema, document: Schema) -> Schema:
    """Return what a reference within the document stands for, or what it is."""
    found: Any = said
    if str(said.get("$ref", "")).startswith("#/"):
        found = document
        for part in said["$ref"][2:].split("/"):
            found = found.get(part, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}
