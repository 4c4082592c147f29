"""What the desk took for people, and another portal processes: its list, and the receipt of one."""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
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
from motcua.backbone.http.attempts import apart, attempt
from motcua.backbone.http.downloads import kept_response
from motcua.backbone.http.refusals import sentence_of, status_of
from motcua.dossiers.queries.elsewhere import STATE_LOOK, STATE_WORDS
from motcua.dossiers.queries.received import IDENTITY_PAPERS, PAPER_FORMS, SIGNED_THERE
from motcua.files.queries.kept import content_for_room
from motcua.forwarding.operations.again import file_again_at_desk
from motcua.forwarding.operations.at_desk import NotTheirs, check_tries, give_out
from motcua.forwarding.operations.paying import ask_whether_paid, more_time
from motcua.forwarding.queries.desk import PAGE, AtDesk, at_desk, taken_at_desk
from motcua.forwarding.queries.handed import NotHanded
from motcua.forwarding.rules.words import KNOWN_BY
from motcua.forwarding.web.dossier import (
    asked_of,
    bill_to_pay,
    doors_of,
    file_in,
    heading_of,
    not_taken,
    problems_of,
)
from motcua.forwarding.web.stood import shown_in, who_facts
from motcua.kernel.actors import Role
from motcua.kernel.errors import Refusal
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
    """Show the receipt of one, to be printed, how it stands, and what can be done about it now."""
    return _one(request, code)


def _one(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    by, at = actor_of(request), localtime(now())
    found, language = at_desk(code, by=by, at=at), get_language() or "vi"
    view = found.view
    definition, bill = pack(view.manifest.pack), bill_to_pay(view)
    where = "proof" if isinstance(refusal, NotTheirs) else ""
    facts = {
        "asked": asked_of(view, definition, language),
        "sent": view.is_answered,
        "not_taken": not_taken(view, definition, language),
        "bill": bill,
        "payable": bill is not None and bill.look(at=at) == "payable",
        "given_by": _(KNOWN_BY[view.given.told.desk.identity]) if view.given else "",
        "wrong": [{"at": where, "message": sentence_of(refusal)}] if refusal else [],
        **who_facts(request),
        "found": found,
        "view": view,
        "title": definition.title[language],
        "heading": heading_of(view),
        "doors": doors_of(view, at_desk=True),
        "problems": problems_of(view, definition, language),
        "place": names_of([by.agency or ""]).get(by.agency or "", ""),
        "address": f"{settings.BASE_URL}{_tracked(view.code)}",
        "papers": _papers(found, language),
        **_noted(found),
    }
    status = status_of(refusal) if refusal else 200
    return render(request, "forwarding/desk_one.html", facts, status=status)


@require_POST
@officials_only(Role.CLERK)
def again(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a draft at the counter with all that the unit did not take, to be corrected."""
    by, at = actor_of(request), localtime(now())
    draft = apart(lambda: file_again_at_desk(code, by=by, at=at))
    return redirect("dossiers:filing", draft=draft)


@require_POST
@officials_only(Role.CLERK)
def give(request: HttpRequest, code: str) -> HttpResponse:
    """Note that the result was given to who stands there."""
    by, at, shown = actor_of(request), localtime(now()), shown_in(request)
    check_tries(code, by=by, at=at)
    done = attempt(lambda: give_out(code, shown, by=by, at=at))
    if isinstance(done, NotHanded):
        raise done
    if isinstance(done, Refusal):
        return _one(request, code, done)
    messages.success(request, _("It is noted, and the agency is told."))
    return redirect("forwarding:at-desk", code=code)


@require_POST
@officials_only(Role.CLERK)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the unit now how it stands: somebody waits at the desk."""
    by, at = actor_of(request), localtime(now())
    return _asked(request, code, lambda: ask_whether_paid(code, by=by, at=at))


@require_POST
@officials_only(Role.CLERK)
def renew(request: HttpRequest, code: str, bill: UUID) -> HttpResponse:
    """Have the unit make a new code for a bill whose time ran out."""
    by, at = actor_of(request), localtime(now())
    return _asked(request, code, lambda: more_time(code, str(bill), by=by, at=at))


def _asked(request: HttpRequest, code: str, ask: Callable[[], None]) -> HttpResponse:
    """Ask something of the unit, outside any transaction, and lead back to the dossier."""
    try:
        ask()
    except NotHanded:
        raise
    except Refusal as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        messages.info(request, _("The agency was asked: below is how it stands now."))
    return redirect("forwarding:at-desk", code=code)


@require_safe
@officials_only(Role.CLERK)
def file_of(request: HttpRequest, code: str, file: UUID) -> HttpResponse:
    """Show a file that was handed in, or a result, to the desk that took it."""
    view = at_desk(code, by=actor_of(request), at=localtime(now())).view
    return kept_response(request, file_in(view, file), content_for_room)


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
