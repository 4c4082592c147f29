"""Strings, durations and addresses of the export, whatever is typed."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from motcua.catalogue.rules.cpsv.addresses import Addresses
from motcua.catalogue.rules.cpsv.from_readings import service_from
from motcua.catalogue.rules.cpsv.graph import described
from motcua.catalogue.rules.cpsv.services import Told
from motcua.catalogue.rules.cpsv.shared import opening_hours
from motcua.catalogue.rules.cpsv.wording import duration_of, in_words, safe_address, slug
from motcua.catalogue.rules.cpsv.writing import Format, in_markup, quoted, written
from motcua.catalogue.rules.readings import Case, Channel, Cost, Level, Named, Paper, Reading, Way
from motcua.catalogue.tests.test_cpsv import NOON
from motcua.kernel.worktime import DAY_OFF, DayHours, Limit, Unit, WorkingCalendar

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(ANY_TEXT)
def test_a_string_reads_back_the_same_in_both_forms(text):
    assert json.loads(quoted(text)) == text
    graph = Graph().parse(data=f"<x:a> <x:b> {quoted(text)} .", format="turtle")
    (value,) = graph.objects()
    assert str(value) == text


def test_half_a_letter_becomes_a_mark_of_what_was_lost():
    assert quoted("a\ud800b") == '"a\ufffdb"'


@given(ANY_TEXT)
def test_json_in_a_page_never_ends_its_element(text):
    told = in_markup(json.dumps({"name": text}, ensure_ascii=False))
    assert not set("<>&") & set(told)
    assert json.loads(told) == {"name": text}


@pytest.mark.parametrize(
    ("amount", "unit", "duration", "words"),
    [
        ("5", Unit.WORKING_DAYS, "P7D", "5 ngày làm việc"),
        ("1", Unit.WORKING_DAYS, "P2D", "1 ngày làm việc"),
        ("10", Unit.WORKING_DAYS, "P14D", "10 ngày làm việc"),
        ("0.5", Unit.WORKING_DAYS, "P1D", "0,5 ngày làm việc"),
        ("30", Unit.DAYS, "P30D", "30 ngày"),
        ("3", Unit.MONTHS, "P3M", "3 tháng"),
        ("4", Unit.WORKING_HOURS, "PT4H", "4 giờ làm việc"),
        ("2.5", Unit.CLOCK_HOURS, "PT150M", "2,5 giờ"),
        ("0", Unit.SAME_DAY, "P1D", "trong ngày"),
    ],
)
def test_a_duration_is_never_shorter_than_the_limit(amount, unit, duration, words):
    limit = Limit(Decimal(amount), unit)
    assert duration_of(limit) == duration
    assert in_words(limit).vi == words


@given(ANY_TEXT)
def test_a_name_in_an_address_needs_no_quoting(text):
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(text)
    assert slug(text) == slug(text)


def test_long_names_that_differ_at_their_end_stay_apart():
    assert slug("a" * 90 + "b") != slug("a" * 90 + "c")
    assert slug("Ủy ban nhân dân cấp xã") == "uy-ban-nhan-dan-cap-xa"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.vn/x?y=1#z", "https://a.vn/x?y=1#z"),
        ("https://a.vn/thủ tục>", "https://a.vn/th%E1%BB%A7%20t%E1%BB%A5c%3E"),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://a.vn\\@b.vn/", ""),
        ("https://[::1", ""),
        ("https://a.vn/%zz", ""),
        ('https://a.vn/" onclick="x', "https://a.vn/%22%20onclick=%22x"),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_are_passed_on(url, safe):
    assert safe_address(url) == safe


def test_what_a_record_leaves_open_is_left_out_or_told_in_its_own_words():
    bare = service_from(Reading("1.000001", "", ""), since=NOON)
    assert bare.title == Told("1.000001")
    assert bare.summary == bare.title
    assert bare.agency["vi"] == "Cơ quan nhà nước có thẩm quyền"
    assert (bare.accesses, bare.prices, bare.papers, bare.rules) == ((), (), (), ())
    assert not bare.limit
    leveled = service_from(Reading("1", "A", "B", levels=(Level.COMMUNE,)), since=NOON)
    assert leveled.agency["en"] == "People's Committee of the commune"


def test_a_price_with_a_doubt_has_words_and_no_sum():
    rows = (
        Channel(Way.POST, cost=Cost.DEPENDS, fees=(800_000,), fee_text="theo mức thu"),
        Channel(Way.ONLINE, cost=Cost.DEPENDS),
        Channel(Way.COUNTER, cost=Cost.UNKNOWN),
    )
    told = service_from(Reading("1", "A", "B", channels=rows), since=NOON)
    assert [(p.told["vi"], p.dong) for p in told.prices] == [
        ("theo mức thu", None),
        ("Xem quy định", None),
    ]


def test_a_way_with_several_limits_is_told_once_with_all_of_them():
    rows = (
        Channel(Way.ONLINE, Decimal(5), Unit.DAYS, note="thường"),
        Channel(Way.ONLINE, Decimal(9), Unit.DAYS, note="khó"),
        Channel(Way.ONLINE, limit_text="Không quy định"),
    )
    (access,) = service_from(Reading("1", "A", "B", channels=rows), since=NOON).accesses
    assert access.limit == Limit(Decimal(5), Unit.DAYS)
    assert access.note.vi == "5 ngày. thường\n9 ngày. khó\nKhông quy định"


def test_papers_prove_the_case_they_belong_to():
    cases = (
        Case("", (Paper("Tờ khai", 1, None, "mẫu 1"), Paper(" ", None, None, ""))),
        Case("Mất giấy", (Paper("Đơn", None, 2),)),
    )
    read = Reading("1", "A", "B", cases=cases, conditions="Đủ 18 tuổi", laws=(Named("Luật A"),))
    told = service_from(read, since=NOON)
    assert [(p.name.vi, p.about.vi, p.case) for p in told.papers] == [
        ("Tờ khai", "1 bản chính, Mẫu: mẫu 1", ""),
        ("Đơn", "2 bản sao", "case-2"),
    ]
    assert [r.key for r in told.requirements] == ["conditions", "case-2"]
    assert [(law.number, law.name.vi) for law in told.laws] == [("", "Luật A")]


def test_opening_hours_are_told_by_runs_of_equal_days():
    weekday, saturday = DayHours.of("07:30-11:30 13:30-17:00"), DayHours.of("08:00-11:00")
    calendar = WorkingCalendar(week=(*[weekday] * 5, saturday, DAY_OFF))
    told = [value.value for _name, value in opening_hours(Addresses("https://a.vn"), calendar).said]
    assert told == [
        "Thứ Hai đến Thứ Sáu: 07:30–11:30, 13:30–17:00; Thứ Bảy: 08:00–11:00",
        "Monday to Friday: 07:30–11:30, 13:30–17:00; Saturday: 08:00–11:00",
    ]


def test_a_result_without_a_name_and_a_field_that_is_not_given_are_left_out():
    read = Reading("1", "A", "", results=(Named(" "), Named("", "KQ.1")))
    told = service_from(read, since=NOON)
    assert [result.name.vi for result in told.results] == ["KQ.1"]
    nodes = described([told], Addresses("https://a.vn"), WorkingCalendar())
    assert "thematicArea" not in "".join(written(nodes, Format.TURTLE))


def test_a_code_from_a_file_cannot_leave_its_address():
    told = service_from(Reading('1/../"> <x', "A", "B"), since=NOON)
    nodes = described([told], Addresses("https://a.vn"), WorkingCalendar())
    assert not {c for node in nodes for c in node.iri} & set('<>" ')
