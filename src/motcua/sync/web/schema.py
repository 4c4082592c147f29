"""The shape of the rows, for those who write them."""

from functools import cache

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.sync.rules.rows import row_schema


@require_safe
def show(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give the JSON Schema of one row of a stream."""
    return HttpResponse(_schema(), content_type="application/schema+json")


@cache
def _schema() -> bytes:
    return msgspec.json.format(msgspec.json.encode(row_schema()), indent=1)
