"""Let somebody act for me: a power of attorney given online, for chosen procedures and a time."""

from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.backbone.http.attempts import attempt
from motcua.backbone.http.refusals import problems_said, sentence_of
from motcua.backbone.limits import check_rate
from motcua.identity.operations.giving_power import Given, give_power
from motcua.identity.queries.authorities import AuthorityKind, last_day
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Refusal
from motcua.portal.web.choosing import Group, known_in, offered_by_field

TIMES, SECONDS = 10, 3600
"""How often a person may try it: it must not tell who has an account."""
PARTS = ("day", "month", "year")
SOME = "some"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def give(request: HttpRequest) -> HttpResponse:
    """Ask to whom, for what and until when; offer it to them."""
    reader, at = actor_of(request), now()
    by = Actor(reader.id, reader.name)
    last = last_day(AuthorityKind.ATTORNEY, since=localdate(at), born=None)
    offered = offered_by_field(localdate(at))
    if request.method != "POST":
        return _form(request, offered, last, [])
    check_rate("power", by.id, times=TIMES, seconds=SECONDS, at=at)
    given, problems = _given(request, known_in(offered), last)
    if not problems:
        problems = _offered(given, by=by, at=at)
    if problems:
        return _form(request, offered, last, problems)
    messages.success(
        request, _("It is offered. They may act for you once they accept; you can end it any time.")
    )
    return redirect("identity:authorities")


def _offered(given: Given, *, by: Actor, at: datetime) -> list[dict[str, str]]:
    """Offer the power; return what is wrong, if anything is."""
    done = attempt(lambda: give_power(given, by=by, at=at))
    if not isinstance(done, Refusal):
        return []
    found = problems_said(done) or [{"at": "", "message": sentence_of(done)}]
    return [each | {"at": _AT.get(each["at"], each["at"])} for each in found]


_AT = {"basis": "purpose"}
"""What the page calls a field that the room of people calls otherwise."""


def _given(request: HttpRequest, known: set[str], last: date) -> tuple[Given, list[dict[str, str]]]:
    """Return the power that was typed, and what cannot be read of it."""
    posted, problems = request.POST, []
    chosen = frozenset(posted.getlist("procedures")) & known
    if posted.get("scope") == SOME and not chosen:
        problems.append({"at": "procedures", "message": _("Choose at least one procedure.")})
    boxes = [posted.get(f"until-{part}", "").strip() for part in PARTS]
    until = last if not any(boxes) else _day(*boxes)
    if until is None:
        problems.append({"at": "until", "message": _("Enter a day that exists.")})
    name, number = posted.get("name", "").strip()[:200], posted.get("number", "")[:40]
    everything = posted.get("scope") != SOME
    given = Given(
        number,
        name,
        posted.get("purpose", ""),
        until or last,
        frozenset() if everything else chosen,
    )
    return given, problems


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None


def _form(
    request: HttpRequest, offered: list[Group], last: date, problems: list[dict[str, str]]
) -> HttpResponse:
    posted = request.POST
    facts = {
        "problems": problems,
        "wrong": {each["at"]: each["message"] for each in reversed(problems)},
        "typed": posted,
        "until": {part: posted.get(f"until-{part}", "") for part in PARTS},
        "scope": posted.get("scope", SOME),
        "chosen": posted.getlist("procedures"),
        "groups": offered,
        "latest": last,
    }
    status = 422 if problems else 200
    return render(request, "portal/giving_power.html", facts, status=status)
