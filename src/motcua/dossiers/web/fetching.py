"""Where and when an applicant fetches the result at the one-stop desk."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.agencies.queries.agencies import Agency, Office, agency, offices_of
from motcua.agencies.queries.calendars import calendar_of
from motcua.dossiers.queries.dossiers import DossierView


@dataclass(frozen=True, slots=True)
class Fetching:
    """Where the desk is, its phone, and its hours on the next day on which it is open."""

    place: str
    phone: str
    day: date
    hours: str


def place_of(view: DossierView) -> str:
    """Return where the result is handed out: the office it was handed in at, or the agency's."""
    found, office = _where(view)
    where = (office.name, office.address) if office else ("", found.address)
    return ", ".join(dict.fromkeys(part for part in (*where, found.name) if part))


def fetching_of(view: DossierView, *, at: datetime) -> Fetching:
    """Return where a result waits, and when the desk is open from a moment on."""
    found, office = _where(view)
    calendar = calendar_of(view.agency)
    today = calendar.local(at).date()
    over = not calendar.works_on(today) or calendar.closing_of(today) <= at
    open_on = calendar.working_day_from(today + timedelta(days=1) if over else today)
    spans = calendar.hours_on(open_on).spans
    hours = ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans)
    phone = (office.phone if office else "") or found.phone
    return Fetching(place_of(view), phone, open_on, hours)


def _where(view: DossierView) -> tuple[Agency, Office | None]:
    offices = offices_of(view.agency)
    chosen = next((each for each in offices if each.id == view.office), None)
    return agency(view.agency), chosen or next(iter(offices), None)
