"""The desk's worklist: whose work, which view, counts, filters, saved views, pages."""

from datetime import datetime
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.agencies.queries.agencies import agency
from motcua.backbone.database.reading import reads_may_lag
from motcua.backbone.formats import number
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.backbone.remembered import Remembered
from motcua.dossiers.queries.desk import (
    After,
    Choices,
    DeskLine,
    choices,
    order_of,
    worklist,
)
from motcua.dossiers.queries.desk_counts import Counts, counts
from motcua.dossiers.queries.desk_views import NOBODY, Sort, View, Whose
from motcua.dossiers.queries.opinions import opinions_to_answer
from motcua.dossiers.queries.saved_views import Kept, saved_views
from motcua.dossiers.rules.access import OPINION_ROLES
from motcua.dossiers.rules.bulk import What
from motcua.dossiers.rules.lifecycle import OPEN
from motcua.dossiers.rules.words import CHANNEL_WORDS, STATE_WORDS
from motcua.dossiers.rules.works import WORK_WORDS, Work
from motcua.dossiers.web.desk.asking import Asked, address_of, asked_of
from motcua.dossiers.web.desk.rows import rows_of
from motcua.dossiers.web.pages import page
from motcua.kernel.actors import Actor, Role
from motcua.kernel.text import N_

PAGE = 50
MOST_ASKED = 100
"""How many opinions asked of the agency are counted."""

MOST_COUNTED = 999
"""The highest count that is said as it is."""

REMEMBERED = "dossiers.worklist"
"""Where a session keeps whose work, which view and which order were chosen last."""

_choices: Remembered[str, Choices] = Remembered(seconds=60, most=1000)
_names: Remembered[str, str] = Remembered(seconds=60, most=1000)

WHOSE_WORDS: dict[Whose, str] = {
    Whose.AGENCY: N_("The whole agency"),
    Whose.POST: N_("For my post"),
    Whose.MINE: N_("In my hand"),
}
VIEW_WORDS: dict[View, str] = {
    View.ALL: N_("All"),
    View.NEW: N_("To be accepted"),
    View.UNANSWERED: N_("Online filings to answer"),
    View.LATE: N_("Overdue"),
    View.TODAY: N_("Due today"),
    View.SOON: N_("Due within two days"),
    View.WEEK: N_("Due within a week"),
    View.STAGE_SOON: N_("Stage at its end"),
    View.STAGE_LATE: N_("Stage overdue"),
    View.SENT_BACK: N_("Sent back"),
    View.RUNNING: N_("The clock is running"),
    View.WAITING: N_("Waiting for the applicant"),
    View.OPINION: N_("Opinions awaited"),
    View.TO_RETURN: N_("To be returned"),
}
SORT_WORDS: dict[Sort, str] = {
    Sort.DUE: N_("Due first"),
    Sort.NEWEST: N_("Filed last"),
    Sort.OLDEST: N_("Filed first"),
}
BOXES: tuple[tuple[View, str, str], ...] = (
    (View.LATE, "late", N_("settle first, return at once")),
    (View.TODAY, "today", N_("to be settled today")),
    (View.WEEK, "soon", N_("from tomorrow on")),
    (View.TO_RETURN, "ok", N_("the result is ready")),
    (View.WAITING, "wait", N_("waiting for papers or the fee")),
)
"""The views shown as large counts: with the shape of their due time and what to do."""

DEEDS: tuple[tuple[Role, What, str], ...] = (
    (Role.CLERK, What.ACCEPT, N_("Accept")),
    (Role.CLERK, What.FORWARD, N_("Pass on")),
    (Role.CLERK, What.ASSIGN, N_("Give to a colleague")),
    (Role.SPECIALIST, What.PROPOSE, N_("Propose")),
    (Role.SPECIALIST, What.ASSIGN, N_("Give to a colleague")),
    (Role.LEADER, What.ASSIGN, N_("Give to a colleague")),
)
"""What a post may do with many dossiers at once."""

