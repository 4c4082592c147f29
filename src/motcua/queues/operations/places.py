"""Set up the lines of an office; sit down at a window and leave it."""

from collections.abc import Collection
from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import office as office_named
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid, NotFound
from motcua.kernel.text import N_
from motcua.queues.events import ServiceArranged, WindowClosed, WindowOpened
from motcua.queues.models import Service, Ticket, Window
from motcua.queues.rules.access import check_may_arrange, check_may_serve
from motcua.queues.rules.lifecycle import AT_WINDOW

__all__ = ["WindowTaken", "arrange_service", "close_window", "open_window"]

EVERYTHING = ("A", "Tất cả thủ tục", "All procedures")
"""The line of an office that nobody has set up: one for everything."""


class BadService(Invalid):
    code = "queues.bad-service"
    message = N_("Give the line one capital letter, a name, and from 1 to 240 minutes.")


class BadWindow(Invalid):
    code = "queues.bad-window"
    message = N_("Say the number or name of your window, in at most 20 characters.")


class WindowTaken(Conflict):
    code = "queues.window-taken"
    message = N_("{name} sits at window {window} today. Choose another, or ask them to leave it.")


class StillAtWindow(Conflict):
    code = "queues.still-at-window"
    message = N_("Number {number} is still at your window. Finish with them before you leave.")


class NoWindow(NotFound):
    code = "queues.no-window"
    message = N_("You sit at no window. Open yours first.")


@one_transaction
def arrange_service(
    office: int,
    letter: str,
    title: str,
    *,
    title_en: str = "",
    usual_minutes: int = 10,
    is_open: bool = True,
    by: Actor,
    at: datetime,
) -> None:
    """
    Set up a line of numbers, or change what is said about it; numbers given out stay.

    :param letter: A to Z, what its numbers begin with; one line each
    :param usual_minutes: what one person takes, until the day shows its own pace
    :raises NotYourOffice: if ``by`` neither leads nor administers the office's agency
    :raises BadService: if a part of it makes no sense
    """
    agency = office_named(office).agency
    check_may_arrange(agency, by=by)
    proper = len(letter) == 1 and "A" <= letter <= "Z" and 1 <= usual_minutes <= 240
    if not (proper and title.strip()):
        raise BadService
    title = title.strip()[:120]
    facts = {
        "title": title,
        "title_en": title_en.strip()[:120],
        "usual_minutes": usual_minutes,
        "open": is_open,
    }
    Service.objects.update_or_create(office_id=office, letter=letter, defaults=facts)
    arranged = ServiceArranged(
        subject=agency, office=office, letter=letter, title=title, open=is_open
    )
    announce(arranged, by=by, at=at)


@one_transaction
def open_window(
    office: int, name: str, letters: Collection[str] = (), *, by: Actor, at: datetime
) -> None:
    """
    Sit down at a window and say which lines it serves; none named means all.

    Leaves the window one sat at before. Who forgot to leave one yesterday has left it.

    :raises NotYourOffice: if the office is not of the actor's agency
    :raises BadWindow: if the window has no name, or too long a one
    :raises WindowTaken: if somebody else has sat there since this morning
    :raises StillAtWindow: if somebody is at the window that one leaves
    """
    agency = office_named(office).agency
    check_may_serve(agency, by=by)
    name = " ".join(name.split())
    if not 0 < len(name) <= 20:
        raise BadWindow
    _leave(by=by, at=at)
    _line_for_everything(office)
    Window.objects.bulk_create([Window(office_id=office, name=name)], ignore_conflicts=True)
    window = Window.objects.select_for_update().get(office=office, name=name)
    today = localtime(at).date()
    if window.clerk and window.since and localtime(window.since).date() == today:
        raise WindowTaken(name=window.clerk_name, window=name)
    window.letters = sorted(set(letters))
    window.clerk, window.clerk_name, window.since = by.id, by.name, at
    window.save()
    opened = WindowOpened(
        subject=agency, office=office, window=name, services="".join(window.letters)
    )
    announce(opened, by=by, at=at)


@one_transaction
def close_window(*, by: Actor, at: datetime) -> None:
    """
    Leave the window one sits at.

    :raises NoWindow: if one sits at none
    :raises StillAtWindow: if somebody is still there
    """
    if not _leave(by=by, at=at):
        raise NoWindow


def _leave(*, by: Actor, at: datetime) -> bool:
    window = Window.objects.select_for_update().filter(clerk=by.id).first()
    if window is None:
        return False
    there = Ticket.objects.filter(window=window, state__in=AT_WINDOW, day=localtime(at).date())
    if (ticket := there.first()) is not None:
        raise StillAtWindow(number=ticket.number)
    window.clerk, window.clerk_name, window.since = "", "", None
    window.save(update_fields=["clerk", "clerk_name", "since"])
    agency = office_named(window.office_id).agency
    closed = WindowClosed(subject=agency, office=window.office_id, window=window.name)
    announce(closed, by=by, at=at)
    return True


def _line_for_everything(office: int) -> None:
    """Give an office that has no line the one for everything."""
    letter, title, title_en = EVERYTHING
    if not Service.objects.filter(office=office).exists():
        line = Service(office_id=office, letter=letter, title=title, title_en=title_en)
        Service.objects.bulk_create([line], ignore_conflicts=True)
