"""The service described in OpenAPI 3.1, for those who write clients."""

from typing import Any

from motcua.sync.rules.rows import row_schema

_STREAM = {"name": "Stream", "in": "header", "required": True, "schema": {"type": "string"}}
_OFFSET = {"name": "Stream-Offset", "in": "header", "schema": {"type": "integer", "minimum": 0}}
_COUNTS = (
    "cursor rows dossiers_new dossiers_changed dossiers_same statuses_new statuses_same "
    "refused_rows"
).split()
_RUN = {
    "type": "object",
    "properties": {
        "from": {"type": "integer"},
        "to": {"type": "integer"},
        "reason": {"type": "string"},
        "example": {"type": "string"},
    },
}
_TAKEN = {
    "type": "object",
    "properties": {
        "stream": {"type": "string"},
        **{name: {"type": "integer"} for name in _COUNTS},
        "refused": {"type": "array", "items": _RUN},
        "stopped": {"type": "boolean"},
    },
}


def description() -> dict[str, Any]:
    """Return the OpenAPI document of ``dossiers.v1``."""
    row = row_schema()
    schemas = row.pop("$defs")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dossiers and their statuses", "version": "1"},
        "paths": {
            "/stream": {
                "post": {
                    "summary": "Rows of a stream, one JSON object a line, plain or gzip",
                    "parameters": [_STREAM, _OFFSET],
                    "requestBody": {
                        "required": True,
                        "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
                    },
                    "responses": {
                        "200": _answer("What became of the rows", _TAKEN),
                        "409": {"description": "Rows are missing; `cursor` says from where"},
                        "503": {"description": "Others are being merged; see Retry-After"},
                    },
                }
            },
            "/cursor": _asked("How many rows of a stream have been read", "stream"),
            "/refused": _asked("Rows that were not taken", "stream", "before"),
            "/quality": _asked("What is odd in what was told, with a score"),
        },
        "components": {"schemas": {**schemas, "Taken": _TAKEN}},
    }


def _asked(summary: str, *names: str) -> dict[str, Any]:
    asked = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]
    answers = {"200": _answer(summary, {"type": "object"})}
    return {"get": {"summary": summary, "parameters": asked, "responses": answers}}


def _answer(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": schema}}}
