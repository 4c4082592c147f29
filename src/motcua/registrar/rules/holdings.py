"""What the town's people own, run, owe and are insured for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from motcua.registrar.rules.history import Days
from motcua.registrar.rules.names import (
    CLINICS,
    FIRM_NAMES,
    FIRM_WORDS,
    TRADES,
)
from motcua.registrar.rules.town import Citizen, Home, couples
from motcua.registrar.rules.values import Insured
from motcua.registries.queries.answers import (
    Address,
    Card,
    Debt,
    Enterprise,
    Owner,
    Parcel,
    Period,
    Representative,
    TaxAccount,
)

USES = ("Đất ở tại đô thị", "Đất ở tại nông thôn", "Đất trồng cây lâu năm", "Đất trồng lúa")
KINDS = ("llc1", "llc1", "llc2", "joint-stock", "private", "household")
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
ADULT = 365 * 18
RETIRES_AT = 60


def tax_code(number: int) -> str | None:
    """Return the ten-digit code that nine digits make, ``None`` where they make none."""
    stem = f"{number:09}"
    check = 10 - sum(w * int(d) for w, d in zip(TAX_WEIGHTS, stem, strict=True)) % 11
    return None if check == 10 else f"{stem}{check}"


@dataclass(frozen=True, slots=True)
class Held:
    """A record and the days it holds."""

    days: Days
    value: Parcel | Enterprise | TaxAccount | Insured


class Holdings:
    """Makes up what people have, the same for the same people, day and seed."""

    def __init__(self, people: Sequence[Citizen], *, today: date, seed: int = 2026) -> None:
        self.today = today
        self.people = people
        self.adults = [p for p in people if (today - p.born).days > ADULT and p.died_on is None]
        self.rng = Random(f"{seed} holdings")  # noqa: S311 (nothing secret)
        self.enterprises: list[Enterprise] = []
        self.runs: dict[str, Enterprise] = {}

    def parcels(self) -> Iterator[Held]:
        """Yield the homes of couples; one in four was a parent's before."""
        for number, (man, woman) in enumerate(couples(self.people), start=1):
            if man.married_on is None or self.rng.random() > 0.6:
                continue
            since = man.married_on + timedelta(days=self.rng.randint(0, 2000))
            until_alive = min(p.died_on or self.today for p in (man, woman))
            if since >= until_alive:
                continue
            earlier = man.father if self.rng.random() < 0.25 else None
            if earlier is not None and earlier.married_on and earlier.married_on < since:
                before = Days(earlier.married_on, since)
                yield Held(before, self._parcel(number, man.last_home, (earlier,), before.first))
            yield Held(Days(since), self._parcel(number, man.last_home, (man, woman), since))

    def _parcel(self, number: int, home: Home, owners: tuple[Citizen, ...], since: date) -> Parcel:
        fixed = Random(number)  # noqa: S311 (the same for each version of a parcel)
        share = 100 // len(owners)
        return Parcel(
            unit=home.unit,
            sheet=1 + number // 300,
            number=1 + number % 300,
            area=fixed.randint(300, 4000),
            use=fixed.choice(USES),
            address=home.detail,
            owners=tuple(Owner(each.id, each.whole_name, share) for each in owners),
            certificate=f"{'AĐ' if since.year < 2015 else 'CS'} {fixed.randrange(10**6):06}",
            certified_on=since,
            burden="Thế chấp tại ngân hàng" if fixed.random() < 0.1 else "",
        )

    def registered(self) -> Iterator[Held]:
        """Yield enterprises, each run by one of the adults; a few were suspended since."""
        number = 10_100_000
        for person in self.adults:
            if self.rng.random() > 0.04:
                continue
            code = None
            while code is None:
                number += self.rng.randint(1, 40)
                code = tax_code(number)
            first = person.born + timedelta(days=self.rng.randint(ADULT, ADULT + 5000))
            since = min(max(first, date(2000, 1, 1)), self.today - timedelta(days=60))
            made = self._enterprise(code, person, since)
            self.enterprises.append(made)
            self.runs[person.id] = made
            yield Held(Days(since), made)

    def _enterprise(self, code: str, person: Citizen, since: date) -> Enterprise:
        rng, home = self.rng, person.last_home
        kind = rng.choice(KINDS)
        name = f"{rng.choice(FIRM_WORDS)} {rng.choice(FIRM_NAMES)}"
        forms = {"joint-stock": "Công ty cổ phần", "private": "Doanh nghiệp tư nhân"}
        form = forms.get(kind, "Hộ kinh doanh" if kind == "household" else "Công ty TNHH")
        title = "Chủ hộ" if kind == "household" else "Giám đốc"
        return Enterprise(
            tax_code=code,
            name=f"{form} {name}",
            short_name=name,
            kind=kind,
            state="suspended" if rng.random() < 0.06 else "active",
            registered_on=since,
            address=Address(home.unit, home.detail),
            capital=rng.choice((50, 100, 500, 1000, 5000, 20000)) * 1_000_000,
            business=tuple(rng.sample(TRADES, rng.randint(1, 3))),
            representatives=(Representative(person.id, person.whole_name, title),),
        )

    def taxpayers(self) -> Iterator[Held]:
        """Yield the accounts of adults (code: the personal id) and of enterprises."""
        for person in self.adults:
            since = max(person.born + timedelta(days=ADULT), date(2008, 1, 1))
            yield self._account(person.id, person.id, person.whole_name, since)
        for each in self.enterprises:
            yield self._account(each.tax_code, each.tax_code, each.name, each.registered_on)

    def _account(self, code: str, holder: str, name: str, since: date) -> Held:
        rng, year = self.rng, self.today.year
        owes = rng.random() < 0.05
        debt = Debt(
            "Thuế sử dụng đất phi nông nghiệp",
            str(year),
            date(year, 10, 31),
            rng.randint(2, 90) * 10_000,
        )
        account = TaxAccount(
            tax_code=code,
            holder=holder,
            name=name,
            state="active",
            opened_on=since,
            office="Chi cục Thuế thành phố Hà Nội",
            year=year,
            paid=rng.randint(0, 400) * 50_000,
            debts=(debt,) if owes else (),
        )
        return Held(Days(since), account)

    def insured(self) -> Iterator[Held]:
        """Yield the insurance of everybody who lives: children and the old have a card only."""
        for number, person in enumerate(self.people, start=10_000_000):
            if person.died_on is None:
                yield Held(Days(person.born), self._insured(person, f"01{number:08}"))

    def _insured(self, person: Citizen, number: str) -> Insured:
        age = (self.today - person.born).days // 365
        periods = self._periods(person, age)
        at_work = bool(periods) and periods[-1].last >= self.today
        retired = age >= RETIRES_AT and bool(periods)
        return Insured(
            person.id,
            person.whole_name,
            number,
            "retired" if retired else "paying" if at_work else "paused",
            periods[0].first if periods else person.born,
            periods[-1].employer if at_work else "",
            self._cards(person, age, at_work=at_work, number=number),
            periods,
        )

    def _periods(self, person: Citizen, age: int) -> tuple[Period, ...]:
        rng = self.rng
        if age < 19 or rng.random() < 0.3:
            return ()
        first = date(person.born.year + rng.randint(19, 23), rng.randint(1, 12), 1)
        last = date(person.born.year + RETIRES_AT, 1, 31)
        end = min(last, date(self.today.year, 12, 31))
        firm = rng.choice(self.enterprises).name if self.enterprises else "Công ty TNHH Hòa Bình"
        if first >= end:
            return ()
        change = date(first.year + (end.year - first.year) // 2, 6, 30)
        wage = rng.randint(45, 220) * 100_000
        if change <= first or rng.random() < 0.5:
            return (Period(first, end, firm, wage),)
        after = change + timedelta(days=1)
        return (
            Period(first, change, "Hợp tác xã Hồng Hà", wage * 7 // 10),
            Period(after, end, firm, wage),
        )

    def _cards(self, person: Citizen, age: int, *, at_work: bool, number: str) -> tuple[Card, ...]:
        if age < 6:
            letters, share = "TE1", 100
        elif at_work:
            letters, share = "DN4", 80
        else:
            letters, share = ("HT3", 95) if age >= RETIRES_AT else ("GD4", 80)
        year = self.today.year
        clinic = f"{CLINICS[int(person.id[-1]) % 3]} {person.last_home.unit}"
        first = max(date(year, 1, 1), person.born)
        card = Card(person.id, f"{letters}01{number}", first, date(year, 12, 31), clinic, share)
        return (card,)
