"""What the address of the worklist asks, read and written; one grammar for all that keep it."""

from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, MINYEAR, datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from motcua.dossiers.queries.desk import After
from motcua.dossiers.queries.desk_views import Sort, View, Wanted, Whose
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.rules.words import CHANNEL_WORDS
from motcua.dossiers.rules.works import Work
from motcua.dossiers.web.days import day_typed

LIST = "ds"
"""The name under which an address carries the list it was opened from."""

E = TypeVar("E", bound=StrEnum)


@cache
def desk_address() -> str:
    """Return the address of the worklist; a page of it holds dozens."""
    return reverse("dossiers:desk")


@dataclass(frozen=True, slots=True)
class Asked:
    """A worklist and the place in it where a page begins."""

    wanted: Wanted = field(default_factory=Wanted)
    after: After | None = None

    def query(self) -> str:
        """Return what the address asks, without its question mark."""
        wanted = self.wanted
        after = self.after and f"{self.after.due_at.isoformat()}~{self.after.id}"
        parts = {
            "cua": "" if wanted.whose is Whose.AGENCY else wanted.whose,
            "xem": "" if wanted.view is View.ALL else wanted.view,
            "xep": "" if wanted.sort is Sort.DUE else wanted.sort,
            "tim": wanted.text,
            "thu-tuc": wanted.procedure,
            "linh-vuc": wanted.field,
            "trang-thai": wanted.state or "",
            "giu": wanted.holder,
            "kenh": wanted.channel or "",
            "noi": wanted.office or "",
            "cho": wanted.work or "",
            "tu": wanted.since or "",
            "den": wanted.until or "",
            "trong": "tat-ca" if wanted.finished else "",
            "sau": after or "",
        }
        return urlencode({name: value for name, value in parts.items() if value})

    def address(self) -> str:
        """Return the address that asks for it; what asks nothing special still asks for all."""
        return f"{desk_address()}?{self.query() or 'xem=all'}"

    def instead(self, **changes: object) -> "Asked":
        """Return the first page of what is asked when this is changed."""
        return Asked(replace(self.wanted, **changes))  # type: ignore[arg-type]

    def list_part(self) -> str:
        """Return how the address of a dossier names this list."""
        return urlencode({LIST: Asked(self.wanted).query()})


@lru_cache(maxsize=2_000)
def address_of(whose: Whose, office: int | None, view: View, sort: Sort = Sort.DUE) -> str:
    """Return the address of a list that nothing narrows; each page of the desk names dozens."""
    return Asked(Wanted(whose, view, sort, office=office)).address()


def asked_of(query: str | QueryDict) -> Asked:
    """Read what an address asks; what is not understood is not asked."""
    given = QueryDict(query) if isinstance(query, str) else query
    channel, state = _number(given.get("kenh", "")), given.get("trang-thai", "")
    work = given.get("cho", "")
    wanted = Wanted(
        whose=_one_of(Whose, given.get("cua", ""), Whose.AGENCY),
        view=_one_of(View, given.get("xem", ""), View.ALL),
        sort=_one_of(Sort, given.get("xep", ""), Sort.DUE),
        text=given.get("tim", "").strip()[:200],
        procedure=given.get("thu-tuc", "").strip()[:40],
        field=given.get("linh-vuc", "").strip()[:200],
        state=State(state) if state in set(State) else None,
        holder=given.get("giu", "").strip()[:80],
        channel=channel if channel in CHANNEL_WORDS else None,
        office=_number(given.get("noi", "")),
        work=Work(work) if work in set(Work) else None,
        since=day_typed(given.get("tu", "")),
        until=day_typed(given.get("den", "")),
        finished=given.get("trong") == "tat-ca",
    )
    return Asked(wanted, _after(given.get("sau", "")))


def list_named(given: QueryDict) -> Asked | None:
    """Return the list that an address or a form says it was opened from, if it says so."""
    return asked_of(given.get(LIST, "")[:1000]) if LIST in given else None


def _one_of(kind: type[E], name: str, usual: E) -> E:
    return kind(name) if name in set(kind) else usual


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _after(text: str) -> After | None:
    moment, _tilde, number = text.partition("~")
    try:
        due_at: datetime | None = parse_datetime(moment)
    except ValueError:
        return None
    if due_at is None or due_at.tzinfo is None or not number.isdecimal() or len(number) > 18:
        return None
    if not MINYEAR < due_at.year < MAXYEAR:
        return None
    return After(due_at, int(number))
