"""A number to hold: as a page on the phone, and as a slip of paper 80 mm wide."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.agencies.queries.agencies import names_of, office
from motcua.backbone.formats import moment, span
from motcua.backbone.pdf import render_pdf
from motcua.backbone.pictures import qr_drawing
from motcua.queues.queries.tickets import State, TicketSeen, ticket

TEMPLATE = Path(__file__).parent.parent / "templates" / "queues" / "slip.typ"


@never_cache
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Show whose turn it is from where one stands; at the machine, print it and go back."""
    found = ticket(token, at=now())
    place = office(found.office)
    facts = {
        "ticket": found,
        "place": place,
        "agency": names_of([place.agency]).get(place.agency, ""),
        "service": found.titled(get_language() or "vi"),
        "ahead": ahead_words(found),
        "wait": wait_words(found),
        "address": address_of(found),
        "machine": "may" in request.GET,
        "over": found.state is State.DONE,
    }
    return render(request, "queues/ticket.html", facts)


@never_cache
@require_safe
def pdf(_request: HttpRequest, token: str) -> HttpResponse:
    """Give the slip for a printer with paper 80 mm wide."""
    found = ticket(token, at=now())
    place = office(found.office)
    drawing = qr_drawing(address_of(found))
    language = (get_language() or "vi")[:2]
    data = {
        "language": language,
        "agency": names_of([place.agency]).get(place.agency, ""),
        "office": place.name,
        "title": _("Your number"),
        "number": found.number,
        "service": found.titled(language),
        "priority": _("Goes first") if found.priority else "",
        "lines": [ahead_words(found), wait_words(found)],
        "drawn": moment(found.drawn_at),
        "qr": {"side": drawing.side, "path": drawing.path},
        "scan": _("Scan to follow it on your phone."),
    }
    answer = HttpResponse(render_pdf(TEMPLATE, data), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return answer


def address_of(found: TicketSeen) -> str:
    """Return the address that follows a number, as the code on the slip says it."""
    return settings.BASE_URL + reverse("queues:ticket", kwargs={"token": found.token})


def ahead_words(found: TicketSeen) -> str:
    """Return how many are called before, in words."""
    if found.ahead == 0:
        return _("Nobody is before you.")
    text = ngettext("%(num)s person is before you.", "%(num)s people are before you.", found.ahead)
    return text % {"num": found.ahead}


def wait_words(found: TicketSeen) -> str:
    """Return how long that will take, in words."""
    if not found.windows:
        return _("No window is open for this now.")
    if not found.ahead:
        return _("You are called as soon as a window is free.")
    return _("About %(time)s to wait.") % {"time": span(found.wait)}
