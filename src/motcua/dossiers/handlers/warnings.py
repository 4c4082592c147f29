"""
Officials are told once a day what is near its end: a digest, never one notice a dossier.

Steps that come later on the same day and end on it are told of by the quarter of an hour.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime

from motcua.agencies.queries.absence import stand_ins
from motcua.agencies.queries.calendars import calendar_of
from motcua.agencies.queries.posts import serving
from motcua.dossiers.queries.warning import Warnings, steps_ending_today, warnings_of
from motcua.dossiers.rules.clock import day_of
from motcua.kernel.actors import Role
from motcua.kernel.text import N_
from motcua.kernel.worktime import start_of_clock
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell

COUNTED = ("late", "today", "soon", "stage", "unanswered")
WORKLIST = "/ban-lam-viec/"

LISTS = (
    ("late", "late"),
    ("today", "today"),
    ("stage", "stage-soon"),
    ("unanswered", "unanswered"),
    ("soon", "soon"),
)
"""What the digest counts, the most urgent first, and the view of the worklist that holds it."""

NEAR = Kind(
    "dossiers.near-due",
    N_("Dossiers that need you today"),
    N_(
        "Due today: {today}. Due within two days: {soon}. Overdue: {late}. "
        "At the end of their step's own time: {stage}. Filed online and not answered: {unanswered}."
    ),
    N_("Open the worklist"),
)
OVERDUE = Kind(
    "dossiers.overdue",
    N_("{count} dossiers of your agency are overdue"),
    N_(
        "See who has them, or give them to somebody else. They come first: it is too late to "
        "appoint them anew, and the result is returned at once."
    ),
    N_("Open the worklist"),
)
OPINIONS = Kind(
    "dossiers.opinions-due",
    N_("{count} opinions are asked of your agency by tomorrow"),
    N_("Other agencies wait for them. Overdue ones are counted as late."),
    N_("Open the opinions"),
)
STEPS = Kind(
    "dossiers.steps-end-today",
    N_("{count} dossiers have come whose step ends today"),
    N_("The first ends at {until:moment}. Begin with these: they come before what is due later."),
    N_("Open the worklist"),
    mail=False,
)
register_kinds(NEAR, OVERDUE, OPINIONS, STEPS)


def warn(agency: str, *, at: datetime) -> int:
    """
    Tell the officials of an agency what is near its end, once a working day; return how many.

    Who has dossiers in hand hears of those, who holds a role of those nobody has; leaders hear of
    what is overdue. Who stands in for a colleague hears of theirs, too. Outside
    working hours nobody is told.
    """
    calendar = calendar_of(agency)
    if start_of_clock(at, calendar) > at:
        return 0
    found, day = warnings_of(agency, at=at), day_of(at).isoformat()
    mine = _of_each(agency, found, at=at)
    told = sum(_near(person, agency, counts, day, at=at) for person, counts in mine.items())
    if found.late:
        late = (OVERDUE, found.late, f"{WORKLIST}?xem=late")
        told += _tell_role(agency, Role.LEADER, *late, day=day, at=at)
    if found.opinions:
        for role in (Role.SPECIALIST, Role.LEADER):
            asked = (OPINIONS, found.opinions, f"{WORKLIST}y-kien/")
            told += _tell_role(agency, role, *asked, day=day, at=at)
    return told


def warn_of_steps(agency: str, *, at: datetime) -> int:
    """
    Tell of steps that began today and end today, in time; return how many were told.

    Each of those who have them hears once of what came in one quarter of an hour, also where it
    is given to them later. Outside working hours nobody is told.
    """
    if start_of_clock(at, calendar_of(agency)) > at:
        return 0
    told = 0
    for came, (found, first) in steps_ending_today(agency, at=at).items():
        for person, counts in _of_each(agency, found, at=at).items():
            facts = {"count": str(counts["stage"]), "until": first.isoformat()}
            link, source = f"{WORKLIST}?cua=post&xem=stage-soon", came.isoformat()
            told += tell(
                person, STEPS.name, subject=agency, facts=facts, link=link, at=at, source=source
            )
    return told


def _of_each(agency: str, found: Warnings, *, at: datetime) -> dict[str, Counter[str]]:
    """Return what each official is told of: in their hand, in that of whom they stand in for."""
    mine: defaultdict[str, Counter[str]] = defaultdict(Counter)
    deputies = stand_ins(agency, at=at)
    for person, counts in found.by_holder.items():
        for one in {person, deputies.get(person, person)}:
            mine[one].update(counts)
    for role, counts in found.by_role.items():
        for one in serving(agency, role, at=at):
            mine[one].update(counts)
    return mine


def _near(person: str, agency: str, counts: Mapping[str, int], day: str, *, at: datetime) -> bool:
    facts = {name: str(counts.get(name, 0)) for name in COUNTED}
    view = next((view for kind, view in LISTS if counts.get(kind)), "week")
    link = f"{WORKLIST}?cua=post&xem={view}"
    return tell(person, NEAR.name, subject=agency, facts=facts, link=link, at=at, source=day)


def _tell_role(
    agency: str, role: Role, kind: Kind, count: int, link: str, *, day: str, at: datetime
) -> int:
    facts = {"count": str(count)}
    return sum(
        tell(person, kind.name, subject=agency, facts=facts, link=link, at=at, source=day)
        for person in sorted(serving(agency, role, at=at))
    )
