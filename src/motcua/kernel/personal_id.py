"""
The 12-digit personal identification number: what its digits say about a person.

There is no check digit. What can be checked is whether the number agrees with itself and with the
person: three digits for the province of birth registration (the 63 provinces before 2025-07-01,
still used after), one for century and sex, two for the year of birth, six at random
(Decree 137/2015/NĐ-CP art. 13, Circular 07/2016/TT-BCA).
"""

import re
from datetime import date
from enum import StrEnum

from motcua.kernel.text import N_


class Sex(StrEnum):
    """The sex on a person's civil-status papers."""

    MALE = "male"
    FEMALE = "female"


class Flaw(StrEnum):
    """Why a number cannot be this person's."""

    SHAPE = "shape"
    PROVINCE = "province"
    BIRTH_YEAR = "birth_year"
    SEX = "sex"


FLAW_MESSAGES = {
    Flaw.SHAPE: N_("Enter the 12 digits of the personal identification number."),
    Flaw.PROVINCE: N_("Check the first three digits: they are not the code of a province."),
    Flaw.BIRTH_YEAR: N_("Check the number or the birth date: they give different years of birth."),
    Flaw.SEX: N_("Check the number or the sex: they do not agree."),
}

# fmt: off
_PROVINCE_NUMBERS = (
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33,
    34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66,
    67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
)
# fmt: on
PROVINCES = frozenset(f"{number:03}" for number in _PROVINCE_NUMBERS)
"""The codes of the 63 provinces of before 2025-07-01, which personal numbers keep."""

_DIGITS = re.compile(r"[0-9]{12}")


def birth_year_in(number: str) -> int:
    """Return the year of birth that a well-formed ``number`` carries."""
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])


def sex_in(number: str) -> Sex:
    """Return the sex that a well-formed ``number`` carries."""
    return Sex.FEMALE if int(number[3]) % 2 else Sex.MALE


def flaw_in(number: str, *, birth_date: date | None = None, sex: str | None = None) -> Flaw | None:
    """
    Return the first reason why ``number`` cannot be the person's, or None where there is none.

    What is not given is not compared; ``sex`` is a value of `Sex`.
    """
    if not _DIGITS.fullmatch(number):
        return Flaw.SHAPE
    if number[:3] not in PROVINCES:
        return Flaw.PROVINCE
    if birth_date is not None and birth_date.year != birth_year_in(number):
        return Flaw.BIRTH_YEAR
    if sex is not None and sex != sex_in(number):
        return Flaw.SEX
    return None
