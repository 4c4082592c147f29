"""
The rows of a stream: one JSON object a line, a dossier (``"k": "d"``) or a status (``"k": "s"``).

These shapes are the contract; ``row_schema`` publishes it as JSON Schema. Moments are RFC 3339 with
an offset. Fields that are not known are refused, so that nothing is dropped without being said.
"""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

__all__ = ["Dossier", "Row", "Status", "row_schema"]

Code = Annotated[
    str,
    Meta(
        min_length=6,
        max_length=60,
        description="Dossier code: agency id, yyMMdd, number. 000.00.16.H57-200917-0001",
    ),
]
Moment = Annotated[datetime, Meta(tz=True, description="RFC 3339 with an offset")]


class Dossier(
    msgspec.Struct, tag_field="k", tag="d", frozen=True, forbid_unknown_fields=True, gc=False
):
    """One dossier as its agency has it at ``as_of``; of two records the later one holds."""

    code: Code
    procedure: Annotated[str, Meta(max_length=40, description="Code of the procedure: 1.001193")]
    as_of: Moment
    title: Annotated[str, Meta(max_length=1000, description="What it is about")] = ""
    agency: Annotated[
        str, Meta(max_length=40, description="Electronic id of the agency that works on it")
    ] = ""
    kind: Annotated[
        int,
        Meta(ge=1, le=4, description="Applicant: 1 citizen, 2 enterprise, 3 agency, 4 other"),
    ] = 1
    applicant: Annotated[str, Meta(max_length=500, description="Name of the applicant")] = ""
    person: Annotated[
        str,
        Meta(max_length=30, description="Personal id, tax code or old card number; only a hash"),
    ] = ""
    channel: Annotated[
        int, Meta(ge=1, le=3, description="1 at the counter, 2 online, 3 by post")
    ] = 1
    filed_at: Moment | None = None
    received_at: Moment | None = None
    due_at: Moment | None = None
    done_at: Moment | None = None
    returned_at: Moment | None = None


class Status(
    msgspec.Struct, tag_field="k", tag="s", frozen=True, forbid_unknown_fields=True, gc=False
):
    """That a dossier came to a status at a moment; told twice, it is the same."""

    code: Code
    at: Moment
    status: Annotated[
        int,
        Meta(ge=1, le=10, description="The ten statuses exchanged with the national portal"),
    ]
    words: Annotated[str, Meta(max_length=2000, description="What was done, in free text")] = ""
    who: Annotated[str, Meta(max_length=200, description="Who did it, with unit and post")] = ""


Row = Dossier | Status


def row_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one row."""
    schema = msgspec.json.schema(Row)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
