"""Which words answers are found by, and which answers nobody finds."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from motcua.forms.rules.definition import Field, Form, Kind, Option, Rows, Section, Step, Words
from motcua.forms.rules.finding import words_found_by
from motcua.kernel.folding import fold

SAID = Words("x", "x")


def form_of(*fields):
    return Form(SAID, (Step("s", SAID, (Section(tuple(fields)),)),))


def asked(kind, **more):
    return Field("f", kind, SAID, searchable=True, **more)


def found(field, answer):
    return words_found_by(form_of(field), {"f": answer})


def test_a_plate_is_found_by_its_parts_and_as_one():
    assert found(asked(Kind.TEXT), "29A-123.45") == "29a 123 45 29a12345"


def test_names_lose_accents_and_case_and_stay_words():
    assert found(asked(Kind.TEXT), "Đặng Thị ÁNH") == "dang thi anh"


def test_answers_are_found_as_people_read_them():
    assert "24 11 2026 24112026" in found(asked(Kind.DATE), "2026-11-24")
    assert "0912345678" in found(asked(Kind.PHONE), "+84912345678")
    options = (Option("m", Words("Xe máy", "Motorbike")),)
    assert found(asked(Kind.CHOICE, options=options), "m") == "xe may"
    assert "1990" in found(asked(Kind.NUMBER), 1990)


def test_a_block_is_found_by_its_parts_but_not_by_codes_of_places():
    person = {"name": "Lê Na", "personal_id": "046192003718", "birth_date": "1992-05-01"}
    words = found(asked(Kind.PERSON, parts=("name", "personal_id", "birth_date")), person).split()
    assert {"le", "na", "046192003718", "01051992"} <= set(words)
    place = {"province": "01", "commune": "00004", "street": "Số 5 phố Huế"}
    assert found(asked(Kind.ADDRESS), place) == "so 5 pho hue so5phohue"


def test_rows_are_found_by_their_marked_columns_or_by_all_of_a_marked_table():
    name, note = replace(asked(Kind.TEXT), id="name"), Field("note", Kind.TEXT, SAID)
    rows = [{"name": "Vũ A", "note": "kín"}, {"name": "Vũ B"}, "no row"]
    table = Field("f", Kind.TABLE, SAID, rows=Rows((name, note), SAID))
    assert found(table, rows) == "vu a b"
    assert found(replace(table, searchable=True), rows) == "vu a kin b"
    assert found(table, None) == ""


def test_what_is_not_marked_finds_nothing():
    assert found(Field("f", Kind.TEXT, SAID), "Lan") == ""
    assert found(asked(Kind.TEXT), None) == ""


@given(st.text(max_size=40))
def test_every_word_of_a_marked_answer_finds_it(text):
    assert set(fold(text).split()) <= set(found(asked(Kind.TEXT), text).split())
