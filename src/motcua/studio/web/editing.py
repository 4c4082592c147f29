"""A part of a draft in its editor: asked by the portal's own forms, saved as its file."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.refusals import StaleVersion
from motcua.forms.queries.forms import Beside, Problem, clean, problems_in, rows_changed, step_view
from motcua.kernel.actors import Role
from motcua.studio.operations.drafting import write
from motcua.studio.queries.drafts import DraftView
from motcua.studio.queries.editing import Opened, flaws_at, opened, saved, title_of
from motcua.studio.queries.outline import sections_of
from motcua.studio.rules.nodes import STEP
from motcua.studio.rules.parts import given_id, path_of, text_of
from motcua.studio.web.showing import found, seen_in, show
from motcua.studio.web.wording import EDITED_PART

ANYWAY = "anyway"
"""The button that saves a part although something in it is wrong."""
TYPED_LATE = "studio-stale"


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def edit(request: HttpRequest, draft_id: UUID, path: str) -> HttpResponse:
    """Show a part in its editor, or take what was answered."""
    draft = found(request, draft_id)
    part = opened(draft.files, path_of(path), kind=request.GET.get("loai", ""))
    if request.method != "POST":
        return _drawn(request, draft, part, part.answers, ())
    posted = {name: request.POST.getlist(name) for name in request.POST}
    changed = rows_changed(part.form, STEP, posted)
    given = clean(part.form, STEP, posted) if changed is None else changed
    answers = {**part.answers, **given}
    if changed is not None or "again" in posted:
        beside = Beside(added=posted.get("add", [""])[-1], removed=posted.get("remove", [""])[-1])
        return _drawn(request, draft, part, answers, (), beside=beside)
    if part.new:
        answers = given_id(part.document, answers)
    return _taken(request, draft, part, answers)


def _taken(
    request: HttpRequest, draft: DraftView, part: Opened, answers: Mapping[str, Any]
) -> HttpResponse:
    files = saved(part, part.answered(answers))
    problems = _problems(draft, part, answers, files)
    if problems and ANYWAY not in request.POST:
        return _drawn(request, draft, part, answers, problems)
    try:
        write(
            draft.id,
            files,
            what=f"{EDITED_PART}{text_of(part.path)}",
            seen=seen_in(request),
            by=actor_of(request),
            at=now(),
        )
    except StaleVersion:
        return _drawn(request, draft, part, answers, (), stale=True)
    document = {**part.document}
    messages.success(request, _("Saved: {file}.").format(file=title_of(document, part.path)))
    return redirect(outline_of(draft.id, part.path))


def outline_of(draft_id: UUID, path: Sequence[str | int]) -> str:
    """Return the address of the list in which a part stands, at its place."""
    name = "studio:form" if path[:1] == ("form",) else "studio:content"
    anchor = text_of(tuple(path)).replace("/", "-").replace(".", "-")
    return f"{reverse(name, kwargs={'draft_id': draft_id})}#p-{anchor}"


def _problems(
    draft: DraftView, part: Opened, answers: Mapping[str, Any], files: Mapping[str, str]
) -> list[Problem]:
    """Return what the boxes themselves say is wrong, then what lint says of the part."""
    of_boxes = list(problems_in(part.form, answers, STEP, on=localdate()))
    named = {problem.field for problem in of_boxes}
    after = {**draft.files, **files}
    told = flaws_at(after, part)
    of_lint = [Problem(box, "", words=words) for box, words in told if box not in named]
    return [*of_boxes, *of_lint]


def _drawn(
    request: HttpRequest,
    draft: DraftView,
    part: Opened,
    answers: Mapping[str, Any],
    problems: Sequence[Problem],
    *,
    stale: bool = False,
    beside: Beside | None = None,
) -> HttpResponse:
    language = get_language() or "vi"
    view = step_view(
        part.form, STEP, answers, problems, language, on=localdate(), beside=beside or Beside()
    )
    facts = {
        "draft": draft,
        "part": part,
        "view": view,
        "what": part.editor.title[language],
        "called": "" if part.new else title_of(part.document, part.path),
        "way": text_of(part.path),
        "back": outline_of(draft.id, part.path),
        "stale": stale,
        "here": request.get_full_path(),
        "sections": sections_of(part.document)
        if part.editor.name == "field" and not part.new and "columns" not in part.path
        else (),
    }
    status = 412 if stale else 422 if problems else 200
    return show(request, "part", status, **facts)
