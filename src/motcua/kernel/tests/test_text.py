"""Words hold nothing unseen, and stand in the order of a Vietnamese dictionary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.text import alphabetical, visible, visible_in


def test_letters_with_a_shape_of_their_own_follow_their_plain_ones():
    names = [
        "Ý Yên",
        "Đà Nẵng",
        "Dương Kinh",
        "Ân Thi",
        "Ăn",
        "An Biên",
        "Ưng",
        "Ung",
        "Ơ",
        "Ô",
        "O",
    ]
    right = [
        "An Biên",
        "Ăn",
        "Ân Thi",
        "Dương Kinh",
        "Đà Nẵng",
        "O",
        "Ô",
        "Ơ",
        "Ung",
        "Ưng",
        "Ý Yên",
    ]
    assert sorted(names, key=alphabetical) == right


def test_tones_part_only_what_is_spelt_the_same():
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma", "mẹ"], key=alphabetical) == [
        "ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "mẹ",
    ]


@given(st.lists(st.text()), st.randoms())
def test_any_words_have_one_order(words, chance):
    shuffled = list(words)
    chance.shuffle(shuffled)
    assert sorted(shuffled, key=alphabetical) == sorted(words, key=alphabetical)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nguyễn\u200b Thị \u202eLan\u202c\u2066\ufeff", "Nguyễn Thị Lan"),
        ("\u3164\u115f\u2800\u00ad\U000e0041", ""),
        ("An\x00\x1b[31m\x85", "An[31m"),
        ("dòng một\r\n\tdòng hai", "dòng một\r\n\tdòng hai"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f Lan\u200d", "👨\u200d👩\u200d👧 ❤\ufe0f Lan"),
    ],
)
def test_what_shows_nothing_or_turns_the_text_around_is_left_out(typed, kept):
    assert visible(typed) == kept
    assert visible_in({typed: [typed, 1, None]}) == {kept: [kept, 1, None]}


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "Zs"], max_codepoint=0x024F)))
def test_letters_digits_and_signs_are_kept_as_they_are(text):
    assert visible(text) == text
