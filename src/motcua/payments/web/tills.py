"""The day's list of tills and of what went through each, as pages, tables and papers."""

import csv
from datetime import date
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.queries.agencies import names_of, office
from motcua.backbone.formats import clock, day, dong, moment
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.backbone.pdf import render_pdf
from motcua.kernel.actors import Role
from motcua.kernel.errors import Refusal
from motcua.payments.operations.cash import NoSuchCash, give_back_cash
from motcua.payments.queries.bills import bill_for
from motcua.payments.queries.tills import CashSeen, TillSeen, cash_receipt, tills_of
from motcua.payments.queries.tills import till as till_named
from motcua.payments.web.showing import note_look, payer_name

PAPERS = Path(__file__).parent.parent / "templates" / "payments" / "till"
KINDS = (Role.CLERK, Role.LEADER, Role.AUDITOR)


@never_cache
@require_safe
@officials_only(*KINDS)
def tills(request: HttpRequest) -> HttpResponse:
    """Show the tills of a day: one's own, or all of the agency for those who oversee."""
    by = actor_of(request)
    try:
        asked = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        asked = localdate(now())
    found = tills_of(asked, by=by)
    facts = {
        "agency": names_of([by.agency or ""]).get(by.agency or "", ""),
        "on": asked,
        "tills": found,
        "taken": dong(sum(x.sums.taken.amount for x in found)),
        "given_back": dong(sum(x.sums.given_back.amount for x in found)),
        "number": request.GET.get("so", "").strip()[:20],
        "may_give_back": Role.LEADER in by.roles,
    }
    return render(request, "payments/till/tills.html", facts)


@never_cache
@require_safe
@officials_only(*KINDS)
def till_day(request: HttpRequest, till: int) -> HttpResponse:
    """Show what went through a till, with its sums."""
    by = actor_of(request)
    facts = {
        "agency": names_of([by.agency or ""]).get(by.agency or "", ""),
        "till": till_named(till, by=by),
        "may_give_back": Role.LEADER in by.roles,
    }
    return render(request, "payments/till/day.html", facts)


@require_safe
@officials_only(*KINDS)
def till_csv(request: HttpRequest, till: int) -> HttpResponse:
    """Give the list of a till as a table for spreadsheets."""
    seen = till_named(till, by=actor_of(request))
    text = StringIO()
    table = csv.writer(text)
    table.writerow(_head())
    for line in seen.lines:
        back = line.back_at if line.back_from == seen.id else None
        given_back = line.amount.amount if back else ""
        taken = line.amount.amount if line.till == seen.id else ""
        at = localtime(line.at).strftime("%Y-%m-%d %H:%M")
        table.writerow([at, line.number, line.subject, taken, given_back, line.back_reason])
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="thu-ngan-{seen.day}-{seen.id}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
@officials_only(*KINDS)
def till_pdf(request: HttpRequest, till: int) -> HttpResponse:
    """Give the list of a till as a paper to sign."""
    by = actor_of(request)
    seen = till_named(till, by=by)
    place = office(seen.office)
    data = {
        "language": (get_language() or "vi")[:2],
        "issuer": names_of([place.agency]).get(place.agency, ""),
        "title": _("Cash taken on %(day)s") % {"day": day(seen.day)},
        "facts": [(_("Office"), place.name), (_("Clerk"), seen.clerk_name), *_sums(seen)],
        "head": _head()[:5],
        "lines": [_row(seen, x) for x in reversed(seen.lines)],
        "signs": [_("Clerk"), _("Money received by")],
        "sign_here": _("(signature and full name)"),
    }
    return _paper(PAPERS / "day.typ", data, f"thu-ngan-{seen.day}-{seen.id}")


@require_safe
@officials_only(*KINDS)
def cash_paper(request: HttpRequest, receipt: str) -> HttpResponse:
    """Give the receipt of cash for the payer, to print and stamp."""
    by, at = actor_of(request), now()
    cash = cash_receipt(receipt, by=by)
    bill = None if cash is None else bill_for(cash.subject, by=by)
    if cash is None or bill is None:
        raise NoSuchCash
    note_look(bill, by=by, at=at)
    seen_at = names_of([bill.agency]).get(bill.agency, bill.agency)
    language = (get_language() or "vi")[:2]
    data = {
        "language": language,
        "issuer": seen_at,
        "title": _("Receipt of cash"),
        "number": _("No. %(number)s") % {"number": cash.number},
        "void": _("Given back at %(moment)s") % {"moment": moment(cash.back_at)}
        if cash.back_at
        else "",
        "facts": [
            (_("Payer"), payer_name(bill)),
            (_("Paid for"), cash.subject),
            (_("Paid at"), moment(cash.at)),
            (_("Given and returned"), f"{dong(cash.given)} – {dong(cash.change)}"),
        ],
        "head": [_("What for"), _("Amount")],
        "lines": [(line.titled(language), dong(line.amount)) for line in bill.lines],
        "total": [_("Taken in cash"), dong(cash.amount)],
        "signs": [(_("Payer"), payer_name(bill)), (_("Clerk"), cash.clerk_name)],
        "sign_here": _("(signature and full name)"),
    }
    return _paper(PAPERS / "receipt.typ", data, cash.number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(Role.LEADER)
def give_back(request: HttpRequest, receipt: str) -> HttpResponse:
    """Give cash back: out of which till, why, and whether it is still owed."""
    by = actor_of(request)
    cash = cash_receipt(receipt, by=by)
    if cash is None:
        raise NoSuchCash
    problem = ""
    if request.method == "POST":
        given, chosen = request.POST, request.POST.get("ket", "")
        asked = partial(
            give_back_cash,
            receipt,
            reason=given.get("reason", ""),
            owed="con-no" in given,
            till=int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0,
            by=by,
            at=now(),
        )
        done = attempt(asked)
        if not isinstance(done, Refusal):
            messages.success(request, _("%(amount)s goes back.") % {"amount": dong(done)})
            return redirect("payments:till-day", till=cash.till)
        problem = sentence_of(done)
    today = tills_of(localdate(now()), by=by)
    facts = {
        "agency": names_of([by.agency or ""]).get(by.agency or "", ""),
        "cash": cash,
        "tills": [(x.id, x.clerk_name) for x in today if x.closed_at is None],
        "problem": problem,
        "typed": request.POST,
    }
    status = 422 if problem else 200
    return render(request, "payments/till/give_back.html", facts, status=status)


def _head() -> list[str]:
    return [_("Time"), _("Receipt"), _("Paid for"), _("Taken"), _("Given back"), _("Why")]


def _row(seen: TillSeen, line: CashSeen) -> list[str]:
    taken = dong(line.amount) if line.till == seen.id else "–"
    back = dong(line.amount) if line.back_from == seen.id else "–"
    return [clock(line.at), line.number, line.subject, taken, back]


def _sums(seen: TillSeen) -> list[tuple[str, str]]:
    rows = [
        (_("In the till at first"), dong(seen.sums.start)),
        (_("Taken"), dong(seen.sums.taken)),
        (_("Given back"), dong(seen.sums.given_back)),
        (_("Should be there"), dong(seen.sums.expected)),
    ]
    if seen.counted is not None and seen.difference is not None:
        rows += [(_("Counted"), dong(seen.counted)), (_("Difference"), dong(seen.difference))]
    return rows + ([(_("Why"), seen.reason)] if seen.reason else [])


def _paper(template: Path, data: dict[str, Any], name: str) -> HttpResponse:
    answer = HttpResponse(render_pdf(template, data), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
