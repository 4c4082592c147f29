"""Made-up people, moments and places that look real: for demonstrations and measurements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from motcua.kernel.actors import Role
from motcua.kernel.worktime import ZONE, Limit, WorkingCalendar

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLE = "Văn Thị Minh Ngọc Thanh Quốc Đức Hồng Thu Xuân Gia Bảo Hải Kim Anh Tuấn".split()
GIVEN = (
    "An Anh Bình Châu Chi Cường Dũng Dung Đạt Giang Hà Hải Hạnh Hiếu Hòa Hương Khánh Lan Linh "
    "Long Mai Nam Nga Ngân Nhung Phong Phúc Phương Quân Quang Sơn Thảo Thắng Trang Trung Tú Vân Vy"
).split()
_PRIME = 7919

ONE_DAY = timedelta(days=1)
_OPENS, _CLOSES = 7.5, 16.9


@dataclass(frozen=True, slots=True)
class Place:
    """
    An agency to file at: its calendar and who holds its posts, each ``(id, name)``.

    ``office`` is the number of the one-stop office where what is not filed online comes in.
    """

    agency: str
    calendar: WorkingCalendar
    officials: Mapping[Role, Sequence[tuple[str, str]]]
    weight: float = 1.0
    office: int | None = None
    _worked: dict[date, date] = field(default_factory=dict, compare=False, repr=False)

    def at_work(self, moment: datetime) -> datetime:
        """Return a moment, or one soon after it, on a day and at an hour when officials work."""
        day = moment.date()
        worked = self._worked.get(day)
        if worked is None:
            self._worked[day] = worked = self.calendar.working_day_from(day)
        hours = moment.hour + moment.minute / 60
        if day == worked and _OPENS <= hours <= _CLOSES:
            return moment
        if day == worked and hours > _CLOSES:
            return self.at_work(_midnight(moment) + ONE_DAY)
        start = datetime(worked.year, worked.month, worked.day, 7, 30, tzinfo=ZONE)
        return start + timedelta(minutes=moment.minute, seconds=moment.second)


@dataclass(frozen=True, slots=True)
class Matter:
    """
    What is filed: the time allowed and the roles of its workflow, the desk first.

    ``channels`` are the numbers of the ways it may be filed; ``papers`` and ``fields`` what a
    supplement can be asked for.
    """

    limits: Mapping[int, Limit]
    workflow: Sequence[Role]
    papers: Sequence[str] = ()
    fields: Sequence[str] = ()

    @property
    def channels(self) -> Sequence[int]:
        """The ways it may be filed."""
        return tuple(self.limits)


def name_of(number: int) -> str:
    """Return the full name of a made-up person, as Vietnamese people bear them."""
    mixed = number * _PRIME
    first, rest = mixed % len(FAMILY), mixed // len(FAMILY)
    second, rest = rest % len(MIDDLE), rest // len(MIDDLE)
    return f"{FAMILY[first]} {MIDDLE[second]} {GIVEN[rest % len(GIVEN)]}"


def a_moment(rng: Random, *, since: datetime, until: datetime) -> datetime:
    """Return a moment at which people file: any day, mostly in the day time."""
    days = max((until - since).days, 1)
    hour = min(max(rng.gauss(11, 3.5), 0.0), 23.9)
    moment = _midnight(since) + timedelta(days=int(rng.random() * days), hours=hour)
    return min(max(moment, since), until)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
