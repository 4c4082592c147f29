"""What the town's people own, run, owe and are insured for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from motcua.registrar.rules.history import Days, versions
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
PLOT_TAX = "Thuế sử dụng đất phi nông nghiệp"
ASSESSED = ((3, 31), (4, 30), (5, 31))
"""Months and days on which taxes of a year are assessed."""
COOPERATIVE = "Hợp tác xã Hồng Hà"
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
        self.suspended: dict[str, date] = {}
        self.past = Random(f"{seed} past")  # noqa: S311 (nothing secret)

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
        """Yield enterprises through time, each run by one of the adults; a few were suspended."""
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
            yield from self._through(made, person)

    def _through(self, now: Enterprise, person: Citizen) -> Iterator[Held]:
        """Yield an enterprise from its registration on: it moves with its owner's wedding."""
        since, events = now.registered_on, list[tuple[date, dict[str, Any]]]()
        begun = replace(now, state="active")
        if person.married_on is not None and since < person.married_on:
            begun = replace(begun, address=Address(person.home.unit, person.home.detail))
            events.append((person.married_on, {"address": now.address}))
        if now.state == "suspended":
            days = (self.today - since).days
            on = since + timedelta(days=self.past.randint(min(30, days), days))
            self.suspended[now.tax_code] = on
            events.append((on, {"state": "suspended"}))
        yield from (Held(days, value) for days, value in versions(begun, since, events))

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
        """Yield the accounts of adults (code: the personal id) and of enterprises, since 2025."""
        for person in self.adults:
            since = max(person.born + timedelta(days=ADULT), date(2008, 1, 1))
            yield from self._account(person.id, person.whole_name, since)
        for each in self.enterprises:
            yield from self._account(each.tax_code, each.name, each.registered_on)

    def _account(self, code: str, name: str, since: date) -> Iterator[Held]:
        """Yield an account: each year begins with nothing paid, and is assessed once."""
        rng, year = self.rng, self.today.year
        owes, owed = rng.random() < 0.05, rng.randint(2, 90) * 10_000
        paid = rng.randint(0, 400) * 50_000
        first = max(since, date(year - 1, 1, 1))
        begun = TaxAccount(
            tax_code=code,
            holder=code,
            name=name,
            state="active",
            opened_on=since,
            office="Chi cục Thuế thành phố Hà Nội",
            year=first.year,
            paid=0,
        )
        events: list[tuple[date, dict[str, Any]]] = []
        for each in (year - 1, year):
            debt = Debt(PLOT_TAX, str(each), date(each, 10, 31), owed)
            then = paid if each == year else paid * 9 // 10
            events.append((date(each, 1, 1), {"year": each, "paid": 0, "debts": ()}))
            assessed = {"paid": then, "debts": (debt,) if owes else ()}
            events.append((date(each, *self.past.choice(ASSESSED)), assessed))
        if (on := self.suspended.get(code)) is not None:
            events.append((on, {"state": "suspended"}))
        known = [event for event in events if first < event[0] <= self.today]
        if on is not None and on <= first:
            begun = replace(begun, state="suspended")
        for days, value in versions(begun, first, known):
            yield Held(days, value)

    def insured(self) -> Iterator[Held]:
        """Yield the insurance of everybody who lives: children and the old have a card only."""
        for number, person in enumerate(self.people, start=10_000_000):
            if person.died_on is None:
                yield from self._insured(person, f"01{number:08}")

    def _insured(self, person: Citizen, number: str) -> Iterator[Held]:
        """Yield one's insurance from birth on: each employment, the pension, this year's card."""
        age = (self.today - person.born).days // 365
        periods = self._periods(person, age)
        carded = max(date(self.today.year, 1, 1), person.born)
        at_work = any(each.first <= carded <= each.last for each in periods)
        card = self._card(person, age, carded, at_work=at_work, number=number)
        begun = Insured(person.id, person.whole_name, number, "paused", person.born, "", (), ())
        events: list[tuple[date, dict[str, Any]]] = [(carded, {"cards": (card,)})]
        for count, each in enumerate(periods, start=1):
            paying = {"state": "paying", "since": periods[0].first, "employer": each.employer}
            events.append((each.first, {**paying, "periods": periods[:count]}))
        if periods and periods[-1].last < self.today:
            ended = periods[-1].last + timedelta(days=1)
            events.append((ended, {"state": "retired", "employer": ""}))
        for days, value in versions(begun, person.born, events):
            yield Held(days, value)

    def _periods(self, person: Citizen, age: int) -> tuple[Period, ...]:
        rng = self.rng
        if age < 19 or rng.random() < 0.3:
            return ()
        first = date(person.born.year + rng.randint(19, 23), rng.randint(1, 12), 1)
        last = date(person.born.year + RETIRES_AT, 1, 31)
        end = min(last, date(self.today.year, 12, 31))
        if first > self.today or first >= end:
            return ()
        change = date(first.year + (end.year - first.year) // 2, 6, 30)
        wage = rng.randint(45, 220) * 100_000
        if change <= first or change >= self.today or rng.random() < 0.5:
            return (Period(first, end, self._employer(first), wage),)
        after = change + timedelta(days=1)
        return (
            Period(first, change, COOPERATIVE, wage * 7 // 10),
            Period(after, end, self._employer(after), wage),
        )

    def _employer(self, on: date) -> str:
        """Return who employed somebody from a day on: a firm that was there by then."""
        firm = self.rng.choice(self.enterprises) if self.enterprises else None
        return firm.name if firm is not None and firm.registered_on <= on else COOPERATIVE

    def _card(self, person: Citizen, age: int, first: date, *, at_work: bool, number: str) -> Card:
        if age < 6:
            letters, share = "TE1", 100
        elif at_work:
            letters, share = "DN4", 80
        else:
            letters, share = ("HT3", 95) if age >= RETIRES_AT else ("GD4", 80)
        clinic = f"{CLINICS[int(person.id[-1]) % 3]} {person.last_home.unit}"
        until = date(first.year, 12, 31)
        return Card(person.id, f"{letters}01{number}", first, until, clinic, share)
