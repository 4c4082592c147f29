"""Made-up people, moments and places that look real: for demonstrations and measurements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from motcua.dossiers.rules.believable_hours import OfficeHours
from motcua.kernel.actors import Role
from motcua.kernel.personal_id import Sex
from motcua.kernel.worktime import Limit, WorkingCalendar

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý".split()
MIDDLE = {
    Sex.MALE: "Văn Minh Quốc Đức Thanh Hữu Xuân Gia Hải Anh Tuấn Công Đình Quang Ngọc".split(),
    Sex.FEMALE: "Thị Minh Ngọc Thanh Hồng Thu Xuân Bảo Kim Anh Phương Thúy Hoài Mai Diệu".split(),
}
GIVEN = {
    Sex.MALE: (
        "An Bình Cường Dũng Đạt Hải Hiếu Hòa Hùng Khánh Lâm Long Nam Phong Phúc Quân Quang Sơn "
        "Thắng Trung Tú Vinh"
    ).split(),
    Sex.FEMALE: (
        "An Anh Châu Chi Dung Giang Hà Hạnh Hương Lan Linh Mai Nga Ngân Nhung Phương Thảo Trang "
        "Vân Vy Yến Thủy"
    ).split(),
}
_PRIME = 7919
_BORN_SINCE, _BORN_WITHIN = date(1962, 1, 1), 42 * 365

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up grown-up; the personal number agrees with the day of birth and the sex."""

    name: str
    sex: Sex
    born: date

    def personal_id(self, number: int) -> str:
        """Return the personal number of the one of this name who stands at ``number``."""
        century = 2 * (self.born.year >= 2000) + (self.sex is Sex.FEMALE)
        return f"001{century}{self.born.year % 100:02}{number % 1_000_000:06}"


@dataclass(frozen=True, slots=True)
class Place:
    """
    An agency to file at: its calendar and who holds its posts, each ``(id, name)``.

    ``office`` is the number of the one-stop office where what is not filed online comes in;
    ``procedures`` are the codes of what it takes, None for everything; ``unit`` are the province
    and the commune that those who file there name.
    """

    agency: str
    calendar: WorkingCalendar
    officials: Mapping[Role, Sequence[tuple[str, str]]]
    weight: float = 1.0
    office: int | None = None
    procedures: frozenset[str] | None = None
    unit: tuple[str, str] | None = None
    _hours: list[OfficeHours] = field(default_factory=list, compare=False, repr=False)

    def hours(self, around: date) -> OfficeHours:
        """Return its working time, reckoned once, around the first day that is asked about."""
        if not self._hours:
            self._hours.append(OfficeHours(self.calendar, around=around))
        return self._hours[0]


@dataclass(frozen=True, slots=True)
class Matter:
    """
    What is filed: the time allowed and the roles of its workflow, the desk first.

    ``channels`` are the numbers of the ways it may be filed; ``papers`` and ``fields`` what a
    supplement can be asked for; ``fees`` what it costs in each of these ways, in dong.
    """

    limits: Mapping[int, Limit]
    workflow: Sequence[Role]
    papers: Sequence[str] = ()
    fields: Sequence[str] = ()
    fees: Mapping[int, int] = field(default_factory=dict)

    @property
    def channels(self) -> Sequence[int]:
        """The ways it may be filed."""
        return tuple(self.limits)


def person_of(number: int) -> Person:
    """Return a made-up person, always the same one; those of odd numbers are women."""
    sex = Sex.FEMALE if number % 2 else Sex.MALE
    mixed = number // 2 * _PRIME
    first, rest = mixed % len(FAMILY), mixed // len(FAMILY)
    second, rest = rest % len(MIDDLE[sex]), rest // len(MIDDLE[sex])
    name = f"{FAMILY[first]} {MIDDLE[sex][second]} {GIVEN[sex][rest % len(GIVEN[sex])]}"
    return Person(name, sex, _BORN_SINCE + timedelta(days=mixed * 37 % _BORN_WITHIN))


def name_of(number: int) -> str:
    """Return the full name of a made-up person, as Vietnamese people bear them."""
    return person_of(number).name


def a_visit(rng: Random, hours: OfficeHours, *, since: datetime, until: datetime) -> datetime:
    """Return a moment at which people come to a counter: while it is open."""
    first, last = hours.position(since), hours.position(until)
    first = min(first, last - 0.05)
    return hours.moment(first + rng.random() * (last - first))


def a_moment(rng: Random, *, since: datetime, until: datetime) -> datetime:
    """Return a moment at which people file: any day, mostly in the day time."""
    days = max((until - since).days, 1)
    hour = min(max(rng.gauss(11, 3.5), 0.0), 23.9)
    moment = _midnight(since) + timedelta(days=int(rng.random() * days), hours=hour)
    return min(max(moment, since), until)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
