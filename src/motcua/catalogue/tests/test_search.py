from datetime import UTC, date, datetime

import pytest

from motcua.catalogue.operations.demo import load_demo_catalogue
from motcua.catalogue.queries.procedures import (
    NoSuchProcedure,
    fields,
    life_events,
    most_used,
    procedure,
    procedures,
)
from motcua.catalogue.queries.search import Filters, NoSuchPlace, search
from motcua.catalogue.rules.readings import Level, Online
from motcua.catalogue.rules.words import words
from motcua.kernel.actors import Actor
from motcua.kernel.worktime import Unit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _catalogue(db):
    load_demo_catalogue(by=Actor.system("test"), at=NOON)


def first(text, **options):
    return search(text, **options).hits[0].code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("đăng ký khai sinh", "1.001193"),
        ("dang ky khai sinh", "1.001193"),
        ("khai sihn", "1.001193"),
        ("khaisinh", "1.001193"),
        ("sinh con", "1.001193"),
        ("mất bằng lái", "3.000348"),
        ("đổi GPLX", "3.000347"),
        ("hộ khẩu", "1.004222"),
        ("mat cccd", "1.014064"),
        ("rút bhxh 1 lần", "1.001613"),
        ("lam passprot", "1.001456"),
        ("mở quán cà phê cần giấy phép gì?", "1.001612"),
        ("1.0048", "1.004873"),
        ("birth certificate", "2.000635"),
        ("permanent residence", "1.004222"),
        ("marriage", "1.000894"),
    ],
)
def test_people_find_what_they_mean_however_they_type_it(typed, code):
    assert first(typed) == code


def test_what_was_looked_for_instead_is_told():
    assert search("khai sihn").read_as == "khai sinh"
    assert search("khai sinh").read_as == ""


def test_a_life_event_is_recognised_by_any_of_its_names():
    assert search("có con").event.key == "sinh-con"
    assert search("khai sinh").event is None


def test_the_words_found_are_marked_and_the_rest_is_not():
    (hit, *_) = search("khai sinh").hits
    assert [(p.text, p.found) for p in hit.pieces] == [("Đăng ký ", False), ("khai sinh", True)]


def test_filters_keep_what_passes_and_count_what_each_other_choice_would_keep():
    found = search("đăng ký", filters=Filters(fields=frozenset({"Hộ tịch"})), limit=50)
    assert {hit.field for hit in found.hits} == {"Hộ tịch"}
    assert len(found.facets["fields"]) > 1
    assert found.total == len(found.hits)
    commune = search("", filters=Filters(levels=frozenset({Level.COMMUNE})), limit=50)
    assert all(Level.COMMUNE in hit.levels for hit in commune.hits)
    counter = search("", filters=Filters(online=frozenset({Online.NONE})), limit=50)
    assert {hit.online for hit in counter.hits} == {Online.NONE}


def test_an_agency_is_found_by_a_part_of_its_name():
    found = search("căn cước", filters=Filters(agency="công an cấp xã"))
    assert found.hits
    assert all("công an cấp xã" in hit.agency.lower() for hit in found.hits)
    assert search("", filters=Filters(agency="100%_")).hits == ()
    assert search("khai sinh", filters=Filters(agency="100%_")).hits == ()


def test_pages_follow_each_other_without_gap_or_repeat():
    for text in ("", "đăng ký"):
        seen, after = [], ""
        while True:
            page = search(text, limit=7, after=after)
            seen += [hit.code for hit in page.hits]
            after = page.after
            if not after:
                break
        assert len(seen) == len(set(seen)) > 10


@pytest.mark.parametrize("after", ["x", "-1", "99999", "1.5", "²"])
def test_a_place_that_was_never_given_is_refused(after):
    with pytest.raises(NoSuchPlace):
        search("khai sinh", after=after)
    with pytest.raises(NoSuchPlace):
        search("", after=after)


@pytest.mark.parametrize(
    "typed", ["'; DROP TABLE", "a & | ! ( <-> :*", "%_\\", "😀", "\x00", "x" * 999]
)
def test_nothing_typed_breaks_the_search(typed):
    search(typed)


def test_a_search_takes_at_most_four_statements(django_assert_max_num_queries):
    search("khai sinh", on=DAY)
    with django_assert_max_num_queries(4):
        search("giay khai sihn", on=DAY, filters=Filters(agency="xã"))
    with django_assert_max_num_queries(1):
        search("", on=DAY)


def test_a_procedure_says_only_what_is_known(django_assert_num_queries):
    with django_assert_num_queries(1):
        birth = procedure("1.001193")
    assert birth.limit.unit is Unit.SAME_DAY
    assert birth.reading.results[0].name == "Giấy khai sinh"
    assert procedure("1.004873").limit is None
    with pytest.raises(NoSuchProcedure):
        procedure("9.999999")


def test_the_most_used_come_in_order_with_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        found = most_used(5)
    assert [hit.code for hit in found] == list(words().most_used[:5])


def test_every_procedure_of_a_life_event_is_in_the_catalogue():
    events = life_events()
    assert sum(event.main for event in events) >= 8
    assert events[0].main
    for event in events:
        assert [hit.code for hit in procedures(event.codes)] == list(event.codes)


def test_the_catalogue_the_package_brings_covers_all_levels_and_many_fields():
    named = fields()
    assert sum(field.procedures for field in named) >= 60
    assert len(named) >= 15
    levels = {level for hit in search("", limit=50).hits for level in hit.levels}
    assert {Level.MINISTRY, Level.PROVINCE, Level.COMMUNE} <= levels
    assert all(hit.title_en and hit.summary_en for hit in search("", limit=50).hits)
