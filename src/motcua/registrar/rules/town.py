"""A town of families over three generations: the same for the same seed, size and day."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from motcua.registrar.rules.names import (
    BLOODS,
    PEOPLES,
    PEOPLES_WEIGHTS,
    RELIGIONS,
    RELIGIONS_WEIGHTS,
    STREETS,
    family_name,
    own_name,
    parts_of,
)

YEAR = 365.25
BORN_IN = ("001", "001", "001", "001", "030", "034", "035", "036", "038", "040")
"""Where the town's people come from: most are its own."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who must live in the town, with the ids of a mother and a spouse where known."""

    id: str
    name: str
    sex: str
    born: date
    mother: str = ""
    spouse: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """A household: its number, the code of its commune, its street and house."""

    number: str
    unit: str
    detail: str


@dataclass(slots=True, eq=False)
class Citizen:
    """One of the town's people, while their life is made up."""

    id: str
    name: tuple[str, str, str]
    sex: str
    born: date
    home: Home
    ethnicity: str = "Kinh"
    religion: str = "Không"
    blood: str = "O"
    father: "Citizen | None" = None
    mother: "Citizen | None" = None
    spouse: "Citizen | None" = None
    married_on: date | None = None
    new_home: Home | None = None
    died_on: date | None = None
    children: "list[Citizen]" = field(default_factory=list)

    @property
    def whole_name(self) -> str:
        """Return the name as it is written."""
        return " ".join(part for part in self.name if part)

    @property
    def last_home(self) -> Home:
        """Return where they live in the end."""
        return self.new_home or self.home


