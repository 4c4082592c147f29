"""What changed between two packs, and files that say the same."""

from copy import deepcopy
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.packs.queries.comparing import as_html, as_markdown, as_text, differences, told
from motcua.packs.queries.folders import SHIPPED, read_files, read_folder
from motcua.packs.rules.document import digest_of
from motcua.packs.rules.writing import files_of
from motcua.packs.tests.shipped import CODES

BIRTH = "1.001193"


@cache
def document(code):
    return read_folder(SHIPPED / code).document


def leaves(value, path=()):
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from leaves(each, (*path, number))
    else:
        yield path


def changed(code, path, value):
    made = deepcopy(document(code))
    here = made
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return made


@pytest.mark.parametrize("code", CODES)
def test_a_pack_written_as_files_and_read_again_is_the_same(code):
    again = read_files(files_of(document(code)))
    assert again.flaws == ()
    assert digest_of(again.document) == digest_of(document(code))


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        "true",
        "null",
        "012",
        "1e5",
        "-1",
        "0.5",
        "2026-01-01",
        "12:30",
        "- a",
        "a: b",
        "# a",
        "'",
        '"',
    ]
)


@given(st.data())
def test_whatever_a_text_says_its_file_says_it_again(data):
    code = data.draw(st.sampled_from(CODES))
    path = data.draw(
        st.sampled_from(
            [p for p in leaves(document(code)) if not {"templates", "options_from"} & {p[0], p[-1]}]
        )
    )
    value = data.draw(texts | st.integers(-(10**12), 10**12) | st.booleans())
    made = changed(code, path, value)
    again = read_files(files_of(made))
    assert digest_of(again.document) == digest_of(made)


@pytest.mark.parametrize("code", CODES)
def test_nothing_changed_between_a_pack_and_itself(code):
    assert differences(document(code), deepcopy(document(code))) == ()
    assert as_text(()) == "Không có gì thay đổi."


@given(st.data())
def test_every_change_is_told(data):
    code = data.draw(st.sampled_from(CODES))
    path = data.draw(st.sampled_from(list(leaves(document(code)))))
    made = changed(code, path, "something else")
    found = differences(document(code), made)
    assert found
    for language in ("vi", "en"):
        for change in found:
            heading, where, how = told(change, language)
            assert heading
            assert where
            assert how
        assert as_text(found, language)
        assert as_markdown(found, language)
        assert "<script" not in as_html(found, language)


def said(change):
    made = deepcopy(document(BIRTH))
    change(made)
    return as_text(differences(document(BIRTH), made))


def test_a_fee_is_told_in_dong():
    told = said(lambda d: d["procedure"]["fees"][0].update(amount=10_000))
    assert "Lệ phí" in told
    assert "Phí cấp bản sao Giấy khai sinh · Mức thu: 8.000 đồng → 10.000 đồng" in told


def test_a_limit_is_told_in_the_days_of_the_office():
    later = {"amount": 3, "unit": "working_days"}
    told = said(lambda d: d["procedure"]["limits"][0].update(limit=later))
    assert "trong ngày → 3 ngày làm việc" in told


def test_a_field_that_must_be_answered_now_is_told_though_nothing_said_so():
    def change(made):
        for step in made["form"]["steps"]:
            for section in step["sections"]:
                for field in section["fields"]:
                    if field["id"] == "email":
                        del field["required"]

    assert "Thư điện tử · Bắt buộc: không → có" in said(change)


def test_papers_steps_and_laws_added_removed_and_moved_are_told():
    def change(made):
        made["procedure"]["papers"].pop(0)
        made["procedure"]["legal"].append({"code": "1/2027", "name": {"vi": "Luật mới", "en": "x"}})
        steps = made["workflow"]["steps"]
        steps[1], steps[2] = steps[2], steps[1]
        made["templates"]["result.typ"] += "\n"

    told = said(change)
    assert "Giấy chứng sinh: bỏ" in told
    assert "Luật mới: thêm" in told
    assert "đổi thứ tự" in told
    assert "result.typ: đã sửa" in told


def test_a_change_of_the_english_words_alone_is_told_as_such():
    told = said(lambda d: d["procedure"]["title"].update(en="Births"))
    assert "“Birth registration” → “Births” (bản tiếng Anh)" in told


def test_what_was_typed_is_escaped_in_html():
    made = deepcopy(document(BIRTH))
    made["procedure"]["title"]["vi"] = "<script>alert(1)</script>"
    assert "&lt;script&gt;" in as_html(differences(document(BIRTH), made))
