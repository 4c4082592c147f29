"""Pressing “add a row” without scripts: loading the page again does not press once more."""

from pathlib import Path

import pytest

from motcua.dossiers.models import Draft
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM
from motcua.packs.operations.publishing import publish_folder

MANY = "9.000003"
TYPED = {
    "shown": "photos goods children place sign",
    "goods.rows": "1",
    "goods.0.item": "Cá kho",
    "children.rows": "0",
    "sign.name": "Lan",
}


@pytest.fixture
def address(huong):
    publish_folder(Path(__file__).parent / "packs" / MANY, by=SYSTEM, at=MONDAY)
    assert huong.post(f"/nop/{MANY}/bat-dau/").status_code == 302
    return f"/khai/{Draft.objects.get().pk}/more/"


def rows(name):
    return Draft.objects.get().answers.get(name) or []


def test_a_row_is_added_once_however_often_the_page_is_loaded_again(huong, address):
    answer = huong.post(address, {**TYPED, "add": "goods"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    first = huong.get(address).content.decode()
    assert 'name="goods.1.item"' in first
    assert first.count("autofocus") == 1
    assert 'value="Cá kho"' in first
    assert "aria-invalid" not in first
    again = huong.get(address).content.decode()
    assert 'name="goods.1.item"' in again
    assert "autofocus" not in again
    assert len(rows("goods")) == 2


def test_a_row_that_goes_is_told_once(huong, address):
    two = TYPED | {"goods.rows": "2", "goods.1.item": "Rau"}
    assert huong.post(address, {**two, "remove": "goods.0"}).status_code == 302
    assert "Đã bỏ" in huong.get(address).content.decode()
    assert "Đã bỏ" not in huong.get(address).content.decode()
    assert rows("goods") == [{"item": "Rau"}]


def test_a_script_gets_the_row_at_once(huong, address):
    for headers in ({"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"}):
        answer = huong.post(address, {**TYPED, "add": "goods"}, headers=headers)
        assert answer.status_code == 200
        assert answer.content.decode().count("autofocus") == 1


def test_correcting_a_page_shows_no_problem_of_a_row_just_added(huong, address):
    back = f"{address}?ve=1"
    assert huong.post(back, {**TYPED, "add": "goods"})["Location"] == back
    assert "aria-invalid" not in huong.get(back).content.decode()
    assert "aria-invalid" in huong.get(back).content.decode()


def test_what_was_pressed_on_one_page_is_not_told_on_another(huong, address):
    huong.post(address, {**TYPED, "add": "goods"})
    assert "autofocus" not in huong.get(address.replace("/more/", "/case/")).content.decode()
    assert huong.get(address).content.decode().count("autofocus") == 1


@pytest.mark.parametrize(
    "chosen", ["office.province", "x.province\r\nX: y", "//evil.province", "1"]
)
def test_choosing_a_province_leads_to_its_communes_and_nowhere_else(huong, address, chosen):
    case = address.replace("/more/", "/case/")
    posted = {"shown": "office", "office.province": "01", "again": chosen}
    location = huong.post(case, posted)["Location"]
    assert location == case + ("#office.commune" if chosen == "office.province" else "")
    page = huong.get(case).content.decode()
    assert 'id="office.commune"' in page
    assert "aria-invalid" not in page


@pytest.mark.parametrize("named", ["goods.x", "goods.", "goods.²", "goods.999999", "x.1", "goods"])
def test_a_button_that_names_no_row_does_nothing(huong, address, named):
    huong.post(address, {**TYPED, "remove": named})
    assert huong.get(address).status_code == 200
    assert rows("goods") == [{"item": "Cá kho"}]


def test_a_page_without_conditions_does_not_load_what_evaluates_them(huong, address):
    assert "expressions.js" not in huong.get(address).content.decode()
    assert "uploads.js" in huong.get(address).content.decode()
    case = huong.get(address.replace("/more/", "/case/")).content.decode()
    assert "expressions.js" in case
    assert "uploads.js" not in case
