"""What a code says of whose it is and when it began."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.sync.rules.codes import Place, member_of, place_of, top_of_member
from motcua.sync.rules.persons import DUMMY, MALFORMED, MISSING, flags_of, person_hash


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("000.00.16.H57-200917-0001", Place("H57", 2020)),
        ("H56.14-240823-0001", Place("H56", 2024)),
        ("G01-991231-12345", Place("G01", 2099)),
        ("000.00.16.H57-209917-0001", Place("H57", 0)),
        ("000.00.16.H57-20230917-0001", Place("H57", 0)),
        ("000.00.16.H57-0001", Place("H57", 0)),
        ("BNV-240823-0001", None),
        ("000.00.16.H57", None),
        ("000.00.16.H57-240823-", None),
        ("000.00.16.H57-240823-00 01", None),
        ("H57-240823-" + "1" * 60, None),
        ("", None),
    ],
)
def test_a_code_names_its_member_and_year(code, place):
    assert place_of(code) == place


@given(st.text(max_size=70))
def test_any_text_is_a_place_or_none(code):
    place = place_of(code)
    assert place is None or (place.member in code and (not place.year or 2000 <= place.year < 2100))


def test_a_member_is_the_agency_of_its_first_level_code():
    assert top_of_member(member_of("H26")) == "H26"
    assert top_of_member("000.00.01.H26") is None
    assert top_of_member("H26") is None


@pytest.mark.parametrize(
    ("number", "flags"),
    [
        ("001195012345", 0),
        ("012345678", 0),
        ("0100109106", 0),
        ("0100109106-001", 0),
        ("", MISSING),
        ("000000001", DUMMY),
        ("111111111", DUMMY),
        ("123456789", DUMMY),
        ("0", DUMMY),
        ("999195012345", MALFORMED),
        ("Nguyễn Văn A", MALFORMED),
    ],
)
def test_a_number_made_up_to_fill_the_field_is_known_as_such(number, flags):
    assert flags_of(number) == flags


def test_a_hash_says_nothing_without_its_key():
    assert person_hash("001195012345", key=b"a") != person_hash("001195012345", key=b"b")
    assert len(person_hash("001195012345", key=b"a")) == 16
