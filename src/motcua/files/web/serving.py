"""A person's own files, and nobody else's."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.downloads import file_response, kept_response
from motcua.files.queries.kept import content_of, file_named, thumbnail_of


@require_safe
@signed_in
def show(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Show a file in the browser; ``?tai=1`` saves it."""
    by = actor_of(request)
    file = file_named(str(id), by=by)
    return kept_response(request, file, partial(content_of, by=by))


@require_safe
@signed_in
def thumbnail(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002
    """Show the small picture of a photo."""
    by = actor_of(request)
    file = file_named(str(id), by=by)
    return file_response(
        request,
        name=file.name,
        media_type="image/jpeg",
        tag=f"{file.sha256}-small",
        content=lambda: thumbnail_of(file.id, by=by),
    )
