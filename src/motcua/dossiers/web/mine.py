"""My dossiers: drafts to go on with, and everything filed, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.backbone.database.reading import reads_may_lag
from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.attempts import apart
from motcua.dossiers.operations.drafts import discard_draft
from motcua.dossiers.queries.drafts import DraftView, draft, my_drafts
from motcua.dossiers.queries.elsewhere import ElsewhereLine, Looked
from motcua.dossiers.queries.everywhere import Shown, elsewhere, merged
from motcua.dossiers.queries.lines import (
    PAGE,
    DossierLine,
    Tab,
    my_dossiers,
    to_do,
    waited_until,
)
from motcua.dossiers.queries.linked import LinkedStanding, my_linked
from motcua.dossiers.rules.lifecycle import WAITING, State
from motcua.dossiers.web.due import Badge, due_badge, wait_badge
from motcua.dossiers.web.pages import page
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_
from motcua.packs.queries.packs import Pack, pack


@dataclass(frozen=True, slots=True)
class Row:
    """
    A dossier in the list with what is to be done; ``linked``: the filing it stands for.

    While it waits for the reader, ``until`` tells how long, and the badge how long that is yet.
    """

    line: DossierLine
    badge: Badge | None
    todo: str
    linked: LinkedStanding | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class OtherRow:
    """A dossier at another agency in the list; ``line`` is none of ours."""

    other: ElsewhereLine
    badge: Badge | None
    line: None = None
    linked: None = None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the list."""

    draft: DraftView
    pack: Pack
    files: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the list."""

    tab: Tab
    text: str
    before: int | None
    before_other: str = ""

    def address(self, **changed: Any) -> str:
        """Return the address of this list, or of one that differs from it in something."""
        asked = replace(self, **changed)
        parts = {
            "xem": "" if asked.tab is Tab.ALL else asked.tab.value,
            "tim": asked.text,
            "truoc": asked.before or "",
            "truoc-noi-khac": asked.before_other,
        }
        query = urlencode({name: value for name, value in parts.items() if value})
        return reverse("dossiers:mine") + (f"?{query}" if query else "")


TABS = {
    Tab.ALL: N_("All"),
    Tab.TODO: N_("I have to act"),
    Tab.UNDER_WAY: N_("Under way"),
    Tab.FINISHED: N_("Finished"),
    Tab.OTHERS: N_("For others"),
}


@require_safe
@signed_in
@reads_may_lag
def mine(request: HttpRequest) -> HttpResponse:
    """
    Show the reader's drafts and dossiers.

    ``?xem=`` is a tab, ``?tim=`` what is looked for, ``?truoc=`` the id the page before ended at,
    ``?truoc-noi-khac=`` where it ended among the dossiers at other agencies.
    """
    by, at, asked = actor_of(request), localtime(now()), _asked(request)
    once = asked.tab is Tab.ALL and not asked.text
    lines = my_dossiers(
        by=by,
        at=at,
        before=asked.before,
        limit=PAGE + 1,
        linked_once=once,
        tab=asked.tab,
        text=asked.text,
    )
    others = _elsewhere(asked, by=by, at=at)
    shown = merged(lines, others, limit=PAGE, there=asked.before_other)
    ours = [x for x in shown.lines if isinstance(x, DossierLine)]
    linked = my_linked([x.code for x in ours if x.linked], by=by) if once else {}
    until = waited_until([x.code for x in ours if x.state in WAITING], by=by)
    newest = asked.before is None and not asked.before_other
    facts = {
        "rows": [_row(x, linked, until, at=at) for x in shown.lines],
        "drafts": [_draft_row(x) for x in my_drafts(by=by)] if once and newest else [],
        "asked": asked,
        "tabs": _tabs(asked, waiting=to_do(by=by)),
        "newest": newest,
        "first": asked.address(before=None, before_other=""),
        "next": _next(asked, ours, shown) if shown.has_more else None,
        "looked_to": shown.looked_to,
    }
    return page(request, "mine", facts)


def _elsewhere(asked: Asked, *, by: Actor, at: datetime) -> Looked:
    where = {"before": asked.before_other, "text": asked.text}
    return elsewhere(by=by, at=at, **where, tab=asked.tab, limit=PAGE + 1)


def _row(
    x: DossierLine | ElsewhereLine,
    linked: Mapping[str, LinkedStanding],
    until: Mapping[str, datetime],
    *,
    at: datetime,
) -> Row | OtherRow:
    if isinstance(x, ElsewhereLine):
        badge = due_badge(x.due, x.due_at, x.state, at=at) if x.due_at else None
        return OtherRow(x, badge)
    last = until.get(x.code)
    badge = wait_badge(last, at=at) or due_badge(x.due, x.due_at, x.state, at=at)
    return Row(x, badge, _todo(x), linked.get(x.code), last)


def _next(asked: Asked, ours: list[DossierLine], shown: Shown) -> str:
    """Return where the list goes on: behind the last line of each kind."""
    before = ours[-1].id if ours else asked.before
    return asked.address(before=before, before_other=shown.there)


def _tabs(asked: Asked, *, waiting: int) -> list[tuple[str, str, int | None, bool]]:
    """Return the tabs as the macro takes them: words, address, how many, whether it is shown."""
    return [
        (
            _(words),
            Asked(tab, asked.text, None).address(),
            (waiting or None) if tab is Tab.TODO else None,
            tab is asked.tab,
        )
        for tab, words in TABS.items()
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask whether a draft should go, and let it go."""
    by = actor_of(request)
    if request.method == "POST":
        apart(lambda: discard_draft(draft_id, by=by, at=now()))
        messages.success(request, _("The draft and its files were thrown away."))
        return redirect("dossiers:mine")
    return page(request, "discard", {"row": _draft_row(draft(draft_id, by=by))})


def _asked(request: HttpRequest) -> Asked:
    given = request.GET
    name, before = given.get("xem", ""), given.get("truoc", "")
    return Asked(
        tab=Tab(name) if name in set(Tab) else Tab.ALL,
        text=given.get("tim", "").strip()[:200],
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        before_other=given.get("truoc-noi-khac", "")[:80],
    )


def _draft_row(x: DraftView) -> DraftRow:
    return DraftRow(x, pack(x.pack), sum(len(files) for files in x.papers.values()))


def _todo(x: DossierLine) -> str:
    if x.state is State.SUPPLEMENT:
        return _("Send the papers or answers that the agency asked for")
    if x.state is State.PAYMENT or (x.unpaid and x.state is State.NEW):
        return _("Pay the fee")
    return ""
