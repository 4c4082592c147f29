"""What an office is asked for, and who sits at which window."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms, public
from motcua.queues.models import Service, Window

__all__ = ["ServiceSeen", "WindowSeen", "my_window", "open_windows", "services_of"]


@dataclass(frozen=True, slots=True)
class ServiceSeen:
    """A line of an office; ``letter`` begins its numbers."""

    letter: str
    title: str
    title_en: str
    usual_minutes: int
    open: bool

    def titled(self, language: str) -> str:
        """Return its name in the reader's language where it is known."""
        return self.title_en if language == "en" and self.title_en else self.title


@dataclass(frozen=True, slots=True)
class WindowSeen:
    """A window at which somebody sits; no ``letters`` means it serves every line."""

    id: int
    office: int
    name: str
    letters: tuple[str, ...]
    clerk_name: str

    def serves(self, letter: str) -> bool:
        """Tell whether numbers of a line are called to it."""
        return not self.letters or letter in self.letters


@public
def services_of(office: int, *, closed_too: bool = False) -> tuple[ServiceSeen, ...]:
    """Return the lines of an office that give out numbers, by letter; one statement."""
    rows = Service.objects.filter(office=office).order_by("letter")
    return tuple(
        ServiceSeen(x.letter, x.title, x.title_en, x.usual_minutes, x.open)
        for x in (rows if closed_too else rows.filter(open=True))
    )


def my_window(*, by: Actor) -> WindowSeen | None:
    """Return the window the actor sits at, if any."""
    row = Window.objects.filter(clerk=by.id).first() if by.is_official else None
    return None if row is None else _seen(row)


@for_rooms
def open_windows(office: int, *, at: datetime) -> tuple[WindowSeen, ...]:
    """Return the windows somebody has opened today; one statement."""
    rows = Window.objects.filter(office=office).exclude(clerk="").order_by("name")
    return tuple(_seen(x) for x in rows if x.since and _day(x.since) == _day(at))


def _day(at: datetime) -> date:
    return localtime(at).date()


def _seen(row: Window) -> WindowSeen:
    return WindowSeen(row.pk, row.office_id, row.name, tuple(row.letters), row.clerk_name)
