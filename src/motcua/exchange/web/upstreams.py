"""The system behind a service: set it, try it, take it away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.exchange.operations.upstreams import System, WrongSystem, check_upstream, set_upstream
from motcua.exchange.queries.members import own_members
from motcua.exchange.queries.part import part_of
from motcua.exchange.queries.services import NoSuchService, service
from motcua.exchange.queries.upstreams import behind
from motcua.exchange.rules.access import DECIDERS
from motcua.exchange.web.frames import Problems, exchange_page
from motcua.exchange.web.words import TROUBLES

MB = 2**20


@never_cache
@officials_only(*DECIDERS)
def system(request: HttpRequest, provider: str, code: str) -> HttpResponse:
    """Show what answers a service, and change, try or remove it."""
    by = actor_of(request)
    if provider not in own_members():
        raise NoSuchService(provider=provider, service=code)
    known = behind(provider, code, by=by)
    if request.method != "POST":
        shown = known or System("")
        typed = {
            "url": shown.url,
            "timeout": f"{shown.timeout:g}",
            "most": f"{shown.most / MB:g}",
            "inside": shown.inside,
        }
        return _page(request, provider, code, typed, [])
    match request.POST.get("viec"):
        case "thu":
            _try(request, provider, code)
        case "bo":
            set_upstream(provider, code, None, by=by, at=now())
            messages.success(request, _("This portal answers the service itself again."))
        case _:
            return _saved(request, provider, code)
    return redirect("exchange:upstream", provider=provider, code=code)


def _saved(request: HttpRequest, provider: str, code: str) -> HttpResponse:
    typed: dict[str, Any] = {
        name: request.POST.get(name, "").strip() for name in ("url", "timeout", "most")
    }
    typed["inside"] = request.POST.get("inside") == "1"
    wanted = System(
        typed["url"],
        _number(typed["timeout"]),
        int(_number(typed["most"]) * MB),
        typed["inside"],
    )
    try:
        set_upstream(provider, code, wanted, by=actor_of(request), at=now())
    except WrongSystem as error:
        problems = _problems(error)
        return _page(request, provider, code, typed, problems)
    messages.success(request, _("Calls of this service go to that system from now on."))
    return redirect("exchange:upstream", provider=provider, code=code)


def _problems(error: WrongSystem) -> Problems:
    listed = error.facts["problems"]
    assert isinstance(listed, list)
    pairs = [(each["at"], each["message"], each) for each in listed]
    return [{"at": at, "message": _(said).format(**facts)} for at, said, facts in pairs]


def _try(request: HttpRequest, provider: str, code: str) -> None:
    found = check_upstream(provider, code, by=actor_of(request))
    if found.trouble:
        messages.error(request, _(TROUBLES[found.trouble]))
        return
    words = _("The system answered with HTTP %(status)s in %(time)s ms.")
    messages.success(request, words % {"status": found.status, "time": found.milliseconds})


def _number(text: str) -> float:
    """Return a number as people write it here or elsewhere, 0 where it is none."""
    plain = text.replace(",", ".")
    whole, _dot, rest = plain.partition(".")
    right = (whole + rest).isdecimal() and (whole + rest).isascii() and len(plain) < 10
    return float(plain) if right and whole else 0.0


def _page(
    request: HttpRequest, provider: str, code: str, typed: dict[str, Any], problems: Problems
) -> HttpResponse:
    by = actor_of(request)
    facts = {
        "service": service(provider, code),
        "known": behind(provider, code, by=by),
        "typed": typed,
    }
    return exchange_page(request, "upstream", part_of(by=by), facts, problems)
