"""Words stand in the order of a Vietnamese dictionary."""

from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.text import alphabetical


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
