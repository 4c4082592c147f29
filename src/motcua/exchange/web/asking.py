"""Ask for an agreement, or for the renewal of one."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, make_aware, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.exchange.operations.agreements import Asked, WrongTerms, ask_for_agreement
from motcua.exchange.queries.agreements import Standing
from motcua.exchange.queries.members import members
from motcua.exchange.queries.part import Part, part_of
from motcua.exchange.queries.services import service, services
from motcua.exchange.queries.worklist import NoSuchAgreement, agreement
from motcua.exchange.rules.terms import WRONG_QUOTA
from motcua.exchange.web.frames import Problems, exchange_page, problems_in
from motcua.kernel.actors import Actor, Role

PARTS = ("day", "month", "year")
TYPED = ("consumer", "service", "reason", "legal_basis", "per_day", "per_minute", "renews")


@never_cache
@officials_only(Role.ADMINISTRATOR)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for one."""
    by, at = actor_of(request), now()
    part = part_of(by=by)
    if request.method != "POST":
        return _form(request, part, _begin(request, by=by, at=at), [])
    typed: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in TYPED}
    typed["purposes"] = request.POST.getlist("purposes")
    for name in ("valid_from", "valid_until"):
        typed[name] = {each: request.POST.get(f"{name}-{each}", "").strip() for each in PARTS}
    asked, problems = _read(typed)
    if asked is None:
        return _form(request, part, typed, problems)
    try:
        made = ask_for_agreement(asked, by=by, at=at)
    except WrongTerms as error:
        return _form(request, part, typed, problems_in(error, at="reason"))
    messages.success(
        request, _("Your request is with those who decide. You are told what they do.")
    )
    return redirect("exchange:agreement", agreement=made)


def _begin(request: HttpRequest, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Return what stands in the form at first: what is renewed, or nothing but days."""
    today = localdate(at)
    typed: dict[str, Any] = dict.fromkeys(TYPED, "")
    typed |= {"purposes": [], "valid_from": today, "valid_until": today + timedelta(days=364)}
    typed["service"] = request.GET.get("dich-vu", "")
    if not (renews := request.GET.get("gia-han", "")):
        return typed
    try:
        old = agreement(UUID(renews), by=by)
    except ValueError:
        raise NoSuchAgreement from None
    goes_on = old.standing in {Standing.IN_FORCE, Standing.SUSPENDED}
    first = max(today, localdate(old.valid_until)) if goes_on else today
    return typed | {
        "renews": renews,
        "consumer": old.consumer,
        "service": f"{old.provider}/{old.service}",
        "purposes": list(old.purposes),
        "reason": old.reason,
        "legal_basis": old.legal_basis,
        "per_day": old.per_day or "",
        "per_minute": old.per_minute or "",
        "valid_from": first,
        "valid_until": first + timedelta(days=364),
    }


def _read(typed: dict[str, Any]) -> tuple[Asked | None, Problems]:
    """Return what is asked for, or what cannot be read."""
    first, last = _day(typed["valid_from"]), _day(typed["valid_until"])
    per_day, per_minute = _number(typed["per_day"]), _number(typed["per_minute"])
    provider, _slash, code = typed["service"].partition("/")
    problems = [
        {"at": name, "message": message}
        for name, message, right in (
            ("service", _("Choose a service."), code),
            ("valid_from", _("Enter a day that exists."), first),
            ("valid_until", _("Enter a day that exists."), last),
            ("per_day", _(WRONG_QUOTA), per_day),
            ("per_minute", _(WRONG_QUOTA), per_minute),
        )
        if not right
    ]
    if problems or first is None or last is None:
        return None, problems
    asked = Asked(
        consumer=typed["consumer"],
        provider=provider,
        service=code,
        purposes=tuple(typed["purposes"]),
        valid_from=_midnight(first),
        valid_until=_midnight(last + timedelta(days=1)),
        reason=typed["reason"],
        legal_basis=typed["legal_basis"],
        per_day=None if per_day == NO_LIMIT else per_day,
        per_minute=None if per_minute == NO_LIMIT else per_minute,
        renews=typed["renews"],
    )
    return asked, []


NO_LIMIT = -1


def _number(text: str) -> int:
    """Return a limit, ``NO_LIMIT`` where nothing is written, 0 where it is no number."""
    if not text:
        return NO_LIMIT
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _day(boxes: dict[str, str]) -> date | None:
    try:
        return date(*(int(boxes[part]) for part in reversed(PARTS)))
    except (ValueError, OverflowError):
        return None


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))


def _form(
    request: HttpRequest, part: Part, typed: dict[str, Any], problems: Problems
) -> HttpResponse:
    chosen = service(*typed["service"].split("/", 1)) if "/" in typed["service"] else None
    facts = {
        "typed": typed,
        "chosen": chosen,
        "services": services(),
        "consumers": [one for one in members() if one.id in part.members],
    }
    return exchange_page(request, "ask", part, facts, problems)
