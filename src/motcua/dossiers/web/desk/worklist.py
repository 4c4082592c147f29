"""The one-stop desk's worklist: counts, views, search, pages, and accepting many at once."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from motcua.agencies.queries.agencies import agency
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.desk import After, DeskLine, View, counts, procedures_open, worklist
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.web.attempts import attempt
from motcua.dossiers.web.due import Badge, due_badge
from motcua.dossiers.web.pages import page
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Refusal

PAGE = 50
MOST = 100
"""How many dossiers one press of a button takes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the worklist."""

    view: View = View.ALL
    text: str = ""
    procedure: str = ""
    finished: bool = False
    after: After | None = None

    def address(self) -> str:
        """Return the address that asks for it."""
        after = self.after and f"{self.after.due_at.isoformat()}~{self.after.id}"
        parts = {
            "xem": "" if self.view is View.ALL else self.view.value,
            "tim": self.text,
            "thu-tuc": self.procedure,
            "trong": "tat-ca" if self.finished else "",
            "sau": after or "",
        }
        query = urlencode({name: value for name, value in parts.items() if value})
        return reverse("dossiers:desk") + (f"?{query}" if query else "")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the worklist."""

    item: DeskLine
    badge: Badge | None
    holder: str
    acceptable: bool


@require_safe
@officials_only()
def desk(request: HttpRequest) -> HttpResponse:
    """Show the agency's open dossiers, the most urgent first."""
    by, at = actor_of(request), localtime(now())
    asked = _asked(request)
    found = worklist(
        by=by,
        at=at,
        view=asked.view,
        text=asked.text,
        procedure=asked.procedure,
        finished=asked.finished,
        after=asked.after,
        limit=PAGE + 1,
    )
    shown = found[:PAGE]
    rows = [_row(x, by=by, at=at) for x in shown]
    facts = {
        "at": at,
        "place": agency(by.agency or "").name,
        "asked": asked,
        "filtered": bool(asked.text or asked.procedure or asked.finished),
        "rows": rows,
        "counts": counts(by=by, at=at),
        "procedures": procedures_open(by=by),
        "address_of": {view: Asked(view=view).address() for view in View},
        "plain": Asked(view=asked.view).address(),
        "wider": replace(asked, finished=True, after=None).address(),
        "first": None if asked.after is None else replace(asked, after=None).address(),
        "next": _next(asked, shown) if len(found) > PAGE else None,
        "may_accept": Role.CLERK in by.roles and any(row.acceptable for row in rows),
        "here": request.get_full_path(),
    }
    return page(request, "desk/list", facts)


@require_POST
@officials_only(Role.CLERK)
def accept_many(request: HttpRequest) -> HttpResponse:
    """Accept each dossier that was chosen; say of each how it went."""
    by, at = actor_of(request), localtime(now())
    codes = list(dict.fromkeys(request.POST.getlist("hs")))[:MOST]
    accepted = 0
    for code in codes:
        done = attempt(partial(take_step, code, Step.ACCEPT, by=by, at=at))
        if isinstance(done, Refusal):
            messages.error(request, f"{code[:60]}: {sentence_of(done)}")
        else:
            accepted += 1
    if accepted:
        text = ngettext("Accepted %(num)s dossier.", "Accepted %(num)s dossiers.", accepted)
        messages.success(request, text % {"num": accepted})
    elif not codes:
        messages.error(request, _("Choose the dossiers to accept first."))
    return redirect(_back(request))


def _asked(request: HttpRequest) -> Asked:
    given = request.GET
    name = given.get("xem", "")
    return Asked(
        view=View(name) if name in set(View) else View.ALL,
        text=given.get("tim", "").strip()[:200],
        procedure=given.get("thu-tuc", "").strip()[:40],
        finished=given.get("trong") == "tat-ca",
        after=_after(given.get("sau", "")),
    )


def _after(text: str) -> After | None:
    moment, _tilde, number = text.partition("~")
    try:
        due_at = parse_datetime(moment)
    except ValueError:
        return None
    if due_at is None or due_at.tzinfo is None or not number.isdecimal() or len(number) > 18:
        return None
    return After(due_at, int(number))


def _next(asked: Asked, shown: list[DeskLine]) -> str:
    last = shown[-1].line
    return replace(asked, after=After(last.due_at, last.id)).address()


def _row(item: DeskLine, *, by: Actor, at: datetime) -> Row:
    line = item.line
    holder = _("Me") if item.holder_name and item.holder_name == by.name else item.holder_name
    return Row(
        item=item,
        badge=due_badge(line.due, line.due_at, line.state, at=at),
        holder=holder or _("Nobody yet"),
        acceptable=line.state is State.NEW and not line.unpaid,
    )


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("tro-ve", "")
    safe = asked.startswith(reverse("dossiers:desk")) and url_has_allowed_host_and_scheme(
        asked, allowed_hosts=None
    )
    return asked if safe else reverse("dossiers:desk")
