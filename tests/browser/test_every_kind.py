"""Every kind of field, for every reader: looked at, filled, filed; rows and conditions in place."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import shop
from tests.browser.keys import by_keys, press_by_keys
from tests.browser.steps import axe, too_wide

GO_ON = "Lưu và tiếp tục"


@pytest.fixture(scope="module", autouse=True)
def _loaded(house, tmp_path_factory):
    shop.load(house, tmp_path_factory.mktemp("packs"))


@pytest.fixture(params=["desktop", "phone"])
def page(request):
    return request.getfixturevalue(request.param)


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=GO_ON).last.click()


def barred(page: Page) -> list[str]:
    """Return what bars people from the page as it stands, with every fold open."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    return axe(page) + (["too wide"] if too_wide(page) else [])


def add(page: Page, name: str) -> None:
    page.locator(f"button[name=add][value={name}]").click()
    expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)


def remove(page: Page, row: str, *, sure: bool = True) -> None:
    page.locator(f"[id='{row}'] .mc-ask > summary").click()
    if sure:
        page.locator(f"[id='{row}'] button[name=remove]").click()
    expect(page.locator(".htmx-request, .htmx-settling")).to_have_count(0)


def test_every_kind_bars_nobody_empty_wrong_and_filled(page):
    first = shop.begin(page)
    for address in shop.steps_of(first):
        page.goto(address)
        assert barred(page) == []
        go_on(page)
        assert page.locator("#errors li").count() >= 2
        assert page.title().startswith("Lỗi:")
        assert barred(page) == []
        shop.fill(page)
        page.wait_for_load_state("networkidle")
        shop.fill(page)
        assert barred(page) == []
        if "/many/" in address:
            for _row in range(5):
                add(page, "children")
            add(page, "goods")
            assert barred(page) == []


def test_each_line_of_the_summary_leads_to_its_control(desktop):
    first = shop.begin(desktop, "many")
    desktop.goto(first)
    add(desktop, "goods")
    desktop.fill("[name='goods.1.item']", "Mắm")
    go_on(desktop)
    summary = desktop.locator("#errors")
    expect(summary).to_be_focused()
    line = summary.get_by_role("link", name=re.compile("Mặt hàng thứ 2: .*đơn giá", re.IGNORECASE))
    line.click()
    assert desktop.evaluate("document.activeElement.name") == "goods.1.price"


def test_the_shop_is_filed_by_keyboard_alone(desktop):
    desktop.goto(shop.begin(desktop))
    while "/kiem-tra/" not in desktop.url:
        here = desktop.url
        by_keys(desktop, shop.ANSWERS, until=GO_ON)
        desktop.wait_for_url(lambda url, here=here: url != here)
    press_by_keys(desktop, "Space", name="declared")
    with desktop.expect_navigation(url="**/giay-hen/"):
        press_by_keys(desktop, "Enter", text="Nộp hồ sơ")


def test_the_shop_is_filed_without_scripts(no_js):
    no_js.goto(shop.begin(no_js))
    for page in range(3):
        if page == 2:
            no_js.locator("button[name=add][value=children]").click()
            assert no_js.locator("[autofocus]").first.get_attribute("name") == "children.0.name"
            no_js.locator("button[name=add][value=children]").click()
            remove_without_scripts(no_js, "children.1")
        here = no_js.url
        for _more_questions in range(3):
            shop.fill(no_js, scripts=False)
            go_on(no_js)
            if no_js.url != here:
                break
        assert no_js.url != here, no_js.locator("main").inner_text()
    no_js.locator("[name=declared]").check(force=True)
    with no_js.expect_navigation(url="**/giay-hen/"):
        no_js.get_by_role("button", name="Nộp hồ sơ").click()


def remove_without_scripts(page: Page, row: str) -> None:
    page.locator(f"[id='{row}'] .mc-ask > summary").click()
    page.locator(f"[id='{row}'] button[name=remove]").click()
    expect(page.get_by_role("status").get_by_text("Đã bỏ Con thứ 2")).to_be_visible()


