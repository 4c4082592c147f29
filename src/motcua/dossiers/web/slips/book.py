"""The tracking book of the desk: as a page, and as a PDF to sign and file."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.agencies.queries.agencies import agency
from motcua.backbone.formats import moment
from motcua.backbone.http.actors import actor_of, officials_only
from motcua.dossiers.queries.book import AfterLine, BookLine, tracking_book
from motcua.dossiers.rules.words import CHANNEL_WORDS, STATE_WORDS
from motcua.dossiers.web.days import day_typed
from motcua.dossiers.web.pages import page
from motcua.dossiers.web.slips.frame import TIMING_WORDS, rows, sheet, table
from motcua.dossiers.web.slips.views import pdf_answer
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.kernel.worktime import ZONE

PAGE = 50
MOST = 2000
"""How many lines a printed book has at most."""
LONGEST = timedelta(days=366)

HOW_WORDS = {
    "on_the_spot": N_("on the spot"),
    "by_post": N_("by post"),
    "online": N_("online"),
}


class BookTooLong(Invalid):
    code = "dossiers.book-too-long"
    message = N_("This is more than a book of {most} lines holds. Choose a shorter time.")


@dataclass(frozen=True, slots=True)
class Asked:
    """The time a book is asked for, both days included, and where its page begins."""

    first: date
    last: date
    problem: str = ""
    after: AfterLine | None = None

    @property
    def since(self) -> datetime:
        """Return when the first day begins."""
        return datetime.combine(self.first, time.min, ZONE)

    @property
    def until(self) -> datetime:
        """Return when the last day is over."""
        return datetime.combine(self.last + timedelta(days=1), time.min, ZONE)

    def query(self, after: BookLine | None = None) -> str:
        """Return the part of an address that asks for it."""
        asked = {"tu": self.first.isoformat(), "den": self.last.isoformat()}
        if after is not None:
            asked["sau"] = f"{after.came_at.isoformat()}~{after.id}"
        return urlencode(asked)


@require_safe
@officials_only()
def show(request: HttpRequest) -> HttpResponse:
    """Show what came in over some days and how each dossier went on."""
    by, at = actor_of(request), localtime(now())
    asked = _asked(request, today=at.date())
    found = tracking_book(
        since=asked.since, until=asked.until, after=asked.after, limit=PAGE + 1, by=by
    )
    shown = found[:PAGE]
    more = asked.query(shown[-1]) if len(found) > PAGE else ""
    facts = {
        "place": agency(by.agency or "").name,
        "asked": asked,
        "lines": shown,
        "first": f"?{asked.query()}" if asked.after else None,
        "next": f"?{more}" if more else None,
        "paper": f"{reverse('dossiers:book-pdf')}?{asked.query()}",
        "how_words": HOW_WORDS,
        "timing_words": TIMING_WORDS,
    }
    return page(request, "desk/book", facts)


@require_safe
@officials_only()
def pdf(request: HttpRequest) -> HttpResponse:
    """Give the book of some days as a PDF, A4 across."""
    by, at = actor_of(request), localtime(now())
    asked = _asked(request, today=at.date())
    found = tracking_book(since=asked.since, until=asked.until, limit=MOST + 1, by=by)
    if len(found) > MOST:
        raise BookTooLong(most=MOST)
    paper = _paper(asked, found, by=by, at=at)
    return pdf_answer(paper, f"so-theo-doi-{asked.first}-{asked.last}.pdf")


def _paper(asked: Asked, found: list[BookLine], *, by: Actor, at: datetime) -> bytes:
    head = [
        *(_("#"), _("Dossier code"), _("Name of the procedure"), _("Sets")),
        *(_("Name of person or organisation"), _("Dossier received"), _("Result promised for")),
        *(_("Passed to the unit that processes it"), _("Result received from that unit")),
        *(_("Result returned"), _("Way of return"), _("Signature"), _("Remarks")),
    ]
    lines = [_cells(n, line) for n, line in enumerate(found, start=1)]
    days = {"first": f"{asked.first:%d/%m/%Y}", "last": f"{asked.last:%d/%m/%Y}"}
    return sheet(
        agency(by.agency or ""),
        number="……/……",
        title=_("Dossier tracking book"),
        subtitle=_("from %(first)s to %(last)s") % days,
        at=at,
        blocks=[
            table(head, [0, 0, 4, 0, 3, 3, 3, 3, 3, 3, 2, 2, 3], lines),
            rows((_("Dossiers in this book"), str(len(found)))),
        ],
        signatures=[(_("Kept by"), by.name), (_("Head of the one-stop desk"), "")],
        landscape=True,
    )


def _cells(n: int, line: BookLine) -> list[str]:
    how = _(HOW_WORDS[line.returned_how]) if line.returned_how in HOW_WORDS else ""
    state = _("passed to another agency") if line.elsewhere else _(STATE_WORDS[line.state])
    ended = _(TIMING_WORDS[line.stands]) if line.stands else ""
    return [
        str(n),
        line.code,
        line.title,
        "01",
        line.applicant_name,
        f"{moment(line.came_at)} ({_(CHANNEL_WORDS[line.channel]).lower()})",
        moment(line.due_at),
        _moment(line.forwarded_at),
        _moment(line.done_at),
        _moment(line.returned_at),
        how,
        "",
        ended if line.done_at else ", ".join(filter(None, [state, ended])),
    ]


def _moment(at: datetime | None) -> str:
    return moment(at) if at else ""


def _asked(request: HttpRequest, *, today: date) -> Asked:
    """Read the days asked for: this month up to today where they are missing or make no sense."""
    month = today.replace(day=1)
    first, last = day_typed(request.GET.get("tu", "")), day_typed(request.GET.get("den", ""))
    if first is None or last is None:
        given = request.GET.get("tu") or request.GET.get("den")
        return Asked(month, today, _("Write both days as on a calendar.") if given else "")
    if last < first:
        return Asked(month, today, _("The last day must not be before the first."))
    if last - first > LONGEST:
        return Asked(month, today, _("Choose a year at most."))
    return Asked(first, last, after=_after(request.GET.get("sau", "")))


def _after(typed: str) -> AfterLine | None:
    at, _tilde, number = typed.partition("~")
    try:
        came_at = parse_datetime(at)
    except ValueError:
        return None
    if came_at is None or came_at.tzinfo is None or not number.isdecimal() or len(number) > 18:
        return None
    return AfterLine(came_at, int(number))
