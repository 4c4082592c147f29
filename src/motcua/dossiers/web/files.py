"""Files of a dossier, for its applicant and the officials of its agency."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.downloads import file_response, kept_response
from motcua.dossiers.queries.papers import file_for_reading, file_of, page_for_reading
from motcua.dossiers.rules.purposes import purpose_of
from motcua.files.operations.drawing import draw_page
from motcua.files.queries.kept import content_for_room, thumbnail_for_room


@require_safe
@signed_in
def show(request: HttpRequest, code: str, file: UUID) -> HttpResponse:
    """Show a file of a dossier in the browser; ``?tai=1`` saves it."""
    by = actor_of(request)
    found = file_for_reading(code, str(file), by=by, at=now(), purpose=purpose_of(by))
    return kept_response(request, found, content_for_room)


@require_safe
@signed_in
def thumbnail(request: HttpRequest, code: str, file: UUID) -> HttpResponse:
    """Show the small picture of a photo; the page around it has written the look down."""
    found = file_of(code, str(file), by=actor_of(request))
    return file_response(
        request,
        name=found.name,
        media_type="image/jpeg",
        tag=f"{found.sha256}-small",
        content=lambda: thumbnail_for_room(found.id),
    )


@require_safe
@signed_in
def page(request: HttpRequest, code: str, file: UUID, page: int) -> HttpResponse:
    """Show a page of a PDF as a picture."""
    at = now()
    by = actor_of(request)
    found = page_for_reading(code, str(file), by=by, at=at, purpose=purpose_of(by))
    if found.is_picture:
        raise Http404
    return file_response(
        request,
        name=found.name,
        media_type="image/jpeg",
        tag=f"{found.sha256}-{page}",
        content=lambda: draw_page(found.id, page, at=at).data,
    )
