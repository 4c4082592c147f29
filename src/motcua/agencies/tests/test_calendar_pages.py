"""An administrator sees and changes when the agency works."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.agencies.queries.calendars import calendar_of
from motcua.agencies.tests import signed
from motcua.agencies.tests.conftest import CHIEF, WARD
from motcua.backbone.models import Entry
from motcua.kernel.actors import Role
from motcua.kernel.worktime import STANDARD_WEEK, DayHours

HOME = "/quan-tri/lich/"
FULL = str(STANDARD_WEEK[0])
WEEK = {f"day-{number}": FULL for number in range(5)} | {"day-5": "", "day-6": ""}
DAY = {"day-day": "7", "day-month": "11", "day-year": "2026", "reason": "Làm bù"}


@pytest.fixture
def chief(client, settings, ward):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "motcua.agencies.tests.signed.As"]
    client.cookies["who"] = "chief"
    return client


def test_the_year_shows_its_days_off_with_their_reasons(chief, django_assert_max_num_queries):
    calendar_of(WARD)
    with django_assert_max_num_queries(5):
        page = chief.get(HOME, {"nam": "2026"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Ủy ban nhân dân phường Ba Đình" in text
    assert "Mùng hai Tết Nguyên Đán" in text
    assert text.count('<table class="mc-month">') == 12
    assert "Làm bù cho thứ Sáu 02/01/2026" in text
    assert "Nghỉ hoán đổi, làm bù vào thứ Bảy 22/08/2026" in text


@pytest.mark.parametrize("asked", ["", "x", "99999", "1200", "²⁰²⁶"])
def test_a_strange_year_shows_one_we_know(chief, asked):
    assert chief.get(HOME, {"nam": asked}).status_code == 200


def test_a_day_off_is_added_and_removed(chief):
    answer = chief.post(f"{HOME}ngay/", DAY | {"kind": "closed", "day-day": "4"})
    assert answer["Location"] == f"{HOME}?nam=2026"
    assert not calendar_of(WARD).works_on(date(2026, 11, 4))
    assert "/quan-tri/lich/bo/2026-11-04/" in chief.get(HOME, {"nam": "2026"}).content.decode()
    chief.post(f"{HOME}bo/2026-11-04/", {"reason": "Đổi lại"})
    assert calendar_of(WARD).works_on(date(2026, 11, 4))
    told = Entry.objects.filter(name="agencies.calendar-changed").values_list("by", flat=True)
    assert list(told) == [CHIEF.id, CHIEF.id]


def test_a_make_up_saturday_and_other_hours_are_added(chief):
    chief.post(f"{HOME}ngay/", DAY | {"kind": "make_up", "works_as": "0"})
    assert calendar_of(WARD).hours_on(date(2026, 11, 7)) == STANDARD_WEEK[0]
    chief.post(f"{HOME}ngay/", DAY | {"kind": "hours", "hours": "7h30-11h"})
    assert calendar_of(WARD).hours_on(date(2026, 11, 7)) == DayHours.of("07:30-11:00")


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"day-day": "31"}, "day"),
        ({"day-year": "2999"}, "day"),
        ({"day-month": ""}, "day"),
        ({"kind": "x"}, "kind"),
        ({"kind": "hours", "hours": "7-x"}, "hours"),
        ({"kind": "hours", "hours": ""}, "hours"),
        ({"kind": "hours", "hours": "13:00-12:00"}, "hours"),
        ({"kind": "make_up", "works_as": "9"}, "works_as"),
        ({"kind": "make_up", "works_as": "6"}, "works_as"),
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 301}, "reason"),
    ],
)
def test_a_wrong_day_is_refused_and_what_was_typed_is_kept(chief, wrong, at):
    sent = DAY | {"kind": "closed", "hours": "07:15-11:45"} | wrong
    page = chief.post(f"{HOME}ngay/", sent)
    text = page.content.decode()
    assert page.status_code == 422
    assert f'href="#{at}"' in text
    assert f'id="{at}"' in text
    assert f'value="{sent["hours"]}"' in text
    assert sent["reason"].strip() in text
    assert not Entry.objects.filter(name="agencies.calendar-changed").exists()


def test_the_week_is_changed(chief):
    half = WEEK | {"day-5": "7h-11h30", "nominal": "7,5", "cutoff": "16:00", "reason": "QĐ 12"}
    assert chief.post(f"{HOME}gio/", half).status_code == 302
    calendar = calendar_of(WARD)
    assert calendar.week[5] == DayHours.of("07:00-11:30")
    assert calendar.nominal_day == timedelta(hours=7.5)
    assert 'value="7.5"' in chief.get(f"{HOME}gio/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"day-2": "sáng"}, "day-2"),
        ({f"day-{number}": "" for number in range(7)}, "day-0"),
        ({"nominal": "0"}, "nominal"),
        ({"nominal": "tám"}, "nominal"),
        ({"nominal": "NaN"}, "nominal"),
        ({"cutoff": "25:00"}, "cutoff"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_wrong_week_is_refused_and_what_was_typed_is_kept(chief, wrong, at):
    sent = WEEK | {"day-4": "08:00-12:00", "nominal": "8", "cutoff": "15:00", "reason": "QĐ"}
    page = chief.post(f"{HOME}gio/", sent | wrong)
    text = page.content.decode()
    assert page.status_code == 422
    assert f'href="#{at}"' in text
    assert 'value="08:00-12:00"' in text or wrong.get("day-4") == ""


def test_two_wrong_days_are_told_apart_by_their_names(chief):
    sent = WEEK | {"day-2": "sáng", "day-5": "sáng", "reason": "QĐ"}
    text = chief.post(f"{HOME}gio/", sent).content.decode()
    assert re.findall('<a href="#day-.">([^:<]+):', text) == ["Thứ Tư", "Thứ Bảy"]


def test_a_removal_needs_a_reason_and_a_day_that_was_changed(chief):
    assert chief.get(f"{HOME}bo/2026-11-04/").status_code == 404
    assert chief.post(f"{HOME}bo/2026-11-04/", {"reason": "x"}).status_code == 404
    assert chief.get(f"{HOME}bo/2026-11-31/").status_code == 404
    chief.post(f"{HOME}ngay/", DAY | {"kind": "closed", "day-day": "4"})
    assert chief.get(f"{HOME}bo/2026-11-04/").status_code == 200
    assert chief.post(f"{HOME}bo/2026-11-04/", {"reason": ""}).status_code == 422


def test_a_day_named_in_the_address_is_filled_in(chief):
    assert 'value="24"' in chief.get(f"{HOME}ngay/?ngay=2026-11-24").content.decode()
    assert chief.get(f"{HOME}ngay/?ngay=x").status_code == 200


@pytest.mark.parametrize("path", ["", "gio/", "ngay/", "bo/2026-11-04/"])
def test_only_administrators_come_in(chief, monkeypatch, path):
    monkeypatch.setitem(signed.WHO, "chief", replace(CHIEF, roles=frozenset({Role.CLERK})))
    assert chief.get(HOME + path).status_code == 403
    chief.cookies["who"] = "nobody"
    assert chief.get(HOME + path).status_code == 302


def test_the_pages_speak_english_too(chief):
    chief.cookies["motcua_language"] = "en"
    text = chief.get(HOME, {"nam": "2026"}).content.decode()
    assert "Working calendar 2026" in text
    assert "Second Day of Lunar New Year" in text
    assert "Worked instead of Monday 31/08/2026" in text
