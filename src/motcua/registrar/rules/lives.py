"""From a made-up life to the versions of a person's record: birth, marriage, widowhood, death."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from motcua.registrar.rules.history import Days, versions
from motcua.registrar.rules.town import Citizen, Home
from motcua.registries.queries.answers import Address, Name, Person, Registration, Relative

CARDS_SINCE = date(2021, 1, 1)
"""Since when cards with a chip are issued."""


def versions_of(citizen: Citizen, *, today: date) -> Iterator[tuple[Days, Person]]:
    """Yield what the population register says of somebody, from birth on, without a gap."""
    yield from versions(_at_birth(citizen), citizen.born, _events(citizen, today))


def _events(citizen: Citizen, today: date) -> Iterator[tuple[date, dict[str, Any]]]:
    wed = citizen.married_on
    if citizen.spouse is not None and wed is not None:
        yield wed, _married(citizen, citizen.spouse, wed)
        widowed = citizen.spouse.died_on
        if widowed is not None and (citizen.died_on is None or widowed < citizen.died_on):
            yield widowed, {"marriage": "widowed"}
    if (issued := _card_day(citizen)) <= min(today, citizen.died_on or today):
        yield (
            issued,
            {
                "card_number": citizen.id,
                "card_issued_on": issued,
                "card_expires_on": _card_end(citizen, issued),
            },
        )
    if (died := citizen.died_on) is not None:
        yield died, {"died": Registration(_number("KT", citizen.id, died), died, _unit(citizen))}


def _at_birth(citizen: Citizen) -> Person:
    native = citizen.father.id[1:3] if citizen.father is not None else citizen.id[1:3]
    place = Address(citizen.id[1:3], "")
    return Person(
        id=citizen.id,
        name=Name(*citizen.name),
        sex=citizen.sex,
        birth_date=citizen.born,
        birth_place=place,
        birth=Registration(_number("KS", citizen.id, citizen.born), citizen.born, place.unit),
        native_place=Address(native, ""),
        ethnicity=citizen.ethnicity,
        religion=citizen.religion,
        nationality="VN",
        marriage="single",
        residence=_address(citizen.home),
        current=_address(citizen.home),
        household=citizen.home.number,
        father=_relative("father", citizen.father),
        mother=_relative("mother", citizen.mother),
        blood=citizen.blood,
    )


def _married(citizen: Citizen, spouse: Citizen, on: date) -> dict[str, Any]:
    home = citizen.last_home
    return {
        "marriage": "married",
        "spouse": _relative("spouse", spouse),
        "married": Registration(_number("KH", min(citizen.id, spouse.id), on), on, home.unit),
        "residence": _address(home),
        "current": _address(home),
        "household": home.number,
    }


def _card_day(citizen: Citizen) -> date:
    """Return when somebody got their card: at 14 and a month, or when those cards began."""
    day = 1 + int(citizen.id[-2:]) % 28
    at_fourteen = date(citizen.born.year + 14, citizen.born.month, 28)
    since = date(CARDS_SINCE.year, 1 + int(citizen.id[-4:-2]) % 12, day)
    return max(at_fourteen, since)


def _card_end(citizen: Citizen, issued: date) -> date | None:
    """Return when a card ends: at 25, 40 and 60 years of age, never after."""
    ends = (date(citizen.born.year + age, citizen.born.month, 28) for age in (25, 40, 60))
    for before, end in pairwise((date.min, *ends)):
        if before <= issued < end:
            return end
    return None


def _relative(kin: str, other: Citizen | None) -> Relative | None:
    return None if other is None else Relative(kin, other.id, other.whole_name, other.born)


def _address(home: Home) -> Address:
    return Address(home.unit, home.detail)


def _unit(citizen: Citizen) -> str:
    return citizen.last_home.unit


def _number(book: str, person: str, on: date) -> str:
    return f"{1 + int(person[-6:]) % 400}/{on.year}/{book}"
