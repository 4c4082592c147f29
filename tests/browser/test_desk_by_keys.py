"""An official clears a worklist without touching the mouse; many at once are shown as they go."""

import pytest
from playwright.sync_api import expect

from tests.browser.filed import file_births
from tests.browser.keys import press_by_keys
from tests.browser.officials import WHY
from tests.browser.people import Person
from tests.browser.steps import CLERK, MOTHER, SPECIALIST

FORMS = "/ban-lam-viec/?xem=new&xep=newest"
BOTH = "cả 2 hồ sơ đều làm được"


@pytest.fixture
def clerk(desktop):
    me = Person(desktop)
    me.sign_in(CLERK)
    return me


def said(me: Person) -> str:
    """Return what the page says happened."""
    return me.page.locator("[role=status]").first.inner_text()


def down_to(me: Person, code: str) -> None:
    """Go down the list by J until the dossier is the current one."""
    for _press in range(60):
        if code in (me.page.locator("tr.is-cur").all_inner_texts() or [""])[0]:
            return
        me.page.keyboard.press("j")
    raise AssertionError(f"{code} is not in the list")


def press(me: Person, key: str) -> None:
    """Press a key that leads to another page."""
    with me.page.expect_navigation():
        me.page.keyboard.press(key)


def write(me: Person, button: str) -> None:
    """Go to the reason by Tab, type it, go on to the button and press it."""
    press_by_keys(me.page, "End", name="reason")
    me.page.keyboard.insert_text(WHY)
    with me.page.expect_navigation():
        press_by_keys(me.page, "Enter", text=button)


def test_a_worklist_is_cleared_by_keys_alone(clerk, house):
    third, second, first = file_births(house, MOTHER, 3)
    clerk.open(FORMS)
    down_to(clerk, first)
    press(clerk, "a")
    assert first in said(clerk)
    down_to(clerk, second)
    clerk.page.keyboard.press("j")
    clerk.page.keyboard.press("k")
    press(clerk, "Enter")
    clerk.look()
    press(clerk, "s")
    press_by_keys(clerk.page, "Space", name="papers")
    write(clerk, "Yêu cầu bổ sung")
    assert second in said(clerk)
    clerk.open(FORMS)
    down_to(clerk, third)
    press(clerk, "r")
    write(clerk, "Từ chối, nêu lý do")
    assert third in said(clerk)
    clerk.open(FORMS)
    left = clerk.page.locator("main").inner_text()
    assert not [code for code in (first, second, third) if f"\n{code}" in left]


def test_what_was_given_to_a_colleague_is_taken_back_by_keys(clerk, house):
    codes = file_births(house, MOTHER, 2)
    clerk.open(FORMS)
    for code in codes[::-1]:
        down_to(clerk, code)
        clerk.page.keyboard.press("x")
    expect(clerk.page.locator("[data-bulk] strong")).to_have_text("Đã chọn 2 hồ sơ")
    with clerk.page.expect_navigation():
        press_by_keys(clerk.page, "Enter", text="Giao cho đồng nghiệp")
    press_by_keys(clerk.page, "Space", name="nguoi")
    with clerk.page.expect_navigation():
        press_by_keys(clerk.page, "Enter", text="Giao hồ sơ cho đồng nghiệp (2)")
    expect(clerk.page.locator("#tien-do [role=status]")).to_contain_text(BOTH, timeout=30_000)
    with clerk.page.expect_navigation():
        press_by_keys(clerk.page, "Enter", text="Hoàn tác: trả về người cũ")
    expect(clerk.page.locator("#tien-do [role=status]")).to_contain_text(BOTH, timeout=30_000)
    clerk.look()


def test_two_hundred_are_accepted_in_one_run_that_shows_how_far_it_is(clerk, house):
    codes = file_births(house, MOTHER, 200)
    clerk.open("/ban-lam-viec/?xem=new&thu-tuc=1.001193")
    clerk.page.locator("[data-bulk] [name=tat-ca]").check()
    clerk.page.locator("[data-worklist] tbody [type=checkbox]").first.check(force=True)
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("a")
    clerk.look()
    clerk.press("Tiếp nhận")
    bar = clerk.page.locator("#tien-do progress, #tien-do [role=progressbar], #tien-do meter").first
    expect(bar).to_be_visible()
    expect(clerk.page.locator("#tien-do [role=status]")).to_contain_text(
        "Đã chạy xong", timeout=90_000
    )
    clerk.look()
    done = clerk.page.locator("#tien-do tbody").inner_text()
    assert all(code in done for code in codes)
    clerk.open(f"/ban-lam-viec/?tim={codes[-1]}")
    expect(clerk.page.locator("[data-worklist]")).to_contain_text("Đã tiếp nhận")


def test_the_specialist_finds_them_passed_on(clerk, house):
    (code,) = file_births(house, MOTHER, 1)
    clerk.open(f"/ban-lam-viec/?tim={code}")
    for _step in ("accept", "pass on"):
        down_to(clerk, code)
        press(clerk, "a")
        assert code in said(clerk)
    specialist = Person(clerk.page)
    specialist.sign_in(SPECIALIST)
    specialist.open(f"/ban-lam-viec/?tim={code}&cua=post")
    down_to(specialist, code)
    press(specialist, "a")
    assert "Đề xuất giải quyết" in specialist.page.locator("h1").inner_text()
