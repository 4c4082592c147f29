"""The parts of a draft as lists: read, put in order, copied, taken elsewhere, taken out."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.refusals import StaleVersion
from motcua.kernel.actors import Role
from motcua.studio.operations.drafting import write
from motcua.studio.queries.drafts import DraftView
from motcua.studio.queries.editing import document_in, rewritten, title_of
from motcua.studio.queries.outline import areas_of, askers_of, left_in, pages_of
from motcua.studio.rules.parts import (
    NoSuchPart,
    copied,
    moved,
    part_at,
    path_of,
    taken_to,
    text_of,
    without,
)
from motcua.studio.web.editing import outline_of
from motcua.studio.web.showing import changed_meanwhile, found, seen_in, show
from motcua.studio.web.wording import ARRANGED, REMOVED_PART

BY = {"up": -1, "down": 1}


@require_safe
@officials_only(Role.ADMINISTRATOR)
def form_builder(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show the pages, sections and questions of the form."""
    draft = found(request, draft_id)
    pages = pages_of(document_in(draft.files))
    return show(request, "builder", draft=draft, pages=pages, **_left(draft))


@require_safe
@officials_only(Role.ADMINISTRATOR)
def content(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show everything else a pack is made of, and what is left to do."""
    draft = found(request, draft_id)
    areas = areas_of(document_in(draft.files))
    return show(request, "content", draft=draft, areas=areas, **_left(draft))


def _left(draft: DraftView) -> dict[str, Any]:
    """Return what is left to do, and how much of it in each part."""
    left = left_in(draft.files)
    wrong: dict[str, int] = {}
    for each in left:
        wrong[each.way] = wrong.get(each.way, 0) + 1
    return {"left": left, "wrong": wrong}


@require_POST
@officials_only(Role.ADMINISTRATOR)
def arrange(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Move a part up or down or to another section, or put a copy after it."""
    draft = found(request, draft_id)
    path = _chosen(request)
    document = document_in(draft.files)
    part_at(document, path)
    made = _arranged(request, document, path)
    return _written(request, draft, made, path, f"{ARRANGED}{text_of(path)}")


def _arranged(
    request: HttpRequest, document: Mapping[str, Any], path: tuple[str | int, ...]
) -> Mapping[str, Any]:
    act = request.POST.get("act", "")
    if act in BY:
        return dict(moved(document, path, BY[act]))
    if act == "copy":
        return dict(copied(document, path))
    section = path_of(request.POST.get("section", ""))
    if act != "to" or section[-2:-1] != ("sections",) or path[-2:-1] != ("fields",):
        raise NoSuchPart
    return dict(taken_to(document, path, section))


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def remove(request: HttpRequest, draft_id: UUID, path: str) -> HttpResponse:
    """Ask, naming what asks for it, then take a part out."""
    draft = found(request, draft_id)
    way = path_of(path)
    document = document_in(draft.files)
    _check_in_list(way)
    part_at(document, way)
    if request.method == "POST":
        made = without(document, way)
        return _written(request, draft, made, way, f"{REMOVED_PART}{text_of(way)}")
    facts = {"called": title_of(document, way), "askers": askers_of(document, way)}
    return show(request, "remove_part", draft=draft, back=outline_of(draft_id, way), **facts)


def _chosen(request: HttpRequest) -> tuple[str | int, ...]:
    path = path_of(request.POST.get("path", ""))
    _check_in_list(path)
    return path


def _check_in_list(path: tuple[str | int, ...]) -> None:
    """Refuse what is no member of a list of parts."""
    if len(path) < 3 or not isinstance(path[-1], int):
        raise NoSuchPart


def _written(
    request: HttpRequest,
    draft: DraftView,
    document: Mapping[str, Any],
    path: tuple[str | int, ...],
    what: str,
) -> HttpResponse:
    files = rewritten(document, path)
    try:
        seen, by = seen_in(request), actor_of(request)
        write(draft.id, files, what=what, seen=seen, by=by, at=now())
        messages.success(request, _("Saved. You can undo the last change."))
    except StaleVersion:
        messages.warning(request, changed_meanwhile())
    return redirect(outline_of(draft.id, path))
