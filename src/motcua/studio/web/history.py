"""All versions of a pack: who wrote and published them, what changed, and withdrawing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.kernel.actors import Role
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.text import N_
from motcua.packs.queries.files import files_of_version
from motcua.packs.queries.packs import NoSuchPack
from motcua.packs.queries.shelf import OnShelf, version_named, versions_of
from motcua.studio.operations.withdrawing import (
    ask_withdrawal,
    confirm_withdrawal,
    decline_withdrawal,
)
from motcua.studio.queries.drafts import drafts_of
from motcua.studio.queries.judging import news_between
from motcua.studio.queries.withdrawals import withdrawal as withdrawal_of
from motcua.studio.queries.withdrawals import withdrawals_of
from motcua.studio.web.files import zip_answer
from motcua.studio.web.showing import form, note_in, show


class NoHistory(NotFound):
    code = "studio.no-history"
    message = N_("Nobody has written a service pack with this number yet. Begin one.")


@require_safe
@officials_only(Role.ADMINISTRATOR)
def procedure_history(request: HttpRequest, code: str) -> HttpResponse:
    """Show the versions, the drafts there were, and requests to withdraw."""
    by = actor_of(request)
    versions = versions_of([code], on=localdate())
    drafts = drafts_of(code, by=by)
    if not versions and not drafts:
        raise NoHistory
    writers = {each.published_as: each.author_name for each in drafts if each.published_as}
    asked = withdrawals_of(code, by=by)
    return show(
        request,
        "history",
        code=code,
        versions=versions,
        drafts=drafts,
        writers=writers,
        withdrawals=asked,
        waiting={each.version: each.id for each in asked if each.confirmed is None},
    )


@require_safe
@officials_only(Role.ADMINISTRATOR)
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Say what changed from one version to another."""
    versions = versions_of([code], on=localdate())
    if not versions:
        raise NoHistory
    after = _chosen(versions, request.GET.get("den", ""), 0)
    before = _chosen(versions, request.GET.get("tu", ""), min(1, len(versions) - 1))
    news = news_between(before.id, after.id, language=get_language() or "vi")
    return show(
        request,
        "compare",
        code=code,
        options=[(each.id, _("Version {number}").format(number=each.number)) for each in versions],
        before=before,
        after=after,
        news=news,
    )


def _chosen(versions: tuple[OnShelf, ...], id_: str, otherwise: int) -> OnShelf:
    return next((each for each in versions if each.id == id_), versions[otherwise])


@require_safe
@officials_only(Role.ADMINISTRATOR)
def version_zip(request: HttpRequest, version: str) -> HttpResponse:  # noqa: ARG001
    """Give a version as the files it was published from."""
    return zip_answer(files_of_version(version), version.partition("@")[0])


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def ask(request: HttpRequest, version: str) -> HttpResponse:
    """Ask that a version be withdrawn."""
    found = version_named(version, on=localdate())
    if found is None:
        raise NoSuchPack(version=version[:60])
    refusal: Invalid | None = None
    if request.method == "POST":
        try:
            reason = note_in(request, "reason")
            ask_withdrawal(version, reason=reason, by=actor_of(request), at=now())
        except Invalid as error:
            refusal = error
        else:
            messages.success(request, _("Asked. Another administrator must confirm it."))
            return redirect("studio:history", code=found.code)
    return form(request, "ask_withdrawal", refusal, "reason", version=found)


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def decide(request: HttpRequest, withdrawal: int) -> HttpResponse:
    """Confirm or decline what somebody asked to withdraw."""
    by = actor_of(request)
    asked = withdrawal_of(withdrawal, by=by)
    refusal: Invalid | None = None
    if request.method == "POST":
        try:
            if request.POST.get("act") == "confirm":
                confirm_withdrawal(withdrawal, by=by, at=now())
                told = _("Withdrawn. Nothing new is filed under this version.")
            else:
                decline_withdrawal(withdrawal, note=note_in(request, "note"), by=by, at=now())
                told = _("Declined. The version stays as it is.")
        except Invalid as error:
            refusal = error
        else:
            messages.success(request, told)
            return redirect("studio:history", code=asked.code)
    return form(
        request,
        "withdrawal",
        refusal,
        "note",
        asked=asked,
        version=version_named(asked.version, on=localdate()),
        own=asked.asked_by == by.id,
    )
