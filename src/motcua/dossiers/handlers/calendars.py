"""What dossiers does when an agency's calendar changes."""

from datetime import datetime

from motcua.agencies.events import CalendarChanged
from motcua.backbone.journal import listen
from motcua.dossiers.operations.calendars import follow_calendar
from motcua.kernel.actors import Actor


@listen(CalendarChanged)
def move_due_times_with_the_calendar(event: CalendarChanged, now: datetime) -> None:
    """Let what is open at an agency follow its calendar."""
    follow_calendar(event.subject, by=Actor.system("calendars"), at=now)
