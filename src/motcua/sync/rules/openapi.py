"""The service described in OpenAPI 3.1, for those who write clients."""

from typing import Any

from motcua.sync.rules.quality import Kind, NoScore
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


EXAMPLE_ROWS = """\
{"k":"d","code":"000.00.16.H26-260917-0001","procedure":"1.001193","title":"Đăng ký khai sinh",\
"agency":"000.00.16.H26","kind":1,"applicant":"Nguyễn Thị Lan","person":"001195012345","channel":2,\
"filed_at":"2026-09-17T08:12:00+07:00","due_at":"2026-09-17T17:00:00+07:00",\
"as_of":"2026-09-17T08:12:05+07:00"}
{"k":"s","code":"000.00.16.H26-260917-0001","at":"2026-09-17T08:30:00+07:00","status":2,\
"words":"Đã tiếp nhận","who":"Trần Văn Bình, Bộ phận một cửa"}
{"k":"s","code":"000.00.16.H57-260917-0001","at":"2026-09-17T08:30:00+07:00","status":2}
"""
"""A dossier, a status of it, and a row of another member's, which is not taken."""
_EXAMPLE_RUN = {
    "reason": "foreign",
    "example": '{"k":"s","code":"000.00.16.H57-260917-0001","at":"2026-09-17T08:30:00+07:00",'
    '"status":2}',
}
EXAMPLE_TAKEN: dict[str, Any] = {
    "stream": "2026-09-17",
    "cursor": 3,
    "rows": 3,
    "dossiers_new": 1,
    "dossiers_changed": 0,
    "dossiers_same": 0,
    "statuses_new": 1,
    "statuses_same": 0,
    "refused_rows": 1,
    "refused": [{"from": 2, "to": 2, **_EXAMPLE_RUN}],
    "stopped": False,
}
_MOMENT = "2026-09-17T10:00:00+00:00"
_STREAM_STANDS = {
    "stream": "2026-09-17",
    "cursor": 3,
    "begun_at": _MOMENT,
    "moved_at": _MOMENT,
}
_EXAMPLE_REFUSED = {
    "refused": [
        {"id": 12, "stream": "2026-09-17", "first": 2, "last": 2, **_EXAMPLE_RUN, "at": _MOMENT}
    ]
}
_ANY: dict[str, Any] = {"type": "object"}
_COUNT = {"type": "integer", "minimum": 0}
_FINDING = {
    "type": "object",
    "properties": {
        "kind": {"enum": [str(kind) for kind in Kind]},
        "count": {**_COUNT, "description": "How many are odd"},
        "total": {**_COUNT, "description": "Of how many"},
        "examples": {"type": "array", "items": {"type": "string"}},
    },
}
_QUALITY = {
    "type": "object",
    "properties": {
        "member": {"type": "string"},
        "name": {"type": "string"},
        "score": {
            "type": ["integer", "null"],
            "minimum": 0,
            "maximum": 100,
            "description": "100 where nothing is odd; null is no bad score but none: see no_score",
        },
        "no_score": {
            "enum": [*map(str, NoScore), None],
            "description": "Why score is null: not-measured, it is measured each night; "
            "nothing-told, no dossier and no status of this year or the last was taken, so there "
            "is nothing to judge. null where there is a score",
        },
        "dossiers": _COUNT,
        "statuses": _COUNT,
        "findings": {"type": "array", "items": _FINDING},
        "trend": {"type": "array", "description": "Days that have a score, with it"},
        "measured_at": {"type": ["string", "null"], "format": "date-time"},
    },
}
_EXAMPLE_QUALITY = {
    "member": "000.00.00.H26",
    "name": "Thành phố Hà Nội",
    "score": 92,
    "no_score": None,
    "dossiers": 120400,
    "statuses": 702131,
    "findings": [
        {
            "kind": "no-end",
            "count": 431,
            "total": 98210,
            "examples": ["000.00.16.H26-260917-0001"],
        }
    ],
    "trend": [["2026-11-22", 91], ["2026-11-23", 92]],
    "measured_at": "2026-11-23T02:10:00+00:00",
}


def description() -> dict[str, Any]:
    """Return the OpenAPI document of ``dossiers.v1``."""
    row = row_schema()
    schemas = row.pop("$defs")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dossiers and their statuses", "version": "1"},
        "paths": {
            "/stream": _stream(),
            "/cursor": _asked(
                "How many rows of a stream have been read",
                "Đã đọc bao nhiêu dòng của một luồng",
                _STREAM_STANDS,
                "stream",
            ),
            "/refused": _asked(
                "Rows that were not taken",
                "Các dòng không được nhận",
                _EXAMPLE_REFUSED,
                *("stream", "before"),
            ),
            "/quality": _asked(
                "What is odd in what was told, with a score",
                "Những điểm bất thường trong dữ liệu đã gửi, kèm điểm số",
                _EXAMPLE_QUALITY,
                schema={"$ref": "#/components/schemas/Quality"},
            ),
        },
        "components": {"schemas": {**schemas, "Taken": _TAKEN, "Quality": _QUALITY}},
    }


def _stream() -> dict[str, Any]:
    return {
        "post": {
            "summary": "Rows of a stream, one JSON object a line, plain or gzip",
            "x-summary-vi": "Các dòng của một luồng, mỗi dòng một đối tượng JSON, có thể nén gzip",
            "parameters": [_STREAM, _OFFSET],
            "requestBody": {
                "required": True,
                "content": {
                    "application/x-ndjson": {
                        "schema": {"type": "string"},
                        "example": EXAMPLE_ROWS,
                    }
                },
            },
            "responses": {
                "200": _answer("What became of the rows", _TAKEN, EXAMPLE_TAKEN),
                "409": {"description": "Rows are missing; `cursor` says from where"},
                "503": {"description": "Others are being merged; see Retry-After"},
            },
        }
    }


def _asked(
    summary: str,
    vi: str,
    example: dict[str, Any],
    *names: str,
    schema: dict[str, Any] = _ANY,
) -> dict[str, Any]:
    asked = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]
    answers = {"200": _answer(summary, schema, example)}
    said = {"summary": summary, "x-summary-vi": vi}
    return {"get": {**said, "parameters": asked, "responses": answers}}


def _answer(text: str, schema: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema, "example": example}}
    return {"description": text, "content": content}
