"""Choosing a province and then its commune with the keyboard, as fast as fingers go."""

import re

from playwright.sync_api import expect

from tests.browser.steps import MOTHER, sign_in

SLOW = 0.2
"""Seconds the line takes for each answer: more than between two presses of a key."""


def test_the_communes_are_those_of_the_province_where_the_keys_stopped(desktop):
    sign_in(desktop, MOTHER, to="/nop/2.000635/")
    desktop.locator("form[action$='/bat-dau/'] button:not([name])").click()
    desktop.wait_for_url(re.compile("/khai/"))
    province = desktop.locator("[name='office.province']")
    province.select_option("01")
    expect(desktop.locator("[name='office.commune'] option[value='00070']")).to_have_count(1)
    desktop.evaluate(
        "ms => { const send = window.fetch;"
        " window.fetch = async (...all) => {"
        "  const answer = await send(...all); await new Promise((go) => setTimeout(go, ms));"
        "  return answer; } }",
        SLOW * 1000,
    )
    province.focus()
    province.press("Home")
    for _ in range(9):
        province.press("ArrowDown")
    here = province.input_value()
    desktop.wait_for_timeout(SLOW * 1000 * 4)
    with desktop.expect_navigation():
        desktop.locator("[name='office.commune']").select_option(index=1)
        desktop.get_by_role("button", name="Lưu và tiếp tục").last.click()
    wrong = desktop.locator("#errors").get_by_text("thuộc tỉnh khác")
    assert province.input_value() == here
    expect(wrong).to_have_count(0)