JUMPS: dict[str, tuple[Whose, View]] = {
    "a": (Whose.AGENCY, View.ALL),
    "l": (Whose.AGENCY, View.LATE),
    "t": (Whose.AGENCY, View.TODAY),
    "s": (Whose.AGENCY, View.SOON),
    "n": (Whose.AGENCY, View.NEW),
    "m": (Whose.MINE, View.ALL),
    "p": (Whose.POST, View.ALL),
}
"""Where the keys lead that are pressed after G."""

TABS = (
    View.ALL,
    View.NEW,
    View.UNANSWERED,
    View.SOON,
    View.STAGE_SOON,
    View.STAGE_LATE,
    View.SENT_BACK,
    View.OPINION,
)


@require_safe
@officials_only()
@reads_may_lag
def desk(request: HttpRequest) -> HttpResponse:
    """Show the agency's open dossiers, the most urgent first unless asked otherwise."""
    by, at = actor_of(request), localtime(now())
    kept = saved_views(by=by)
    if not request.GET and (query := _opens_with(request, kept)):
        return redirect(asked_of(query).address())
    asked = asked_of(request.GET)
    _remember(request, asked)
    choice = choices_of(by)
    found = worklist(
        asked.wanted, by=by, at=at, fields=choice.fields, after=asked.after, limit=PAGE + 1
    )
    shown = found[:PAGE]
    facts = {
        "at": at,
        "place": _place_of(by.agency or ""),
        "rows": rows_of(shown, by=by, at=at),
        "saved": kept,
        "next": _next(asked, shown) if len(found) > PAGE else None,
        "leads": Role.LEADER in by.roles,
        "oversees": bool(by.roles & {Role.LEADER, Role.AUDITOR}),
        "arranges": bool(by.roles & {Role.LEADER, Role.ADMINISTRATOR}),
        "deeds": list(
            dict.fromkeys((what.value, _(words)) for role, what, words in DEEDS if role in by.roles)
        ),
        **_about(asked, choice, kept),
        **counts_shown(asked, by=by, at=at),
    }
    return page(request, "desk/list", facts)


@require_safe
@officials_only()
@reads_may_lag
def figures(request: HttpRequest) -> HttpResponse:
    """Show only the counts of a worklist, which its page asks for again and again."""
    by, at = actor_of(request), localtime(now())
    return page(request, "desk/_counts", counts_shown(asked_of(request.GET), by=by, at=at))


def choices_of(by: Actor) -> Choices:
    """Return what the agency's worklist can be filtered by, as it was at most a minute ago."""
    agency_id = by.agency or ""
    return _choices.get(agency_id, lambda: choices(agency_id)) or choices(agency_id)


def _place_of(agency_id: str) -> str:
    return _names.get(agency_id, lambda: agency(agency_id).name) or ""


def counts_shown(asked: Asked, *, by: Actor, at: datetime) -> dict[str, object]:
    """Return what the counts of a worklist show: each view's words, figure and address."""
    wanted = asked.wanted
    found = counts(by=by, at=at, **wanted.scope())

    def told(view: View) -> tuple[str, str, str, bool]:
        there = address_of(**wanted.scope(), sort=wanted.sort, view=view)
        return _(VIEW_WORDS[view]), _figure(view, found), there, view is wanted.view

    return {
        "asked": wanted,
        "query": Asked(wanted).query(),
        "boxes": [(*told(view), state, _(detail)) for view, state, detail in BOXES],
        "tabs": [(words, address, figure, on) for words, figure, address, on in map(told, TABS)]
        + _asked_of_us(by=by),
    }


def _asked_of_us(*, by: Actor) -> list[tuple[str, str, str, bool]]:
    """Return the way to what other agencies ask, for those who may answer it."""
    if by.roles.isdisjoint(OPINION_ROLES):
        return []
    return [(_("Opinions asked of us"), reverse("dossiers:opinions"), _to_answer(by=by), False)]


