"""The page of search results: plain form and link, and the same answer in place through htmx."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from motcua.backbone.http.public_pages import same_for_strangers
from motcua.catalogue.queries.hits import Hit, Level, Online
from motcua.catalogue.queries.procedures import fields, life_events
from motcua.catalogue.queries.search import Filters, Finding, search
from motcua.catalogue.web.wording import LEVELS, REACH, cost_in_words, levels_in_words

A_PAGE = 10
REMOTE = frozenset({Online.FULL, Online.PARTIAL, Online.SOME})
WAYS = {"truc-tuyen": REMOTE, "truc-tiep": frozenset({Online.NONE})}
SHOWN_FIELDS = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: what it is sent as, what it is called, how many it keeps."""

    value: str
    text: str
    count: int | None
    on: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A hit with its words."""

    hit: Hit
    reach: str
    cost: str
    levels: str


@require_safe
@vary_on_headers("HX-Request")
@same_for_strangers(seconds=30)
def results(request: HttpRequest) -> HttpResponse:
    """Show what a search finds; all procedures, most used first, where nothing is typed."""
    asked, typed = request.GET, request.GET.get("q", "").strip()[:200]
    found = search(
        typed,
        filters=_filters(asked),
        limit=A_PAGE,
        after=asked.get("sau", ""),
        on=localdate(),
    )
    filters = _choices(asked, found)
    page = {
        "typed": typed,
        "found": found,
        "lines": [_line(hit) for hit in found.hits],
        "filters": filters,
        "agency": asked.get("co-quan", "").strip(),
        "in_use": list(_in_use(asked, filters)),
        "further": f"?{_without(asked, sau=found.after)}" if found.after else None,
        "first": f"?{_without(asked)}" if asked.get("sau") else None,
        "events": () if found.hits else [e for e in life_events() if e.main],
    }
    part = (
        "catalogue/results.html" if request.headers.get("HX-Request") else "catalogue/search.html"
    )
    return render(request, part, page)


def _filters(asked: QueryDict) -> Filters:
    ways = [WAYS[way] for way in asked.getlist("nop") if way in WAYS]
    return Filters(
        fields=frozenset(asked.getlist("lv")),
        levels=frozenset(level for level in asked.getlist("cap") if level in set(Level)),
        online=frozenset(online for way in ways for online in way),
        agency=asked.get("co-quan", "").strip()[:200],
    )


def _line(hit: Hit) -> Line:
    return Line(
        hit, _(REACH[hit.online]), cost_in_words(hit.cost, hit.fees), levels_in_words(hit.levels)
    )


def _choices(asked: QueryDict, found: Finding) -> dict[str, list[Choice]]:
    counted = found.facets
    online = counted.get("online", {})
    names = {"truc-tuyen": _("Online"), "truc-tiep": _("Only at the one-stop desk")}
    ways = [
        Choice(
            way,
            names[way],
            sum(online.get(o, 0) for o in WAYS[way]) if counted else None,
            way in asked.getlist("nop"),
        )
        for way in WAYS
    ]
    levels = [
        Choice(
            level.value,
            _(LEVELS[level]),
            counted["levels"].get(level, 0) if counted else None,
            level.value in asked.getlist("cap"),
        )
        for level in Level
        if level not in {Level.DISTRICT, Level.OTHER} or (counted and level in counted["levels"])
    ]
    return {"nop": ways, "lv": _field_choices(asked, found), "cap": levels}


def _field_choices(asked: QueryDict, found: Finding) -> list[Choice]:
    chosen = asked.getlist("lv")
    counts = (
        dict(found.facets["fields"]) if found.facets else {f.name: f.procedures for f in fields()}
    )
    most = sorted(counts, key=lambda name: (-counts[name], name))[:SHOWN_FIELDS]
    shown = dict.fromkeys([*(c for c in chosen if c in counts), *most])
    return [Choice(name, name, counts[name], name in chosen) for name in shown]


def _in_use(asked: QueryDict, filters: dict[str, list[Choice]]) -> Iterable[tuple[str, str]]:
    """Give each filter in use its name and the address without it."""
    for name, choices in filters.items():
        for choice in choices:
            if choice.on:
                yield choice.text, f"?{_without(asked, drop=(name, choice.value))}"
    if agency := str(asked.get("co-quan", "")):
        yield agency, f"?{_without(asked, drop=('co-quan', agency))}"


def _without(asked: QueryDict, drop: tuple[str, str] | None = None, **more: str) -> str:
    kept = [
        (name, value)
        for name, values in asked.lists()
        for value in values
        if name in {"q", "nop", "lv", "cap", "co-quan"} and value and (name, value) != drop
    ]
    return urlencode([*kept, *more.items()])
