"""Search a register and read a record through time."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.backbone.http.actors import actor_of, officials_only
from motcua.kernel.actors import Role
from motcua.kernel.errors import Refusal
from motcua.registrar.queries.corrections import open_requests
from motcua.registrar.queries.owners import NoSuchRegister, book_at, books_of_mine
from motcua.registrar.queries.searching import BY_ADDRESS, WHY, NoPurpose, TooShort, search, show
from motcua.registrar.web.words import in_words, label

_ROLES = (Role.SPECIALIST, Role.LEADER, Role.AUDITOR)


@never_cache
@require_safe
@officials_only(*_ROLES)
def home(request: HttpRequest) -> HttpResponse:
    """Show the reader's registers, with how many requests wait in each."""
    books = books_of_mine(by=actor_of(request))
    if not books:
        raise NoSuchRegister
    waiting = [(book, open_requests(book.register)) for book in books]
    return render(request, "registrar/home.html", {"books": waiting})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@officials_only(*_ROLES)
def find(request: HttpRequest, book: str) -> HttpResponse:
    """Search; what is looked for is posted, so that no address and no log holds a person's name."""
    by, at = actor_of(request), now()
    chosen, given = book_at(book, by=by), request.POST
    facts = {"book": chosen, "why": WHY, "typed": given, "found": None, "problems": []}
    facts["by_address"] = chosen.register in BY_ADDRESS
    if request.method == "POST":
        try:
            facts["found"] = search(
                *(chosen, given.get("q", "")),
                purpose=given.get("ly-do", ""),
                after=given.get("sau", ""),
                on=localdate(at),
                by=by,
                at=at,
            )
        except (NoPurpose, TooShort) as refused:
            facts["problems"] = _problems(refused)
    status = 422 if facts["problems"] else 200
    return render(request, "registrar/book.html", facts, status=status)


@never_cache
@require_safe
@officials_only(*_ROLES)
def record(request: HttpRequest, book: str, record: int) -> HttpResponse:
    """Show a record as of a day; without a purpose, ask for it first."""
    by, at, today = actor_of(request), now(), localdate()
    chosen = book_at(book, by=by)
    purpose, day = request.GET.get("ly-do", ""), _day(request) or today
    facts = {"book": chosen, "why": WHY, "purpose": purpose, "today": today, "record": record}
    if purpose not in WHY:
        return render(request, "registrar/why.html", facts)
    shown = show(chosen, record, purpose=purpose, on=day, by=by, at=at)
    values = in_words(shown.facts, on=day)
    rows = [(label(path), value) for (path, _said), value in zip(shown.facts, values, strict=True)]
    return render(request, "registrar/record.html", {**facts, "shown": shown, "rows": rows})


def _day(request: HttpRequest) -> date | None:
    parts = [request.GET.get(f"ngay-{part}", "") for part in ("year", "month", "day")]
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        return None


def _problems(refused: Refusal) -> list[dict[str, str]]:
    found = refused.facts["problems"]
    assert isinstance(found, list)
    pairs = [(each["at"], each["message"]) for each in found]
    return [{"at": at, "message": _(message)} for at, message in pairs]
