"""What the desk took for people, and another portal processes: its list, and the receipt of one."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import apart
from motcua.dossiers.queries.elsewhere import STATE_LOOK, STATE_WORDS
from motcua.dossiers.queries.received import IDENTITY_PAPERS, PAPER_FORMS, SIGNED_THERE
from motcua.forwarding.operations.again import file_again_at_desk
from motcua.forwarding.queries.desk import PAGE, AtDesk, at_desk, taken_at_desk
from motcua.forwarding.web.dossier import doors_of, heading_of, problems_of
from motcua.kernel.actors import Role
from motcua.packs.queries.packs import pack


@require_safe
@never_cache
@officials_only(Role.CLERK)
def taken(request: HttpRequest) -> HttpResponse:
    """List what the desk took for other portals, the newest first."""
    by, before = actor_of(request), request.GET.get("sau", "")
    number = int(before) if before.isdecimal() and len(before) < 19 else None
    found = taken_at_desk(by=by, before=number)
    facts = {
        "rows": [(each, STATE_WORDS[each.state], STATE_LOOK[each.state]) for each in found[:PAGE]],
        "next": f"?sau={found[PAGE - 1].id}" if len(found) > PAGE else None,
        "place": names_of([by.agency or ""]).get(by.agency or "", ""),
    }
    return render(request, "forwarding/desk.html", facts)


@require_safe
@never_cache
@officials_only(Role.CLERK)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show the receipt of one, to be printed, and how it stands."""
    by, at = actor_of(request), localtime(now())
    found, language = at_desk(code, by=by, at=at), get_language() or "vi"
    view = found.view
    definition = pack(view.manifest.pack)
    facts = {
        "found": found,
        "view": view,
        "title": definition.title[language],
        "heading": heading_of(view),
        "doors": doors_of(view),
        "problems": problems_of(view, definition, language),
        "place": names_of([by.agency or ""]).get(by.agency or "", ""),
        "address": f"{settings.BASE_URL}{_tracked(view.code)}",
        "papers": _papers(found, language),
        **_noted(found),
    }
    return render(request, "forwarding/desk_one.html", facts)


@require_POST
@officials_only(Role.CLERK)
def again(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft at the counter with all that the unit did not take, to be corrected."""
    by, at = actor_of(request), localtime(now())
    draft = apart(lambda: file_again_at_desk(code, by=by, at=at))
    return redirect("dossiers:filing", draft=draft)


def _tracked(code: str) -> str:
    return f"{reverse('dossiers:track')}?{urlencode({'ma': code})}"


def _papers(found: AtDesk, language: str) -> list[tuple[str, int, str]]:
    """Return the papers with how many files of each there are, and how it was handed over."""
    told = found.view.manifest
    forms = told.desk.papers if told.desk else {}
    names = {each.id: each.name[language] for each in pack(told.pack).papers}
    return [
        (
            names.get(paper, paper),
            len(files),
            _(PAPER_FORMS[forms[paper]]) if paper in forms else "",
        )
        for paper, files in told.papers.items()
    ]


def _noted(found: AtDesk) -> dict[str, str]:
    desk = found.view.manifest.desk
    return {
        "identity": _(IDENTITY_PAPERS.get(desk.identity, "")) if desk and desk.identity else "",
        "signed": _(SIGNED_THERE[desk.signed]) if desk else "",
    }
