"""One draft: where it stands, what is wrong with it, what it says that is new."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.refusals import StaleVersion
from motcua.kernel.actors import Role
from motcua.studio.operations.drafting import NothingToUndo, drop, undo
from motcua.studio.queries.drafts import changes_of
from motcua.studio.queries.judging import judged, newest_of, news_between
from motcua.studio.queries.outline import left_in
from motcua.studio.web.showing import changed_meanwhile, found, seen_in, show

LAST_CHANGES = 10


@require_safe
@officials_only(Role.ADMINISTRATOR)
def overview(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show a draft whole."""
    draft = found(request, draft_id)
    against = newest_of(draft.code, on=localdate())
    language = get_language() or "vi"
    return show(
        request,
        "overview",
        draft=draft,
        judged=judged(draft.files),
        left=left_in(draft.files),
        against=against,
        news=news_between(against, draft.files, language=language) if against else None,
        changes=changes_of(draft_id, by=actor_of(request), limit=LAST_CHANGES),
    )


@require_POST
@officials_only(Role.ADMINISTRATOR)
def take_back(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Take the last change back."""
    try:
        undo(draft_id, seen=seen_in(request), by=actor_of(request), at=now())
        messages.success(request, _("The last change was taken back."))
    except StaleVersion:
        messages.warning(request, changed_meanwhile())
    except NothingToUndo:
        messages.warning(request, _("There is no change to undo."))
    return redirect("studio:overview", draft_id=draft_id)


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def give_up(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask, then drop a draft."""
    draft = found(request, draft_id)
    if request.method == "POST":
        drop(draft_id, by=actor_of(request), at=now())
        messages.success(request, _("The draft was dropped. It stays in the history."))
        return redirect("studio:history", code=draft.code)
    return show(request, "drop", draft=draft)
