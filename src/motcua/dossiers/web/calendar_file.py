"""The appointment as a calendar file (RFC 5545), which a phone adds to its calendar."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.backbone.http.actors import actor_of, signed_in
from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.rules.lifecycle import OPEN, WAITING, State
from motcua.dossiers.rules.words import STATE_WORDS
from motcua.dossiers.web.dossier import mine_only
from motcua.dossiers.web.fetching import place_of
from motcua.packs.queries.packs import pack

SHOWN_FOR = timedelta(minutes=30)
"""How long the appointment takes in a calendar: it ends when the result is due."""


@require_safe
@signed_in
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Give the day the result is promised for as one event."""
    at = localtime(now())
    view = mine_only(code, by=actor_of(request), at=at)
    answer = HttpResponse(event_of(view), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="hen-{view.code}.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def event_of(view: DossierView) -> bytes:
    """
    Return a calendar with one event: stable by its UID, newer by its SEQUENCE, cancelled at an end.

    The dossier's version is the sequence: whatever moves the due time makes it grow.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 (0.1 s of each start, seldom needed)

    title = pack(view.pack).title[get_language() or "vi"]
    event, last = Event(), view.history[-1].at
    event.add("uid", f"{view.code}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("sequence", view.version)
    event.add("dtstamp", last)
    event.add("last-modified", last)
    event.add("dtstart", view.due_at - SHOWN_FOR)
    event.add("dtend", view.due_at)
    event.add("summary", _("Result of the dossier: %(title)s") % {"title": title})
    event.add("description", _description(view))
    event.add("location", place_of(view))
    event.add("url", _address(view))
    event.add("status", _status(view.state))
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", "-//Mot Cua//hen.ics//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _status(state: State) -> str:
    if state in WAITING:
        return "TENTATIVE"
    return "CONFIRMED" if state in OPEN or state is State.RETURNED else "CANCELLED"


def _description(view: DossierView) -> str:
    lines = [
        _("Dossier code: %(code)s") % {"code": view.code},
        _(STATE_WORDS[view.state]),
    ]
    if view.state in WAITING:
        lines.append(_("It moves back by as long as the agency waits for you."))
    return "\n".join([*lines, _address(view)])


def _address(view: DossierView) -> str:
    return f"{settings.BASE_URL}{reverse('dossiers:show', kwargs={'code': view.code})}"
