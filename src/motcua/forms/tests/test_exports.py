"""Answers taken away: a sheet, a document, a paper."""

import csv
import io
import json

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.backbone.tests.sheets import letters_of
from motcua.forms.queries.exports import (
    NotWhole,
    answers_as_csv,
    answers_as_json,
    answers_as_pdf,
)
from motcua.forms.rules.exporting import drawing_of, is_drawn, safe_cell
from motcua.forms.rules.schema import compiled, schema_of_field
from motcua.forms.tests.every_kind import EVERY, RIGHT, TODAY

HERE = {name: value for name, value in RIGHT.items() if name != "place"}
NASTY = {**HERE, "name": '=HYPERLINK("http://x")', "story_of_all": "#set page(width: 1cm) *@x*"}


def sheet(answers, language="en", **more):
    """The lines of the CSV, as a spreadsheet reads them."""
    made = answers_as_csv(EVERY, answers, language, on=TODAY, **more)
    assert made.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "strokes",
    [
        *("", "M1 1", "M1 1L<svg>", 'M1 1L2 2"/><script>', "M1 1" + "L2 2" * 5_000),
        *("M0 0L0 0", "M100 50L103 52L101 49", "M10 10M500 150L501 150M9 9"),
    ],
)
def test_what_nobody_drew_is_no_signature(strokes):
    assert not is_drawn(strokes)
    assert is_drawn("M10 20L30 40L35 41M50 60L70 80")
    assert is_drawn("M10 20L31 20")


def test_a_sheet_has_a_line_for_each_answer_and_each_cell():
    lines = sheet(HERE)
    assert lines[0] == ["Page", "Question", "Row number", "Column", "Answer", "Field id"]
    assert ["plain", "name", "", "", "Nguyễn Văn An", "name"] in lines
    assert ["rows", "goods", "2", "item", "Cá", "goods"] in lines
    assert ["plain", "count_of", "", "", "-3", "count_of"] in lines
    assert sheet(HERE, "vi")[0][2] == "STT"


def test_files_are_called_by_their_names_where_these_are_known():
    assert ["blocks", "papers", "", "", "2 file(s)", "papers"] in sheet(HERE)
    named = sheet(HERE, files={"f1": "a.pdf", "f2": "b.pdf"})
    assert ["blocks", "papers", "", "", "a.pdf, b.pdf", "papers"] in named


def test_nothing_typed_becomes_a_formula():
    cells = [cell for line in sheet(NASTY) for cell in line]
    assert '\'=HYPERLINK("http://x")' in cells
    assert not any(cell[:1] in ("=", "+", "@") for cell in cells)


@given(st.text(max_size=20))
def test_a_cell_never_begins_as_a_formula_unless_it_is_a_number(text):
    cell = safe_cell(text)
    assert cell.endswith(text)
    assert cell[:1] not in tuple("=+-@\r") or cell.lstrip("+-")[:1].isdigit()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("046192003718", "\t046192003718"),
        ("0912345678", "\t0912345678"),
        ("-3", "-3"),
        ("+1,5", "+1,5"),
        ("-3+cmd|' /C calc'!A0", "'-3+cmd|' /C calc'!A0"),
        ("12", "12"),
        ("", ""),
    ],
)
def test_numbers_stay_numbers_and_identities_keep_their_zeros(text, cell):
    assert safe_cell(text) == cell


def test_a_document_names_its_form_and_holds_what_is_seen():
    made = json.loads(answers_as_json(EVERY, HERE, version="9.000009@1", on=TODAY))
    assert made["form"] == {"version": "9.000009@1", "title": {"vi": "form vi", "en": "form"}}
    assert made["on"] == "2026-11-24"
    assert made["answers"]["total"] == 140000
    goods = next(field for field in EVERY.fields if field.id == "goods")
    assert compiled(schema_of_field(goods)).is_valid(made["answers"]["goods"])


def test_answers_with_problems_are_no_document():
    with pytest.raises(NotWhole) as refused:
        answers_as_json(EVERY, {**HERE, "name": ""}, version="x", on=TODAY)
    assert [each["at"] for each in refused.value.facts["problems"]] == ["name"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_paper_has_every_answer_and_what_was_typed_is_never_markup(language):
    made = answers_as_pdf(EVERY, NASTY, language, on=TODAY, facts=[("Mã hồ sơ", "H57.14")])
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    text = "".join(page.extract_text() for page in pages)
    for said in ("H57.14", "=HYPERLINK", "#set page(width: 1cm) *@x*", "an@example.vn", "Lê Na"):
        assert said in text
    assert [round(float(each)) for each in pages[0].mediabox[2:]] == [595, 842]


def test_an_empty_form_is_a_paper_too():
    made = answers_as_pdf(EVERY, {}, "en", on=TODAY)
    assert "Not answered" in pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text()


def test_a_word_without_an_end_is_whole_on_the_paper():
    long = "khôngcókhoảngtrắng" * 30
    goods = [{**row, "item": long[:200]} for row in HERE["goods"]]
    made = answers_as_pdf(EVERY, {**HERE, "name": long, "goods": goods}, "vi", on=TODAY)
    assert letters_of(made).count(long[:200]) > len(goods)


def test_a_signature_is_drawn_only_from_strokes():
    assert 'viewBox="-1 0 6 6"' in drawing_of("M1,2L3,4")
    for none in ("", "M1", "M1,2L<script>", "M. ,L", 'M1,2"/><a'):
        assert drawing_of(none) == ""
