"""An official's window: open it, call, and say what became of who was called."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.queries.agencies import names_of, office, offices_of
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import Malformed, sentence_of
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import NotFound, Refusal
from motcua.queues.operations.places import close_window, open_window
from motcua.queues.operations.tickets import (
    call_again,
    call_next,
    finish,
    mark_absent,
    pass_on,
    start,
)
from motcua.queues.queries.boards import desk as desk_of
from motcua.queues.queries.places import WindowSeen, my_window, services_of

SERVING = (Role.CLERK, Role.SPECIALIST, Role.LEADER)


@never_cache
@require_safe
@officials_only(*SERVING)
def desk(request: HttpRequest) -> HttpResponse:
    """Show one's window and who waits before it, or the form to open it."""
    by = actor_of(request)
    window = my_window(by=by)
    if window is None or office(window.office).agency != by.agency:
        return _opening(request, by)
    language = get_language() or "vi"
    services = [(x.letter, x.titled(language)) for x in services_of(window.office)]
    facts = {
        "agency": names_of([by.agency or ""]).get(by.agency or "", ""),
        "window": window,
        "place": office(window.office),
        "today": desk_of(window, by=by, at=now()),
        "services": services,
        "served": _served(window, services),
    }
    return render(request, "queues/desk.html", facts)


@require_POST
@officials_only(*SERVING)
def sit(request: HttpRequest) -> HttpResponse:
    """Open one's window, or leave it."""
    by, given = actor_of(request), request.POST
    if "roi" in given:
        return _then(request, partial(close_window, by=by, at=now()))
    number = given.get("noi", "")
    if not (number.isdecimal() and len(number) < 10):
        raise Malformed
    letters = [x[:1] for x in given.getlist("dich-vu")]
    named = given.get("quay", "")[:60]
    return _then(request, partial(open_window, int(number), named, letters, by=by, at=now()))


@require_POST
@officials_only(*SERVING)
def call(request: HttpRequest) -> HttpResponse:
    """Call the next one."""

    def go() -> None:
        if call_next(by=actor_of(request), at=now()) is None:
            messages.info(request, _("Nobody waits for your window now."))

    return _then(request, go)


@require_POST
@officials_only(*SERVING)
def move(request: HttpRequest, number: str) -> HttpResponse:
    """Call a number again, or say that its holder came, is absent, served, or goes elsewhere."""
    by, at = actor_of(request), now()
    ways: dict[str, Callable[[], None]] = {
        "goi-lai": partial(call_again, number, by=by, at=at),
        "da-den": partial(start, number, by=by, at=at),
        "vang": partial(mark_absent, number, by=by, at=at),
        "xong": partial(finish, number, by=by, at=at),
        "chuyen": partial(pass_on, number, request.POST.get("sang", "")[:1], by=by, at=at),
    }
    way = ways.get(request.POST.get("viec", ""))
    if way is None:
        raise NotFound
    return _then(request, way)


def _then(request: HttpRequest, go: Callable[[], None]) -> HttpResponse:
    """Do it and show the window again, with the reason where it was refused."""
    if isinstance(refused := attempt(go), Refusal):
        messages.error(request, sentence_of(refused))
    return redirect("queues:desk")


def _opening(request: HttpRequest, by: Actor) -> HttpResponse:
    agency, language = by.agency or "", get_language() or "vi"
    places = [
        (place, [(x.letter, x.titled(language)) for x in services_of(place.id)])
        for place in offices_of(agency)
    ]
    facts = {"agency": names_of([agency]).get(agency, ""), "offices": places}
    return render(request, "queues/opening.html", facts)


def _served(window: WindowSeen, services: list[tuple[str, str]]) -> str:
    if not window.letters:
        return _("all lines")
    return ", ".join(title for letter, title in services if letter in window.letters)
