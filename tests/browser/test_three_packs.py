"""
Three procedures that have little in common, each from its page to the receipt.

A company with its members and their money, a driving licence exchanged by a ministry's office, a
house on a point of the map: at a desk, with a phone, and without JavaScript.
"""

import pytest
from django.utils.timezone import localdate

from motcua.files.tests.samples import pdf
from motcua.packs.tests.shipped import example_of, shipped
from tests.browser import citizen
from tests.browser.people import Person
from tests.browser.steps import FATHER
from tests.filing.boxes import Boxes, answers_here, boxes_of, rows_of

PACKS = [
    ("2.001199", "valid-two-friends-online", "Công ty"),
    ("3.000347", "valid-car-licence-expires-soon", "giấy phép lái xe"),
    ("1.013225", "valid-tube-house-in-hue", "Giấy phép xây dựng"),
]
NOT_FOR_YOU = "Thủ tục này không dành cho trường hợp của bạn"
GO_ON = "Lưu và tiếp tục"


@pytest.fixture
def scan(tmp_path):
    file = tmp_path / "giấy tờ.pdf"
    file.write_bytes(pdf())
    return file


def begin(me: Person, code: str) -> None:
    me.open(f"/thu-tuc/{code}/")
    me.look()
    me.press("Nộp trực tuyến")
    first = me.page.get_by_role("button", name="Bắt đầu")
    me.press("Bắt đầu" if first.count() else "Khai hồ sơ mới")


def fill_form(me: Person, answers) -> None:
    """Answer every page, what each answer leads to as well, until the papers or the check."""
    boxes, rows = boxes_of(answers), rows_of(answers)
    while not me.page.url.endswith(("/giay-to/", "/kiem-tra/")):
        me.look()
        here = me.page.url
        for _more_questions in range(4):
            fill_page(me, boxes, rows)
            me.press(GO_ON)
            if me.page.url != here:
                break
        assert me.page.url != here, me.page.locator("main").inner_text()
        if "/khong-phu-hop/" in me.page.url:
            return


def fill_page(me: Person, boxes: Boxes, rows: dict[str, int]) -> None:
    done: set[str] = set()
    while True:
        for name, wanted in rows.items():
            add_rows(me, name, wanted)
        names = me.page.locator("main [name]").evaluate_all("all => all.map(one => one.name)")
        new = [name for name in dict.fromkeys(names) if name in boxes and name not in done]
        if not new:
            return
        for name in new:
            put_in(me, name, boxes[name])
        done.update(new)


def add_rows(me: Person, name: str, wanted: int) -> None:
    """Press the button that adds a row until there are enough."""
    button = me.page.locator(f"button[name=add][value='{name}']")
    while button.is_visible() and (had := row_count(me, name)) < wanted:
        if me.scripts:
            citizen.drawn_again(me, button, button.click)
        else:
            with me.page.expect_navigation():
                button.click()
        assert row_count(me, name) == had + 1


def row_count(me: Person, name: str) -> int:
    return int(me.page.locator(f"[name='{name}.rows']").input_value())


def put_in(me: Person, name: str, values: list[str]) -> None:
    box = me.page.locator(f"main [type=checkbox][name='{name}']")
    if not box.count():
        citizen.type_in(me, name, values[0])
        return
    for value in values:
        me.page.locator(f"main [type=checkbox][name='{name}'][value='{value}']").check(force=True)


def hand_in(me: Person, scan) -> None:
    ids = me.page.locator("section[id^='paper-']").evaluate_all("all => all.map(one => one.id)")
    for paper in ids:
        citizen.hand_in(me, paper.removeprefix("paper-"), scan)
    me.look()
    me.press(GO_ON)


def file(me: Person) -> str:
    me.look()
    me.page.locator("[name=declared]").check(force=True)
    with me.page.expect_navigation(url="**/giay-hen/"):
        me.page.get_by_role("button", name="Nộp hồ sơ").click()
    me.look()
    return me.page.url.split("/ho-so/")[1].split("/")[0]


@pytest.mark.parametrize(("code", "example", "words"), PACKS)
def test_a_procedure_is_filed_from_its_page_to_the_receipt(someone, scan, code, example, words):
    me = someone(FATHER)
    path = example_of(code, example)
    answers = answers_here(path, shipped(code).unit_field, today=localdate())
    begin(me, code)
    fill_form(me, answers)
    if me.page.url.endswith("/giay-to/"):
        hand_in(me, scan)
    number = file(me)
    assert number in me.page.locator("main").inner_text()
    assert words.lower() in me.page.locator("main").inner_text().lower()


def test_a_house_in_the_country_needs_no_permit_and_one_goes_back_from_there(someone):
    me = someone(FATHER)
    pack = shipped("1.013225")
    none, right = (
        answers_here(example_of("1.013225", name), pack.unit_field, today=localdate())
        for name in ("invalid-rural-house-needs-none", "valid-tube-house-in-hue")
    )
    begin(me, "1.013225")
    fill_form(me, none)
    assert NOT_FOR_YOU in me.page.locator("h1").inner_text()
    me.look()
    me.press("Sửa câu trả lời")
    fill_form(me, right)
    assert "/khong-phu-hop/" not in me.page.url