class Town:
    """Makes people up: first those who must be there with their relatives, then all others."""

    def __init__(self, units: Sequence[str], *, today: date, seed: int = 2026) -> None:
        self.units, self.today = units, today
        self.rng = Random(seed)  # noqa: S311 (nothing secret)
        self.people: list[Citizen] = []
        self._taken: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def settle(self, known: Sequence[Known], size: int) -> list[Citizen]:
        """Return at least ``size`` people, those who are ``known`` among them."""
        self._taken |= {each.id for each in known}
        self._settle_known(known)
        while len(self.people) < size:
            self._generation(min(400, (size - len(self.people)) // 6 + 1))
        return self.people

    def _settle_known(self, known: Sequence[Known]) -> None:
        made = {each.id: self._known(each) for each in known}
        for each in known:
            if each.mother:
                self._as_mother(made[each.mother], made[each.id])
        for each in known:
            person = made[each.id]
            if person.father is None:
                self._give_parents(person)
        for each in known:
            person = made[each.id]
            if person.spouse is None and self.today.year - person.born.year >= 25:
                partner = made[each.spouse] if each.spouse else self._partner_for(person)
                self._marry(person, partner, children=not person.children)

    def _known(self, each: Known) -> Citizen:
        person = Citizen(each.id, parts_of(each.name), each.sex, each.born, self._home())
        self.people.append(person)
        return person

    def _as_mother(self, mother: Citizen, child: Citizen) -> None:
        father = self._person("male", self._older(mother, 1, 5), child.name[0])
        self._wed(father, mother, self._between(mother.born, 20, 25))
        self._bear(father, mother, child)

    def _give_parents(self, child: Citizen) -> None:
        mother = self._person("female", self._older(child, 22, 32), family_name(self.rng))
        father = self._person("male", self._older(mother, 0, 6), child.name[0])
        self._wed(father, mother, self._between(mother.born, 19, 22))
        self._bear(father, mother, child)

    def _partner_for(self, person: Citizen) -> Citizen:
        other = "female" if person.sex == "male" else "male"
        born = person.born + timedelta(days=self.rng.randint(-1400, 1400))
        partner = self._person(other, born, family_name(self.rng))
        self._give_parents(partner)
        return partner

    def _generation(self, couples: int) -> None:
        young: list[Citizen] = []
        for _ in range(couples):
            father = self._person("male", self._in_years(1944, 1962), family_name(self.rng))
            born = father.born + timedelta(days=self.rng.randint(0, 2200))
            mother = self._person("female", born, family_name(self.rng))
            self._wed(father, mother, self._between(mother.born, 19, 23))
            young += self._children(father, mother, self.rng.choice((2, 2, 3)))
        men = sorted((p for p in young if p.sex == "male"), key=lambda p: p.born)
        women = sorted((p for p in young if p.sex == "female"), key=lambda p: p.born)
        for man, woman in zip(men, women, strict=False):
            near = abs((man.born - woman.born).days) < 8 * YEAR
            if near and man.father is not woman.father and self.rng.random() < 0.9:
                self._marry(man, woman)
        for person in young:
            self._perhaps_die(person.father)

    def _marry(self, one: Citizen, other: Citizen, *, children: bool = True) -> None:
        man, woman = (one, other) if one.sex == "male" else (other, one)
        younger = max(man.born, woman.born)
        on = self._between(younger, 21, 27)
        if on >= self.today:
            return
        self._wed(man, woman, on)
        home = self._home()
        man.new_home = woman.new_home = home
        if children:
            self._children(man, woman, self.rng.choice((1, 2, 2, 3)))

    def _wed(self, man: Citizen, woman: Citizen, on: date) -> None:
        man.spouse, woman.spouse = woman, man
        man.married_on = woman.married_on = on
        man.new_home = woman.new_home = man.home

    def _children(self, father: Citizen, mother: Citizen, count: int) -> list[Citizen]:
        made = []
        born = (mother.married_on or self.today) + timedelta(days=self.rng.randint(300, 900))
        for _ in range(count):
            if born >= self.today or (born - mother.born).days > 44 * YEAR:
                break
            child = self._person(self.rng.choice(("male", "female")), born, father.name[0])
            self._bear(father, mother, child)
            made.append(child)
            born += timedelta(days=self.rng.randint(550, 1700))
        return made

    def _bear(self, father: Citizen, mother: Citizen, child: Citizen) -> None:
        child.father, child.mother = father, mother
        child.home, child.ethnicity = father.last_home, father.ethnicity
        father.children.append(child)
        mother.children.append(child)

    def _perhaps_die(self, person: Citizen | None) -> None:
        if person is None or person.died_on is not None or self.rng.random() > 0.08:
            return
        youngest = max(child.born for child in person.children)
        self._die(person, max(youngest + timedelta(days=400), self._between(person.born, 55, 60)))

    def _die(self, person: Citizen, earliest: date) -> None:
        days = (self.today - earliest).days
        if days > 30:
            person.died_on = earliest + timedelta(days=self.rng.randrange(days))

    def _person(self, sex: str, born: date, family: str) -> Citizen:
        middle, given = own_name(sex, self.rng)
        person = Citizen(
            self._new_id(sex, born),
            (family, middle, given),
            sex,
            born,
            self._home(),
            self.rng.choices(PEOPLES, PEOPLES_WEIGHTS)[0],
            self.rng.choices(RELIGIONS, RELIGIONS_WEIGHTS)[0],
            self.rng.choice(BLOODS),
        )
        self.people.append(person)
        return person

    def _new_id(self, sex: str, born: date) -> str:
        digit = 2 * ((born.year - 1900) // 100) + (sex == "female")
        stem = f"{self.rng.choice(BORN_IN)}{digit}{born:%y}"
        while (number := f"{stem}{self.rng.randrange(900_000):06}") in self._taken:
            pass
        self._taken.add(number)
        return number

    def _home(self) -> Home:
        unit = self.rng.choice(self.units)
        self._numbers[unit] += 1
        detail = f"Số {self.rng.randint(1, 250)} phố {self.rng.choice(STREETS)}"
        return Home(f"{unit}-{self._numbers[unit]:06}", unit, detail)

    def _in_years(self, first: int, last: int) -> date:
        return date(first, 1, 1) + timedelta(days=self.rng.randrange((last - first + 1) * 365))

    def _between(self, born: date, youngest: int, oldest: int) -> date:
        return born + timedelta(
            days=self.rng.randint(round(youngest * YEAR) + 1, round(oldest * YEAR))
        )

    def _older(self, than: Citizen, least: int, most: int) -> date:
        return than.born - timedelta(days=self.rng.randint(round(least * YEAR), round(most * YEAR)))


def couples(people: Sequence[Citizen]) -> Iterator[tuple[Citizen, Citizen]]:
    """Yield each married couple once, the husband first."""
    for person in people:
        if person.sex == "male" and person.spouse is not None:
            yield person, person.spouse
