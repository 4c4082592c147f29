import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.rules.highlighting import pieces_of
from motcua.catalogue.rules.ranking import Candidate, ranked
from motcua.catalogue.rules.seeking import (
    Known,
    Sense,
    mended,
    senses_of,
    slips_between,
    told,
    weights_of,
)
from motcua.catalogue.rules.words import words
from motcua.kernel.folding import fold, tidy

VIETNAMESE = st.text(
    "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂĐÊÔƠƯàáảãạằắẵặầấẩẫậèéẽẹềếễệìíĩịòóõọồốộờớợùúủũụừứựỳýỹ .,-1"
)


@given(VIETNAMESE)
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
    assert fold(text).isascii()


@pytest.mark.django_db
def test_the_database_folds_as_we_do():
    titles = [
        "Đăng ký KHAI SINH (lưu động)",
        "Cấp thẻ “ABTC” – tem",
        "Quyết định 5.000 m3/ngày; ỹ Ặ ỡ Ậ",
    ]
    with connection.cursor() as cursor:
        for title in titles:
            cursor.execute("SELECT catalogue_fold(%s)", [title])
            assert cursor.fetchone() == (fold(title),)


def test_a_text_in_two_part_letters_and_control_characters_is_tidied():
    assert tidy("Hộ\x00  tịch\t\n\n x") == "Hộ tịch\nx"


@given(VIETNAMESE, st.lists(VIETNAMESE.map(fold)))
def test_marking_loses_and_adds_nothing(text, tokens):
    pieces = pieces_of(text, tokens)
    assert "".join(p.text for p in pieces) == text
    assert all(p.text for p in pieces)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_slips_are_the_same_both_ways_and_none_only_for_equals(a, b):
    assert slips_between(a, b) == slips_between(b, a)
    assert (slips_between(a, b) == 0) == (a == b)


@pytest.mark.parametrize(("typed", "slips"), [("sihn", 1), ("sin", 1), ("sinhh", 1), ("sanh", 1)])
def test_a_lost_added_changed_or_swapped_letter_is_one_slip(typed, slips):
    assert slips_between(typed, "sinh") == slips


def test_idle_words_are_left_out_unless_nothing_else_is_said():
    assert told("làm thủ tục khai sinh ở đâu") == ("khai", "sinh")
    assert told("làm gì") == ("lam", "gi")
    assert told("làm lại giấy") == ("lam", "lai", "giay")


def test_a_slip_is_mended_with_its_neighbour_or_alone():
    exact = {"khai": Known(("khai",), 9), "hochieu": Known(("ho", "chieu"), 3)}
    near = {
        "khaisihn": [Known(("khai", "sinh"), 5), Known(("khai", "sin"), 1)],
        "cuocc": [Known(("cuoc",), 4), Known(("cuoc", "doi"), 1)],
    }
    assert mended(("khai", "sihn"), exact, near) == ("khai", "sinh")
    assert mended(("cuocc",), exact, near) == ("cuoc",)
    assert mended(("hochieu",), exact, near) == ("ho", "chieu")
    assert mended(("pasporrt",), exact, near) == ("pasport",)
    assert mended(("zzz", "zzzzzz"), exact, near) == ("zzz", "zzzzzz")


def test_daily_speech_has_an_official_sense_and_keeps_its_own():
    senses = [s.tokens for s in senses_of(("mat", "gplx"))]
    assert senses[0] == ("mat", "gplx")
    assert ("cap", "lai", "giay", "phep", "lai", "xe") in senses
    assert ("mat", "giay", "phep", "lai", "xe") in senses
    assert [s.tokens for s in senses_of(("thua",))] == [("thua",)]


def test_every_word_of_daily_speech_is_folded_and_leads_somewhere_else():
    for said, meant in words().same_as.items():
        assert said not in meant[:1]
        assert all(part.isascii() for part in said)


def candidate(code, title, keywords="", **rest):
    return Candidate(
        code, title, keywords, rest.get("field", ""), ("commune",), "some", rest.get("use", 0)
    )


def best(typed, *candidates):
    senses = [Sense(tuple(fold(typed).split()), 1.0)]
    return [r.candidate.code for r in ranked(candidates, senses, weights_of(senses, {}), typed)]


def test_the_shorter_title_that_says_all_of_it_comes_first():
    long = candidate("a", "Đăng ký khai sinh có yếu tố nước ngoài")
    assert best("khai sinh", long, candidate("b", "Đăng ký khai sinh"))[0] == "b"


def test_words_in_order_count_more_than_words_apart():
    apart = candidate("a", "Khai thác sinh vật biển")
    assert best("khai sinh", apart, candidate("b", "Đăng ký việc khai sinh"))[0] == "b"


def test_accents_that_were_typed_decide_between_words_that_fold_alike():
    assert best("thuế", candidate("a", "Thuê nhà"), candidate("b", "Thuế đất"))[0] == "b"


def test_what_people_ask_for_more_comes_first_among_equals():
    assert best("đất", candidate("a", "Đất"), candidate("b", "Đất", use=100))[0] == "b"


def test_what_shares_only_a_crumb_is_left_out():
    assert best("xin phép xây nhà mới", candidate("a", "Xin trả đất nông nghiệp lâu năm")) == []
