"""The same code is a different place before and after 2025-07-01."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from motcua.agencies.models import ElectronicId, Unit
from motcua.agencies.operations.reference import load_electronic_ids, load_units
from motcua.agencies.queries.branches import branch_named
from motcua.agencies.queries.countries import countries, country_named
from motcua.agencies.queries.units import (
    NoSuchUnit,
    Place,
    first_level_name,
    places_named,
    places_on,
    unit_at,
    units_in,
)
from motcua.agencies.tests.conftest import AT, NEW_MAP, SYSTEM
from motcua.backbone.models import Entry

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)


def test_a_code_means_the_place_it_meant_that_day(country):
    old = unit_at("00004", level="commune", on=BEFORE)
    new = unit_at("00004", level="commune", on=AFTER)
    assert (old.name, old.parent, old.valid_to) == ("Phường Trúc Bạch", "001", NEW_MAP)
    assert (new.name, new.parent, new.valid_from) == ("Phường Ba Đình", "01", NEW_MAP)
    assert unit_at("01", level="province", on=AFTER).parent is None


def test_a_place_that_does_not_exist_that_day_is_not_found(country):
    with pytest.raises(NoSuchUnit):
        unit_at("001", level="district", on=AFTER)
    with pytest.raises(NoSuchUnit):
        unit_at("00004", level="district", on=AFTER)


def test_communes_are_listed_under_their_district_and_their_province(
    country, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert [u.name for u in units_in("001", level="commune", on=BEFORE)] == ["Phường Trúc Bạch"]
    assert [u.name for u in units_in("01", level="commune", on=BEFORE)] == ["Phường Trúc Bạch"]
    assert [u.name for u in units_in("01", level="commune", on=AFTER)] == ["Phường Ba Đình"]
    assert [u.code for u in units_in(None, level="province", on=AFTER)] == ["01"]


def test_a_code_is_named_as_of_the_day_it_was_written(country, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = places_on({("00004", BEFORE), ("00004", AFTER), ("01", BEFORE), ("99", AFTER)})
    assert found == {
        ("00004", BEFORE): Place("Phường Trúc Bạch, Thành phố Hà Nội"),
        ("00004", AFTER): Place("Phường Ba Đình, Thành phố Hà Nội"),
        ("01", BEFORE): Place("Thành phố Hà Nội"),
    }


def test_a_code_of_another_time_is_named_and_said_to_be_of_that(country):
    Unit.objects.create(level="province", code="34", name="Tỉnh Thái Bình", valid_to=NEW_MAP)
    Unit.objects.create(
        level="commune", code="09999", name="Phường Mới", parent="01", valid_from=NEW_MAP
    )
    asked = {("34", AFTER), ("09999", BEFORE)}
    assert places_on(asked) == {
        ("34", AFTER): Place("Tỉnh Thái Bình", until=NEW_MAP),
        ("09999", BEFORE): Place("Phường Mới, Thành phố Hà Nội", since=NEW_MAP),
    }
    assert places_named(["34"], on=AFTER) == {}


def test_countries_have_names_also_those_that_are_no_more():
    assert [country_named(code) for code in ("VN", "LA", "SU", "vn", "?")] == [
        "Việt Nam",
        "Lào",
        "Liên Xô",
        "",
        "",
    ]
    assert country_named("LA", "en") == "Laos"
    assert ("LA", "Lào") in countries()
    assert len(countries()) == len(dict(countries())) > 240


def test_a_code_of_any_length_has_the_name_of_its_branch():
    assert branch_named("01") == branch_named("01181") != ""
    assert branch_named("56101") == "Dịch vụ ăn uống"
    assert branch_named("5610", "en") == "Food and beverage service activities"
    for unknown in ("", "0", "04", "040", "561012", "G", "56x", "５６"):
        assert branch_named(unknown) == ""


def test_one_code_is_never_two_places_on_one_day(country):
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(
            level="commune", code="00004", name="x", kind="x", valid_from=date(2026, 1, 1)
        )


@pytest.mark.django_db
def test_the_package_carries_the_whole_map_of_both_worlds():
    loaded = load_units(by=SYSTEM, at=AT)
    assert loaded.rows == loaded.changed == 63 + 707 + 10_767 + 34 + 3_321
    counts = {
        (level, on): Unit.objects.valid_on(on).filter(level=level).count()
        for level in ("province", "district", "commune")
        for on in (BEFORE, AFTER)
    }
    assert counts == {
        ("province", BEFORE): 63,
        ("district", BEFORE): 707,
        ("commune", BEFORE): 10_767,
        ("province", AFTER): 34,
        ("district", AFTER): 0,
        ("commune", AFTER): 3_321,
    }


@pytest.mark.django_db
def test_every_unit_has_a_parent_in_its_own_time():
    load_units(by=SYSTEM, at=AT)
    for on in (BEFORE, AFTER):
        known = set(Unit.objects.valid_on(on).values_list("code", flat=True))
        parents = set(Unit.objects.valid_on(on).values_list("parent", flat=True)) - {""}
        assert parents <= known


@pytest.mark.django_db
def test_loading_again_changes_only_what_differs():
    load_units(by=SYSTEM, at=AT)
    load_electronic_ids(by=SYSTEM, at=AT)
    Unit.objects.filter(code="00004", valid_from=NEW_MAP).update(name="wrong")
    ElectronicId.objects.filter(code="H57").update(name="wrong")
    assert load_units(by=SYSTEM, at=AT).changed == 1
    assert load_electronic_ids(by=SYSTEM, at=AT).changed == 1
    assert unit_at("00004", level="commune", on=AFTER).name == "Phường Ba Đình"
    said = Entry.objects.count()
    assert load_units(by=SYSTEM, at=AT).changed == load_electronic_ids(by=SYSTEM, at=AT).changed
    assert Entry.objects.count() == said


@pytest.mark.django_db
def test_an_electronic_id_tells_whose_it_is():
    assert load_electronic_ids(by=SYSTEM, at=AT).rows == 86
    assert first_level_name("000.00.16.H57") == "Ủy ban nhân dân tỉnh Thừa Thiên Huế"
    assert first_level_name("H26.14") == "Ủy ban nhân dân thành phố Hà Nội"
    assert first_level_name("000.00.00.H99") is None
    assert first_level_name("") is None


@pytest.mark.django_db
def test_the_command_says_what_it_loaded(capsys):
    call_command("load_reference")
    told = capsys.readouterr().out
    assert "14892 rows, 14892 changed" in told
    assert "86 rows, 86 changed" in told
