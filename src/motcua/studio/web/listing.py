"""All packs: those in force and to come, those being written; and how to begin one."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.catalogue.queries.procedures import NoSuchProcedure
from motcua.catalogue.queries.search import Finding, search
from motcua.kernel.actors import Role
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.studio.operations.drafting import begin
from motcua.studio.queries.beginnings import (
    Beginning,
    from_catalogue,
    from_nothing,
    from_version,
)
from motcua.studio.queries.drafts import open_drafts
from motcua.studio.queries.lists import shelf
from motcua.studio.queries.withdrawals import open_withdrawals
from motcua.studio.rules.from_record import CODE
from motcua.studio.rules.stages import Stage
from motcua.studio.web.showing import form, show

LONGEST_SEARCH = 200


class BadCode(Invalid):
    code = "studio.bad-code"
    message = N_("Write the code as the catalogue does, such as 1.001193.")


class NoTitle(Invalid):
    code = "studio.no-title"
    message = N_("Write what the procedure is called.")


class NoSuchSource(Invalid):
    code = "studio.no-such-source"
    message = N_("There is nothing of this number to begin from. Search again.")


@require_safe
@officials_only(Role.ADMINISTRATOR)
def packs(request: HttpRequest) -> HttpResponse:
    """Show what is published and what is being written."""
    by = actor_of(request)
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    found = shelf(text, on=localdate(), after=request.GET.get("sau", "")[:40])
    drafts = open_drafts(by=by)
    return show(
        request,
        "list",
        text=text,
        shelf=found,
        proposed=[each for each in drafts if each.stage is Stage.PROPOSED],
        writing=[each for each in drafts if each.stage is Stage.WRITING],
        withdrawals=open_withdrawals(by=by),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.ADMINISTRATOR)
def begin_new(request: HttpRequest) -> HttpResponse:
    """Begin a draft from a record, from a version, or from nothing."""
    text = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    hits = search(text, limit=20, on=localdate()) if text else Finding(())
    refusal: Invalid | None = None
    if request.method == "POST":
        try:
            made = _beginning(request)
        except Invalid as error:
            refusal = error
        else:
            id_ = begin(
                made.code,
                made.title,
                made.files,
                base=made.base,
                by=actor_of(request),
                at=now(),
            )
            messages.success(request, _("The draft was begun. What is left to do is named below."))
            return redirect("studio:overview", draft_id=id_)
    return form(request, "begin", refusal, "code", text=text, hits=hits.hits)


def _beginning(request: HttpRequest) -> Beginning:
    """
    Return what the form asks to begin from.

    :raises NoSuchSource: if that is not there
    """
    version, record = request.POST.get("version", ""), request.POST.get("record", "")
    if version:
        found = from_version(version)
        if found is None:
            raise NoSuchSource
        return found
    if record:
        try:
            return from_catalogue(record, on=localdate())
        except NoSuchProcedure:
            raise NoSuchSource from None
    return _blank(request)


def _blank(request: HttpRequest) -> Beginning:
    code = request.POST.get("code", "").strip()
    title = re.sub(r"\s+", " ", request.POST.get("title", "")).strip()[:600]
    if not CODE.fullmatch(code) or len(code) > 40:
        raise BadCode(problems=[{"at": "code", "message": BadCode.message}])
    if not title:
        raise NoTitle(problems=[{"at": "title", "message": NoTitle.message}])
    return from_nothing(code, title, on=localdate())
