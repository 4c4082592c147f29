"""Made-up dossiers that look like a year's real ones: for demonstrations and measurements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.kernel.actors import Role
from motcua.kernel.worktime import Limit, WorkingCalendar

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLE = "Văn Thị Minh Ngọc Thanh Quốc Đức Hồng Thu Xuân Gia Bảo Hải Kim Anh Tuấn".split()
GIVEN = (
    "An Anh Bình Châu Chi Cường Dũng Dung Đạt Giang Hà Hải Hạnh Hiếu Hòa Hương Khánh Lan Linh "
    "Long Mai Nam Nga Ngân Nhung Phong Phúc Phương Quân Quang Sơn Thảo Thắng Trang Trung Tú Vân Vy"
).split()

PATH = (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE, Step.RETURN)
REACHED = (
    State.NEW,
    State.RECEIVED,
    State.IN_PROCESS,
    State.IN_PROCESS,
    State.DONE,
    State.RETURNED,
)
ENDS = {Step.REFUSE: State.REFUSED, Step.WITHDRAW: State.WITHDRAWN, Step.STOP: State.STOPPED}
LATE_SHARE, GIVEN_UP_SHARE = 0.027, 0.06
TAKES = {
    Step.ACCEPT: Role.CLERK,
    Step.FORWARD: Role.CLERK,
    Step.PROPOSE: Role.SPECIALIST,
    Step.APPROVE: Role.LEADER,
    Step.RETURN: Role.CLERK,
    Step.REFUSE: Role.CLERK,
    Step.STOP: Role.CLERK,
}


@dataclass(frozen=True, slots=True)
class Place:
    """An agency to file at: its calendar and who holds its posts, as ``(id, name)``."""

    agency: str
    calendar: WorkingCalendar
    officials: Mapping[Role, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Taken:
    """One step of a made-up history."""

    step: Step
    before: str
    state: State
    stage: int
    by: str
    by_name: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Story:
    """One made-up dossier: when it was filed and due, and every step taken until ``now``."""

    applicant_name: str
    filed_at: datetime
    due_at: datetime
    history: tuple[Taken, ...]

    @property
    def state(self) -> State:
        """Where it stands now."""
        return self.history[-1].state


def a_name(rng: Random) -> str:
    """Return a full name as Vietnamese people bear them."""
    return f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}"


def a_moment(rng: Random, *, since: datetime, until: datetime) -> datetime:
    """Return a moment at which people file: any day, mostly in the day time."""
    days = max((until - since).days, 1)
    hour = min(max(rng.gauss(11, 3.5), 0.0), 23.9)
    midnight = since.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = midnight + timedelta(days=rng.randrange(days), hours=hour)
    return min(max(moment, since), until)


def a_story(
    rng: Random, place: Place, limit: Limit, *, applicant: str, since: datetime, now: datetime
) -> Story:
    """
    Return one believable dossier of a place.

    97.3 % of what is settled is settled on time, 6 % is refused, withdrawn or stopped, and what
    was filed lately is still under way.
    """
    name = a_name(rng)
    filed = a_moment(rng, since=since, until=now)
    due = Clock(filed_at=filed, limit=limit).due(place.calendar)
    span = max(due - filed, timedelta(hours=4))
    late = rng.random() < LATE_SHARE
    took = span * (rng.uniform(1.15, 2.5) if late else rng.uniform(0.25, 0.98))
    file = Taken(Step.FILE, "", State.NEW, 0, applicant, name, "", filed)
    if rng.random() < GIVEN_UP_SHARE:
        rest = _given_up(rng, place, applicant, name, filed, took)
    else:
        rest = _walked(place, filed, took)
    return Story(name, filed, due, (file, *(step for step in rest if step.at <= now)))


def _walked(place: Place, filed: datetime, took: timedelta) -> list[Taken]:
    taken = []
    for n, step in enumerate(PATH):
        by, by_name = place.officials[TAKES[step]]
        stage = min(n, 2)
        at = filed + took * ((n + 1) / (len(PATH) - 1) if n < len(PATH) - 1 else 1.1)
        taken.append(Taken(step, REACHED[n], REACHED[n + 1], stage, by, by_name, "", at))
    return taken


def _given_up(
    rng: Random, place: Place, applicant: str, name: str, filed: datetime, took: timedelta
) -> list[Taken]:
    step = rng.choice([Step.REFUSE, Step.WITHDRAW])
    by, by_name = (applicant, name) if step is Step.WITHDRAW else place.officials[TAKES[step]]
    reason = "Giấy tờ không thuộc thủ tục này." if step is Step.REFUSE else "Tôi không cần nữa."
    at = filed + took / 4
    return [Taken(step, State.NEW, ENDS[step], 0, by, by_name, reason, at)]
