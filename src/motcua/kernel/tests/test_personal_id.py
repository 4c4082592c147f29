from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.personal_id import FLAW_MESSAGES, PROVINCES, Flaw, Sex, birth_year_in, flaw_in

people = st.tuples(
    st.sampled_from(sorted(PROVINCES)),
    st.dates(date(1900, 1, 1), date(2399, 12, 31)),
    st.sampled_from(Sex),
    st.integers(0, 999999),
)


def number_of(province, born, sex, serial):
    mark = 2 * (born.year // 100 - 19) + (sex == Sex.FEMALE)
    return f"{province}{mark}{born:%y}{serial:06}"


@given(people)
def test_a_number_made_by_the_rules_fits_its_person(person):
    _province, born, sex, _serial = person
    number = number_of(*person)
    assert flaw_in(number, birth_date=born, sex=sex) is None
    assert birth_year_in(number) == born.year


@given(people, st.integers(-90, 90).filter(bool))
def test_a_number_never_fits_another_year(person, years):
    born = person[1]
    if 1 <= born.year + years <= 9999:
        other = born.replace(year=born.year + years, day=1)
        assert flaw_in(number_of(*person), birth_date=other) is Flaw.BIRTH_YEAR


@given(people)
def test_a_number_never_fits_the_other_sex(person):
    other = Sex.MALE if person[2] == Sex.FEMALE else Sex.FEMALE
    assert flaw_in(number_of(*person), sex=other) is Flaw.SEX


@given(st.text(max_size=14))
def test_any_text_gets_an_answer_and_not_an_error(text):
    assert flaw_in(text) is None or flaw_in(text) in FLAW_MESSAGES


@pytest.mark.parametrize(
    ("number", "flaw"),
    [
        ("046192003718", None),
        ("04619200371", Flaw.SHAPE),
        ("046192003718\n", Flaw.SHAPE),
        ("٠٤٦192003718", Flaw.SHAPE),
        ("003192003718", Flaw.PROVINCE),
        ("101192003718", Flaw.PROVINCE),
    ],
)
def test_numbers_worked_by_hand(number, flaw):
    assert flaw_in(number) is flaw


def test_there_are_sixty_three_provinces_in_personal_numbers():
    assert len(PROVINCES) == 63
