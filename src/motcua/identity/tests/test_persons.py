from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.identity.rules.persons import Details, email_of, phone_of, problems_of, tidy
from motcua.identity.tests.conftest import HUONG
from motcua.kernel.personal_id import PROVINCES

TODAY = date(2026, 11, 23)


@st.composite
def persons(draw):
    born = draw(st.dates(date(1900, 1, 1), TODAY))
    sex = draw(st.sampled_from(["male", "female"]))
    century = (born.year - 1900) // 100 * 2 + (sex == "female")
    number = (
        f"{draw(st.sampled_from(sorted(PROVINCES)))}{century}{born:%y}"
        f"{draw(st.integers(0, 999_999)):06}"
    )
    return replace(HUONG, personal_id=number, birth_date=born, sex=sex)


@given(persons())
def test_a_number_made_from_birth_and_sex_is_accepted(person):
    assert list(problems_of(person, on=TODAY)) == []


@given(persons(), st.integers(1, 99))
def test_another_year_of_birth_is_noticed(person, years):
    other = person.birth_date.year - years
    if other < 1900:
        return
    moved = replace(person, birth_date=date(other, 3, 1))
    assert "birth_date" in {p.at for p in problems_of(moved, on=TODAY)}


@given(persons())
def test_the_other_sex_is_noticed(person):
    other = replace(person, sex="male" if person.sex == "female" else "female")
    assert {p.at for p in problems_of(other, on=TODAY)} == {"sex"}


@given(persons(), st.sampled_from([" ", ".", "-", "\u00a0"]))
def test_how_the_digits_are_grouped_does_not_matter(person, between):
    number = person.personal_id
    grouped = between.join([number[:3], number[3:6], number[6:9], number[9:]])
    assert tidy(replace(person, personal_id=grouped)).personal_id == number


@given(st.text(max_size=40))
def test_tidying_twice_is_tidying_once(text):
    once = tidy(Details(text, text, None, text, text, text, text))
    assert tidy(once) == once


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "X"),
        ("name", "Nguyễn 2"),
        ("personal_id", "046195"),
        ("personal_id", "003195000123"),
        ("birth_date", None),
        ("birth_date", date(2026, 11, 24)),
        ("birth_date", date(1899, 12, 31)),
        ("sex", ""),
        ("phone", "0123"),
        ("phone", "chín một hai"),
        ("email", "huong"),
        ("email", "huong@example.vn\nBcc: x@example.vn"),
        ("email", "a" * 250 + "@example.vn"),
    ],
)
def test_each_wrong_answer_is_named_at_its_field(field, value):
    found = problems_of(replace(HUONG, **{field: value}), on=TODAY)
    assert [p.at for p in found] == [field]


def test_phones_and_addresses_have_one_spelling():
    assert phone_of("0912 345 678") == phone_of("+84 912.345.678") == "+84912345678"
    assert phone_of("+1 202 555 0143") == "+12025550143"
    assert email_of(" Huong@Example.VN ") == "huong@example.vn"
