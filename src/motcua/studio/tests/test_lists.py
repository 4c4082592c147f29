"""What the studio tells of all packs, and of one against what is published."""

from datetime import date

import pytest

from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.kernel.actors import Actor
from motcua.packs.operations.publishing import publish_folder
from motcua.packs.queries.folders import SHIPPED
from motcua.packs.queries.shelf import Standing, version_named, versions_of
from motcua.studio.queries.judging import judged, newest_of, news_between
from motcua.studio.queries.lists import shelf
from motcua.studio.rules.dating import dated
from motcua.studio.tests.samples import LAN, NOON, files_of

TODAY = date(2026, 11, 24)
CODES = ("1.001193", "1.004873", "2.000635")


@pytest.fixture
def published(db):
    return {code: publish_folder(SHIPPED / code, by=LAN, at=NOON).version for code in CODES}


def test_published_packs_come_by_code_page_by_page(published, django_assert_num_queries):
    with django_assert_num_queries(2):
        first = shelf(on=TODAY, limit=2)
    assert [line.code for line in first.lines] == list(CODES[:2])
    rest = shelf(on=TODAY, after=first.after, limit=2)
    assert ([line.code for line in rest.lines], rest.after) == ([CODES[2]], "")


def test_packs_are_found_by_the_words_of_their_procedure(published):
    load_demo_catalogue(by=Actor.system("tests"), at=NOON)
    assert "1.001193" in [line.code for line in shelf("khai sinh", on=TODAY).lines]
    assert shelf("lái xe", on=TODAY).lines == ()


def test_a_version_stands_where_its_days_say(published):
    (before,) = versions_of(["1.001193"], on=date(2025, 1, 1))
    assert before.standing is Standing.SCHEDULED
    assert version_named(published["1.001193"], on=TODAY).standing is Standing.IN_FORCE
    assert version_named("1.001193@9-00000000") is None


def test_what_is_new_is_told_against_the_newest_version(published):
    code = "2.000635"
    against = newest_of(code, on=TODAY)
    assert against == published[code]
    files = files_of(code)
    assert news_between(against, files, language="vi") == ()
    files["procedure.yaml"] = files["procedure.yaml"].replace("amount: 8000", "amount: 9000")
    (part,) = news_between(against, files, language="vi")
    assert part.lines[0][1] == "8.000 đồng → 9.000 đồng"
    assert news_between(against, {"procedure.yaml": "["}, language="vi") is None
    assert newest_of("9.999999", on=TODAY) == ""


@pytest.mark.django_db
def test_a_pack_is_judged_with_its_numbers_its_prices_and_its_examples():
    files = files_of("2.000635")
    whole = judged(files)
    assert (whole.errors, whole.parts.pages, whole.parts.papers) == ((), 3, 3)
    assert {row.channel for row in whole.tariffs} == {"online", "counter", "post"}
    assert [(fee.dong, fee.each) for fee in whole.tariffs[0].fees] == [(8000, True)]
    assert all(well for _name, well in whole.examples)
    broken = judged({**files, "form.yaml": "steps: 7\n"})
    assert (broken.parts, broken.tariffs, broken.examples) == (None, (), ())
    assert broken.errors[0].where.startswith("form.yaml:1:")
    assert broken.errors[0].excerpt == "steps: 7"


class Here:
    line, column = 2, 13


@pytest.mark.parametrize("day", ["2026-01-01", '"2026-01-01"', "'2026-01-01'"])
def test_the_day_is_written_where_it_stands_and_nothing_else_changes(day):
    text = f"a: 2026-01-01\nvalid_from: {day}  # since\nb: 1\n"
    assert dated(text, Here(), TODAY) == text.replace(f": {day} ", ": 2026-11-24 ")


def test_where_no_day_stands_none_is_written():
    assert dated("a: 1\nvalid_from: soon\n", Here(), TODAY) == "a: 1\nvalid_from: soon\n"