def _to_answer(*, by: Actor) -> str:
    count = opinions_to_answer(by=by)
    return f"{number(MOST_ASKED - 1)}+" if count >= MOST_ASKED else number(count)


def _about(asked: Asked, choice: Choices, kept: tuple[Kept, ...]) -> dict[str, object]:
    """Return what the frame of the list says and offers."""
    wanted, query = asked.wanted, Asked(asked.wanted).query()
    every = ("", _("All"))
    return {
        **_same_choices(get_language() or ""),
        "list_part": asked.list_part(),
        "title_of_view": _(VIEW_WORDS[wanted.view]),
        "newest_first": order_of(wanted) is Sort.NEWEST,
        "by_due": order_of(wanted) is Sort.DUE,
        "whose": [
            (_(words), _of(asked, each).address(), None, each is wanted.whose)
            for each, words in WHOSE_WORDS.items()
        ]
        + [
            (name, _of(asked, Whose.OFFICE, n).address(), None, wanted.scope()["office"] == n)
            for n, name in choice.offices
        ]
        + [(x.name, asked_of(x.query).address(), None, x.query == query) for x in kept],
        "procedures": [every, *choice.procedures],
        "fields": [every, *((name, name) for name in choice.fields)],
        "holders": [every, (NOBODY, _("Nobody yet")), *choice.holders],
        "offices": [every, *((str(n), name) for n, name in choice.offices)],
        "plain": address_of(**wanted.scope(), view=wanted.view, sort=wanted.sort),
        "soon": address_of(**wanted.scope(), view=View.SOON),
        "all": address_of(Whose.AGENCY, None, View.ALL),
        "wider": asked.instead(finished=True).address(),
        "first": None if asked.after is None else Asked(wanted).address(),
        "continued": asked.after is not None,
        "jumps": [(key, address_of(whose, None, view)) for key, (whose, view) in JUMPS.items()],
    }


@cache
def _same_choices(language: str) -> dict[str, list[tuple[str, str]]]:
    """Return the filters whose choices are the same for everybody, in words of the language."""
    del language
    every = ("", _("All"))
    works = [each for each in Work if each is not Work.OPINION]
    return {
        "sorts": [(each.value, _(words)) for each, words in SORT_WORDS.items()],
        "states": [every, *((s.value, _(w)) for s, w in STATE_WORDS.items() if s in OPEN)],
        "works": [every, *((each.value, _(WORK_WORDS[each])) for each in works)],
        "channels": [every, *((str(n), _(words)) for n, words in CHANNEL_WORDS.items())],
    }


def _of(asked: Asked, whose: Whose, office: int | None = None) -> Asked:
    """Return what is asked, of somebody else's work; an office's list is left with its office."""
    kept = asked.wanted.office if asked.wanted.whose is not Whose.OFFICE else None
    return asked.instead(whose=whose, office=office or kept)


def _figure(view: View, found: Counts) -> str:
    """Return a count as it is said: as it is up to a thousand, or with a plus where it is more."""
    count = found.of[view]
    more = count > MOST_COUNTED or found.partly
    return f"{number(min(count, MOST_COUNTED))}{'+' if more else ''}"


def _opens_with(request: HttpRequest, kept: tuple[Kept, ...]) -> str:
    """Return what the bare address asks: the view chosen to open first, else what was last."""
    first = next((each.query or "xem=all" for each in kept if each.first), None)
    return first if first is not None else request.session.get(REMEMBERED, "")


def _remember(request: HttpRequest, asked: Asked) -> None:
    wanted = asked.wanted
    chosen = Asked().instead(**wanted.scope(), view=wanted.view, sort=wanted.sort).query()
    if request.session.get(REMEMBERED, "") != chosen:
        request.session[REMEMBERED] = chosen


def _next(asked: Asked, shown: list[DeskLine]) -> str:
    last = shown[-1].line
    return Asked(asked.wanted, After(last.due_at, last.id)).address()
