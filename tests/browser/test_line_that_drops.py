"""What was typed survives a line that drops, and stays nowhere it should not."""

import re

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.steps import FATHER, MOTHER, axe, sign_in, too_wide

KEPT = "Object.keys(localStorage).filter(key => key.startsWith('motcua.unsent.'))"


@pytest.fixture(params=["desktop", "phone"])
def page(request):
    return request.getfixturevalue(request.param)


def begin(page: Page, step: str = "child") -> str:
    """Begin a birth registration and open a page of its form; return its address."""
    sign_in(page, MOTHER, to="/nop/1.001193/")
    page.locator("form[action$='/bat-dau/'] button:not([name])").click()
    page.wait_for_url(re.compile("/khai/"))
    address = re.sub(r"/khai/([^/]+)/.*", rf"/khai/\1/{step}/", page.url)
    page.goto(address)
    return address


def type_and_lose_the_line(page: Page, name: str) -> None:
    page.fill("[name=child_name]", name)
    page.context.set_offline(True)
    page.get_by_role("button", name="Lưu và tiếp tục").last.click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)


def reach(page: Page, address: str) -> None:
    """Open a page after the line came back; the browser may still be leaving its own error page."""
    try:
        page.goto(address)
    except Error:
        page.goto(address)


def test_what_was_typed_when_the_line_dropped_is_offered_and_used(page):
    address = begin(page)
    type_and_lose_the_line(page, "Trần Minh Anh")
    reach(page, address)
    note = page.locator("[data-unsent-place]")
    expect(note).to_contain_text(re.compile(r"Bạn có nội dung chưa lưu lúc \d+:\d\d"))
    expect(page.locator("[name=child_name]")).to_have_value("")
    assert axe(page) == []
    assert too_wide(page) == 0
    note.get_by_role("button", name="Dùng lại").click()
    expect(page.locator("[name=child_name]")).to_have_value("Trần Minh Anh")
    assert page.evaluate(KEPT) == []
    reach(page, address)
    expect(page.locator("[name=child_name]")).to_have_value("Trần Minh Anh")
    expect(note).to_be_empty()


def test_what_was_typed_can_be_dropped(desktop):
    address = begin(desktop)
    type_and_lose_the_line(desktop, "Trần Minh Anh")
    reach(desktop, address)
    note = desktop.locator("[data-unsent-place]")
    note.get_by_role("button", name="Bỏ").click()
    expect(note).to_be_empty()
    desktop.reload()
    expect(desktop.locator("[name=child_name]")).to_have_value("")
    expect(note).to_be_empty()


def test_the_copy_goes_when_the_server_has_it(desktop):
    begin(desktop, "case")
    desktop.check("[name=birth_proof][value=certificate]")
    assert len(desktop.evaluate(KEPT)) == 1
    desktop.get_by_role("button", name="Lưu và tiếp tục").last.click()
    expect(desktop.locator("#errors")).to_be_visible()
    assert desktop.evaluate(KEPT) == []


def test_going_elsewhere_after_a_failure_loses_nothing(desktop):
    address = begin(desktop)
    type_and_lose_the_line(desktop, "Trần Minh Anh")
    reach(desktop, address.replace("/child/", "/case/"))
    assert len(desktop.evaluate(KEPT)) == 1


def test_signing_out_leaves_nothing_behind(desktop):
    begin(desktop)
    desktop.fill("[name=child_name]", "Trần Minh Anh")
    assert len(desktop.evaluate(KEPT)) == 1
    desktop.goto("/tai-khoan/dang-xuat/")
    desktop.locator("main").get_by_role("button", name="Đăng xuất").click()
    desktop.wait_for_url("**/")
    expect(desktop.get_by_role("link", name="Đăng nhập").first).to_be_attached()
    assert desktop.evaluate(KEPT) == []


def test_another_person_on_the_same_phone_finds_nothing(desktop):
    begin(desktop)
    desktop.fill("[name=child_name]", "Trần Minh Anh")
    assert len(desktop.evaluate(KEPT)) == 1
    desktop.context.clear_cookies(name="sessionid")
    sign_in(desktop, FATHER)
    desktop.wait_for_load_state()
    assert desktop.evaluate(KEPT) == []


def test_the_copy_goes_when_the_next_page_comes(desktop):
    begin(desktop, "case")
    desktop.check("[name=relation][value=mother]")
    desktop.check("[name=birth_proof][value=certificate]")
    desktop.check("[name=surrogacy][value=no]")
    desktop.select_option("[name='office.province']", "01")
    desktop.select_option("[name='office.commune']", "00070")
    assert len(desktop.evaluate(KEPT)) == 1
    desktop.get_by_role("button", name="Lưu và tiếp tục").last.click()
    desktop.wait_for_url("**/child/")
    assert desktop.evaluate(KEPT) == []
