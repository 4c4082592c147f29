"""A clerk's till: open it, take cash for a bill, count and close it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.queries.agencies import names_of, offices_of
from motcua.backbone.formats import day as day_in_words
from motcua.backbone.formats import dong
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of, status_of
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Invalid, Refusal
from motcua.kernel.money import Dong
from motcua.payments.operations.cash import CashReceipt, take_cash
from motcua.payments.operations.tills import (
    Closed,
    DifferenceUnexplained,
    close_till,
    open_till,
)
from motcua.payments.queries.bills import bill_for, bill_to_pay
from motcua.payments.queries.tills import TillSeen, my_open_till
from motcua.payments.queries.ways import way_to_pay
from motcua.payments.web.showing import note_look, payer_name, state_of
from motcua.payments.web.typed import amount_typed

OVERSEEING = (Role.LEADER, Role.AUDITOR)


@never_cache
@require_safe
@officials_only(Role.CLERK, *OVERSEEING)
def till(request: HttpRequest) -> HttpResponse:
    """Show one's open till and the bill that is asked for; who takes no cash sees the day's."""
    if Role.CLERK not in actor_of(request).roles:
        return redirect("payments:tills")
    return _shown(request)


def _shown(request: HttpRequest, wrong: Refusal | None = None, at_field: str = "") -> HttpResponse:
    """Show the till, or how it is opened; with what is wrong and what was typed."""
    by, at = actor_of(request), now()
    problems = [] if wrong is None else [{"at": at_field, "message": sentence_of(wrong)}]
    status = 200 if wrong is None else status_of(wrong)
    said = {"problems": problems, "wrong_at": at_field, "typed": request.POST}
    mine = my_open_till(by=by)
    if mine is None:
        facts = _opening(request, by) | said
        return render(request, "payments/till/opening.html", facts, status=status)
    facts = {
        "agency": names_of([mine_agency(by)]).get(mine_agency(by), ""),
        "till": mine,
        "old": mine.day != localtime(at).date(),
        **_asked(request, mine, by=by, at=at),
        **said,
    }
    return render(request, "payments/till/till.html", facts, status=status)


@require_POST
@officials_only(Role.CLERK)
def begin(request: HttpRequest) -> HttpResponse:
    """Open one's till with what lies in it; go on with the bill for which the reader came."""
    number, start = request.POST.get("noi", ""), request.POST.get("dau-ngay", "")
    office = int(number) if number.isdecimal() and len(number) < 10 else 0

    def opened() -> int:
        return open_till(office, amount_typed(start), by=actor_of(request), at=now())

    if isinstance(done := attempt(opened), Refusal):
        return _shown(request, done, "dau-ngay" if isinstance(done, Invalid) else "")
    return redirect(_address(ma=_code(request)))


@require_POST
@officials_only(Role.CLERK)
def take(request: HttpRequest) -> HttpResponse:
    """Take cash for a bill and say what the payer gets back."""
    due, given = (request.POST.get(name, "") for name in ("phai-thu", "dua"))

    def taken() -> CashReceipt:
        handed = amount_typed(given) if given.strip() else None
        by = actor_of(request)
        return take_cash(_code(request), amount_typed(due), given=handed, by=by, at=now())

    done = attempt(taken)
    if isinstance(done, CashReceipt):
        return redirect(_address(xong=done.number))
    return _shown(request, done, "dua" if isinstance(done, Invalid) else "")


@require_POST
@officials_only(Role.CLERK)
def close(request: HttpRequest) -> HttpResponse:
    """Close one's till; a difference needs a reason."""
    counted, reason = (request.POST.get(name, "") for name in ("dem", "reason"))

    def closed() -> Closed:
        return close_till(amount_typed(counted), reason=reason, by=actor_of(request), at=now())

    done = attempt(closed)
    if not isinstance(done, Closed):
        where = "reason" if isinstance(done, DifferenceUnexplained) else "dem"
        return _shown(request, done, where if isinstance(done, Invalid) else "")
    if done.difference == Dong(0):
        messages.success(request, _("The till is closed and agrees."))
    else:
        told = _("The till is closed. It differs by %(amount)s; the reason is kept.")
        messages.info(request, told % {"amount": dong(done.difference)})
    return redirect("payments:till-day", till=done.till)


def _code(request: HttpRequest) -> str:
    """Return the dossier's code that somebody typed, scanned or came with."""
    return (request.POST.get("ma") or request.GET.get("ma", "")).strip()[:80]


def _address(**asked: str) -> str:
    said = urlencode({name: value for name, value in asked.items() if value})
    return reverse("payments:till") + (f"?{said}" if said else "")


def mine_agency(by: Actor) -> str:
    """Return the agency an official acts for."""
    return by.agency or ""


def _opening(request: HttpRequest, by: Actor) -> dict[str, Any]:
    agency = mine_agency(by)
    return {
        "agency": names_of([agency]).get(agency, ""),
        "offices": [(x.id, x.name) for x in offices_of(agency)],
        "today": day_in_words(localtime(now())),
        "code": _code(request),
    }


def _asked(request: HttpRequest, mine: TillSeen, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Return what the page says of the bill that is asked for, or was just paid."""
    code = _code(request)
    found = (bill_to_pay(code, by=by) or bill_for(code, by=by)) if code else None
    if found is not None:
        note_look(found, by=by, at=at)
    done = request.GET.get("xong", "")
    payable = found is not None and state_of(found, at=at) in {"payable", "expired"}
    ready = found is not None and state_of(found, at=at) == "payable"
    return {
        "code": code,
        "bill": found,
        "payable": payable,
        "payer": payer_name(found) if found is not None else "",
        "way": way_to_pay(found) if found is not None and ready else None,
        "taken": next((x for x in mine.lines if x.number == done), None),
    }
