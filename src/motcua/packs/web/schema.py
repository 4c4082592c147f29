"""The JSON Schema of packs, for editors and programs anywhere."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from motcua.packs.queries.folders import published_schema


@require_safe
@cache_control(public=True, max_age=3600)
def pack_schema_file(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Give the schema, so that `$schema` can name this address."""
    response = JsonResponse(
        dict(published_schema()),
        content_type="application/schema+json",
        json_dumps_params={"ensure_ascii": False},
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response
