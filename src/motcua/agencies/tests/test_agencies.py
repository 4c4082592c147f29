"""Agencies open, answer for places, and give people posts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.agencies.models import Agency as AgencyRow
from motcua.agencies.operations.agencies import AgencyExists, NewAgency, add_office, open_agency
from motcua.agencies.operations.posts import HeldAlready, NoSuchPost, appoint, end_post
from motcua.agencies.queries.agencies import (
    NoCompetentAgency,
    NoSuchAgency,
    agencies_of_level,
    agencies_under,
    agency,
    competent_agency,
    offices_of,
)
from motcua.agencies.queries.posts import holders, posts_held
from motcua.agencies.queries.units import NoSuchUnit
from motcua.agencies.rules.access import NotYourAgency
from motcua.agencies.rules.electronic_ids import WrongElectronicId
from motcua.agencies.rules.levels import Kind, Level
from motcua.agencies.tests.conftest import AT, CHIEF, CITY, NEW_MAP, SYSTEM, WARD, refused
from motcua.backbone.models import Entry
from motcua.kernel.actors import Actor, Role

OFFICE = NewAgency(
    id="000.00.05.H26",
    name="Sở Tư pháp thành phố Hà Nội",
    level=Level.PROVINCE,
    kind=Kind.DEPARTMENT,
    opened_on=NEW_MAP,
    unit="01",
    parent=CITY,
)


def test_the_committee_of_a_place_answers_for_it(ward, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = competent_agency("commune", "00004", on=NEW_MAP)
    assert (found.id, found.unit, found.unit_name) == (WARD, "00004", "Phường Ba Đình")
    assert competent_agency("province", "00004", on=NEW_MAP).id == CITY
    assert competent_agency("province", "01", on=NEW_MAP).id == CITY


@pytest.mark.parametrize(
    ("level", "unit", "on"),
    [
        ("commune", "00004", date(2025, 6, 30)),
        ("commune", "99999", NEW_MAP),
        ("commune", "01", NEW_MAP),
        ("ministry", "00004", NEW_MAP),
        ("commune", "", NEW_MAP),
    ],
)
def test_where_nobody_answers_it_is_said(ward, level, unit, on):
    with refused(NoCompetentAgency):
        competent_agency(level, unit, on=on)


def test_a_closed_agency_no_longer_answers_but_is_still_known(ward):
    AgencyRow.objects.filter(pk=WARD).update(closed_on=date(2026, 1, 1))
    assert competent_agency("commune", "00004", on=date(2025, 12, 31)).id == WARD
    with refused(NoCompetentAgency):
        competent_agency("commune", "00004", on=date(2026, 1, 1))
    assert agency(WARD).closed_on == date(2026, 1, 1)
    assert agencies_of_level("commune") == ()


def test_a_department_answers_for_no_place_but_stands_in_the_lists(ward):
    open_agency(OFFICE, by=SYSTEM, at=AT)
    assert competent_agency("province", "01", on=NEW_MAP).id == CITY
    assert [a.id for a in agencies_of_level("province")] == [OFFICE.id, CITY]
    assert {a.id for a in agencies_under(CITY)} == {OFFICE.id, WARD}
    with refused(NoSuchAgency):
        agency("000.00.99.H26")


def test_only_the_parent_s_administrator_opens_an_agency(ward):
    city_chief = Actor("c", agency=CITY, roles=frozenset({Role.ADMINISTRATOR}))
    with refused(NotYourAgency):
        open_agency(OFFICE, by=CHIEF, at=AT)
    with refused(NotYourAgency):
        open_agency(replace(OFFICE, parent=None), by=city_chief, at=AT)
    open_agency(OFFICE, by=city_chief, at=AT)
    entry = Entry.objects.get(name="agencies.agency-opened", subject=OFFICE.id)
    assert (entry.by, entry.facts["unit"], entry.facts["parent"]) == ("c", "01", CITY)


def test_a_ministry_stands_for_no_place(ward):
    ministry = NewAgency(
        id="G15", name="Bộ Tư pháp", level=Level.MINISTRY, kind=Kind.MINISTRY, opened_on=NEW_MAP
    )
    open_agency(ministry, by=SYSTEM, at=AT)
    assert (agency("G15").unit, agency("G15").unit_name) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"id": "H26-5"}, WrongElectronicId),
        ({"parent": "000.00.98.H26"}, NoSuchAgency),
        ({"unit": "79"}, NoSuchUnit),
        ({"opened_on": date(2020, 1, 1), "level": Level.COMMUNE}, NoSuchUnit),
        ({"id": WARD}, AgencyExists),
        ({"kind": Kind.COMMITTEE}, AgencyExists),
    ],
)
def test_an_agency_that_cannot_be_is_not_opened(ward, wrong, error):
    with refused(error):
        open_agency(replace(OFFICE, **wrong), by=SYSTEM, at=AT)


def test_an_agency_has_offices(ward):
    add_office(WARD, "Bộ phận một cửa", address="1 Hoàng Diệu", by=SYSTEM, at=AT)
    add_office(WARD, "Bộ phận một cửa", address="2 Hoàng Diệu", by=CHIEF, at=AT)
    add_office(WARD, "Văn phòng", one_stop=False, by=CHIEF, at=AT)
    assert [(o.name, o.address) for o in offices_of(WARD)] == [
        ("Bộ phận một cửa", "2 Hoàng Diệu"),
        ("Văn phòng", ""),
    ]
    with refused(NoSuchAgency):
        add_office("G15", "Bộ phận một cửa", by=SYSTEM, at=AT)
    with refused(NotYourAgency):
        add_office(CITY, "Bộ phận một cửa", by=CHIEF, at=AT)


def test_an_official_holds_a_post_until_it_ends(ward, django_assert_num_queries):
    post = appoint("lan", "Nguyễn Thị Lan", WARD, Role.CLERK, "Công chức", by=SYSTEM, at=AT)
    later = AT + timedelta(days=30)
    with django_assert_num_queries(1):
        (held,) = posts_held("lan", at=AT)
    assert (held.id, held.agency, held.role, held.title) == (post, WARD, Role.CLERK, "Công chức")
    assert held.agency_name == "Ủy ban nhân dân phường Ba Đình"
    assert posts_held("lan", at=AT - timedelta(seconds=1)) == ()
    end_post(post, by=CHIEF, at=later)
    assert posts_held("lan", at=later) == ()
    assert [h.holder_name for h in holders(WARD, Role.CLERK, at=later - timedelta(seconds=1))] == [
        "Nguyễn Thị Lan"
    ]
    told = Entry.objects.filter(subject=WARD).values_list("name", flat=True)
    assert {"agencies.official-appointed", "agencies.post-ended"} <= set(told)


def test_a_post_is_held_once_and_ended_once(ward):
    def hire():
        return appoint("lan", "Nguyễn Thị Lan", WARD, Role.CLERK, "Công chức", by=CHIEF, at=AT)

    post = hire()
    with refused(HeldAlready):
        hire()
    end_post(post, by=CHIEF, at=AT)
    with refused(NoSuchPost):
        end_post(post, by=CHIEF, at=AT)
    assert hire() != post


def test_nobody_appoints_in_another_agency(ward):
    post = appoint("lan", "Lan", CITY, Role.CLERK, "Công chức", by=SYSTEM, at=AT)
    with refused(NotYourAgency):
        appoint("lan", "Lan", CITY, Role.LEADER, "Giám đốc", by=CHIEF, at=AT)
    with refused(NotYourAgency):
        end_post(post, by=CHIEF, at=AT)
    with refused(NotYourAgency):
        appoint("lan", "Lan", WARD, Role.CLERK, "x", by=replace(CHIEF, roles=frozenset()), at=AT)
    with refused(NoSuchAgency):
        appoint("lan", "Lan", "G15", Role.CLERK, "Công chức", by=SYSTEM, at=AT)
