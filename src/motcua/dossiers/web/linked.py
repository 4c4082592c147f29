"""The applicant's linked filing: one page for all its parts, its receipt, taking it back."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.operations.linked_going import withdraw_linked, withdraw_part
from motcua.dossiers.queries.elsewhere import due_of_state
from motcua.dossiers.queries.linked import LinkedSeen, PartSeen, UnknownLinkedFiling, linked_filing
from motcua.dossiers.rules.lifecycle import OPEN, State, Step
from motcua.dossiers.rules.linked import WAITS
from motcua.dossiers.web.due import Badge, due_badge
from motcua.dossiers.web.linked_line import line_of
from motcua.dossiers.web.pages import page
from motcua.dossiers.web.track import sealed_address
from motcua.kernel.errors import Refusal
from motcua.packs.queries.packs import pack


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part on the page: how its due time looks, and whether its fee may be paid now."""

    part: PartSeen
    badge: Badge | None
    payable: bool


@require_safe
@signed_in
def show(request: HttpRequest, filing: str) -> HttpResponse:
    """Show all parts of a filing on one time line, and what the applicant must do now."""
    at = localtime(now())
    seen = linked_filing(filing, by=actor_of(request), at=at)
    return page(request, "linked/show", _facts(seen, at=at) | {"doors": line_of(seen)})


@require_safe
@signed_in
def receipt(request: HttpRequest, filing: str) -> HttpResponse:
    """Show the receipt of the whole."""
    at = localtime(now())
    seen = linked_filing(filing, by=actor_of(request), at=at)
    definition, language = pack(seen.pack), get_language() or "vi"
    names = {paper.id: paper.name[language] for paper in definition.papers}
    papers = [(names.get(paper, paper), len(files)) for paper, files in seen.papers.items()]
    known = [part.dossier or part.elsewhere for part in seen.parts]
    promised = [each.due_at for each in known if each and each.due_at]
    due = max(promised, default=seen.filed_at)
    address = sealed_address(seen.code, filed_at=seen.filed_at, due_at=due)
    facts = _facts(seen, at=at) | {"papers": papers, "address": address}
    return page(request, "linked/receipt", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdraw(request: HttpRequest, filing: str, part: str = "") -> HttpResponse:
    """Ask whether a filing, or a part that is not opened yet, should be withdrawn; withdraw it."""
    by, at = actor_of(request), localtime(now())
    reason, problem = request.POST.get("reason", "")[:2000], ""
    seen = linked_filing(filing, by=by, at=at)
    chosen = seen.part(part) if part else None
    if part and chosen is None:
        raise UnknownLinkedFiling(filing=filing)
    if request.method == "POST":
        done = attempt(
            lambda: (
                withdraw_part(filing, part, by=by, at=at)
                if part
                else withdraw_linked(filing, by=by, at=at, reason=reason)
            )
        )
        if not isinstance(done, Refusal):
            messages.success(request, _("You withdrew it."))
            return redirect("dossiers:linked", filing=filing)
        problem = sentence_of(done)
    goes = _goes(seen, chosen)
    facts = {"seen": seen, "chosen": chosen, "goes": goes, "reason": reason, "problem": problem}
    facts["stays"] = [] if chosen else [part for part in seen.parts if _is_away(part)]
    return page(request, "linked/withdraw", facts, status=409 if problem else 200)


def _facts(seen: LinkedSeen, *, at: datetime) -> dict[str, object]:
    rows = [_row(part, at=at) for part in seen.parts]
    return {
        "seen": seen,
        "rows": rows,
        "names": {part.id: part.name for part in seen.parts},
        "todo": [row for row in rows if _asks(row)],
        "total": sum(each.fee for part in seen.parts if (each := part.dossier or part.elsewhere)),
        "may_withdraw": bool(_goes(seen, None)),
    }


def _row(part: PartSeen, *, at: datetime) -> PartRow:
    view, other = part.dossier, part.elsewhere
    badge = due_badge(view.due, view.due_at, view.state, at=at) if view else None
    if other is not None and other.due_at is not None:
        due = due_of_state(other.state, other.due_at, at=at)
        badge = due_badge(due, other.due_at, other.state, at=at)
    return PartRow(part, badge, part.bill is not None and part.bill.may_be_paid(at))


def _asks(row: PartRow) -> bool:
    """Tell whether the applicant has something to do, or to take, for a part."""
    view, other = row.part.dossier, row.part.elsewhere
    if view is None:
        owes = other is not None and bool(other.pay_address)
        return owes or row.part.stands in (
            State.SUPPLEMENT,
            State.PAYMENT,
            State.DONE,
            State.RETURNED,
        )
    owes = row.part.bill is not None and view.state in (State.NEW, State.PAYMENT)
    return owes or view.state in (State.SUPPLEMENT, State.RETURNED)


def _is_away(part: PartSeen) -> bool:
    """Tell whether another portal processes it now: there alone it can be withdrawn."""
    return part.elsewhere is not None and part.elsewhere.state in OPEN


def _goes(seen: LinkedSeen, chosen: PartSeen | None) -> list[PartSeen]:
    """Return what withdrawing the whole, or a part, would end."""
    if chosen is not None:
        gone = {chosen.id} if chosen.state in WAITS else set[str]()
        for part in seen.parts:
            if part.state in WAITS and gone & set(part.after):
                gone.add(part.id)
        return [part for part in seen.parts if part.id in gone]
    return [
        part
        for part in seen.parts
        if part.state in WAITS or (part.dossier and Step.WITHDRAW in part.dossier.may)
    ]
