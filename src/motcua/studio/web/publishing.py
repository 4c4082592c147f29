"""Four eyes: propose a draft; judge what another proposed, and publish it or send it back."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.backbone.formats import day as day_in_words
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.kernel.actors import Role
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.studio.operations.publishing import propose, publish, send_back
from motcua.studio.queries.drafts import DraftView, changes_of
from motcua.studio.queries.judging import judged, newest_of, news_between
from motcua.studio.web.showing import form, found, note_in, seen_in


class NoDay(Invalid):
    code = "studio.no-day"
    message = N_("Write the day as three numbers, such as 1 12 2026.")


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def propose_it(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Hand a draft to another administrator, with a note."""
    draft = found(request, draft_id)
    refusal: Invalid | None = None
    if request.method == "POST":
        try:
            propose(
                draft_id,
                note=note_in(request, "note"),
                seen=seen_in(request),
                by=actor_of(request),
                at=now(),
            )
        except Invalid as error:
            refusal = error
        else:
            messages.success(request, _("Proposed. Another administrator can now publish it."))
            return redirect("studio:overview", draft_id=draft_id)
    checked = judged(draft.files)
    return form(request, "propose", refusal, "note", draft=draft, judged=checked)


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def review(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show all a publisher must see, and publish from the day they choose."""
    draft = found(request, draft_id)
    refusal: Invalid | None = None
    if request.method == "POST":
        try:
            since = _day(request)
            publish(
                draft_id, valid_from=since, seen=seen_in(request), by=actor_of(request), at=now()
            )
        except Invalid as error:
            refusal = error
        else:
            told = _("Published. It counts from {day}.").format(day=day_in_words(since))
            messages.success(request, told)
            return redirect("studio:history", code=draft.code)
    return _judging(request, "review", refusal, draft)


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def return_it(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Send a proposed draft back to its writers, with a reason."""
    draft = found(request, draft_id)
    refusal: Invalid | None = None
    if request.method == "POST":
        try:
            send_back(draft_id, reason=note_in(request, "reason"), by=actor_of(request), at=now())
        except Invalid as error:
            refusal = error
        else:
            messages.success(request, _("Sent back. Its writers can go on with it."))
            return redirect("studio:overview", draft_id=draft_id)
    return form(request, "send_back", refusal, "reason", draft=draft)


def _judging(
    request: HttpRequest, name: str, refusal: Invalid | None, draft: DraftView
) -> HttpResponse:
    today = localdate()
    against = newest_of(draft.code, on=today)
    language = get_language() or "vi"
    return form(
        request,
        name,
        refusal,
        "from-day",
        draft=draft,
        judged=judged(draft.files),
        against=against,
        news=news_between(against, draft.files, language=language) if against else None,
        changes=changes_of(draft.id, by=actor_of(request)),
        today=today,
    )


def _day(request: HttpRequest) -> date:
    """
    Return the day of the form.

    :raises NoDay: if it is none
    """
    parts = [request.POST.get(f"from-{part}", "").strip() for part in ("year", "month", "day")]
    try:
        return date(*(int(part[:5]) for part in parts))
    except ValueError:
        raise NoDay(problems=[{"at": "from-day", "message": NoDay.message}]) from None