def test_questions_come_and_go_at_once_without_a_line(page):
    page.goto(shop.begin(page))
    page.context.set_offline(True)
    permit, shown = page.locator("[name=permit]"), page.locator("[name=shown]")
    expect(permit).to_be_hidden()
    page.locator("[name=sells][value=alcohol]").check(force=True)
    expect(permit).to_be_visible()
    assert "permit" in shown.input_value().split()
    page.locator("[name=sells][value=alcohol]").uncheck(force=True)
    expect(permit).to_be_hidden()
    assert "permit" not in shown.input_value().split()
    stove = page.locator("#gas-group .mc-label")
    page.locator("[name=cooking][value=no]").check(force=True)
    expect(stove).to_contain_text("không bắt buộc", use_inner_text=True)
    page.locator("[name=cooking][value=yes]").check(force=True)
    expect(stove).not_to_contain_text("không bắt buộc", use_inner_text=True)


def test_figures_are_worked_out_as_one_types(desktop):
    desktop.goto(shop.begin(desktop, "many"))
    desktop.context.set_offline(True)
    desktop.fill("[name='goods.0.price']", "20000")
    desktop.fill("[name='goods.0.amount']", "300")
    expect(desktop.locator("[id='goods.0.cost']")).to_have_text("6.000.000 đồng")
    expect(desktop.locator("#total")).to_have_text("6.000.000 đồng")
    expect(desktop.locator("[name=reason]")).to_be_visible()
    expect(desktop.locator("[name='goods.0.price']")).to_have_value("20.000")
    desktop.fill("[name='goods.0.amount']", "2")
    expect(desktop.locator("[name=reason]")).to_be_hidden()


def test_rows_are_added_and_removed_in_place(page):
    page.goto(shop.begin(page, "many"))
    page.fill("[name='goods.0.item']", "Gạo")
    add(page, "goods")
    expect(page.locator("[name='goods.1.item']")).to_be_focused()
    expect(page.locator("[name='goods.0.item']")).to_have_value("Gạo")
    remove(page, "goods.1", sure=False)
    expect(page.locator("[name='goods.1.item']")).to_have_count(0)
    add(page, "goods")
    page.fill("[name='goods.1.item']", "Mắm")
    remove(page, "goods.1", sure=False)
    expect(page.locator("[name='goods.1.item']")).to_have_value("Mắm")
    page.keyboard.press("Escape")
    expect(page.locator(".mc-ask[open]")).to_have_count(0)
    remove(page, "goods.0")
    expect(page.locator("[name='goods.0.item']")).to_have_value("Mắm")
    expect(page.locator(".mc-told")).to_be_focused()
    page.reload()
    expect(page.locator("[name='goods.0.item']")).to_have_value("Mắm")
    expect(page.locator("[data-unsent-place]")).to_be_empty()


def test_rows_typed_when_the_line_dropped_are_offered_again(desktop):
    address = shop.begin(desktop, "many")
    desktop.goto(address)
    add(desktop, "goods")
    add(desktop, "children")
    desktop.fill("[name='goods.1.item']", "Mắm")
    desktop.locator("[name='children.0.adopted'][value=yes]").check(force=True)
    desktop.fill("[name='children.0.paper']", "1/QĐ")
    draw(desktop)
    desktop.context.set_offline(True)
    with desktop.expect_event("requestfailed"):
        desktop.locator("button[name=add][value=goods]").click()
    expect(desktop.locator("[data-form-told]")).to_contain_text("Mất kết nối")
    desktop.context.set_offline(False)
    desktop.goto(address)
    expect(desktop.locator("[name='goods.1.item']")).to_have_value("")
    desktop.locator("[data-unsent-place]").get_by_role("button", name="Dùng lại").click()
    expect(desktop.locator("[name='goods.1.item']")).to_have_value("Mắm")
    expect(desktop.locator("[name='children.0.paper']")).to_have_value("1/QĐ")
    assert desktop.locator("[name='signed.strokes']").input_value().startswith("M")


def draw(page: Page) -> None:
    """Draw a line on the signature pad."""
    pad = page.locator(".mc-sign__pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] + 60, steps=4)
    page.mouse.up()


def test_a_place_is_taken_from_the_device(browser, house):
    context = browser.new_context(
        base_url=house.url,
        locale="vi-VN",
        geolocation={"latitude": 21.0285, "longitude": 105.8542, "accuracy": 9},
        permissions=["geolocation"],
    )
    page = context.new_page()
    page.goto(shop.begin(page))
    page.get_by_role("button", name="Dùng vị trí của tôi").click()
    expect(page.locator("[name='where.lat']")).to_have_value("21,028500")
    expect(page.locator("[name='where.lng']")).to_have_value("105,854200")
    context.close()
