"""An administrator puts a pack together from a record without ever seeing a file."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import ADMINISTRATOR, axe, sign_in, too_wide

RECORD = "2.000635"
PHONE = 360
PAGES = ("", "noi-dung/", "bieu-mau/", "sua/procedure/", "xem-thu/dau/")


@pytest.fixture(params=["phone", "no_js"])
def page(request):
    return request.getfixturevalue(request.param)


def begin(page):
    """Begin a draft from a record and return its address."""
    sign_in(page, ADMINISTRATOR, to=f"/quan-tri/goi/moi/?q={RECORD}")
    page.locator(".mc-begin button").first.click()
    page.wait_for_url(re.compile(r"/quan-tri/goi/[0-9a-f-]{36}/$"))
    return page.url


def write_what_is_left(page, draft):
    """Follow what is left to do, one after another, and write what is asked for."""
    for _round in range(40):
        page.goto(f"{draft}noi-dung/")
        left = page.locator(".mc-left a").first
        if not left.count():
            return
        left.click()
        for box in page.locator("main form").locator("input[type=text], textarea").all():
            text = box.input_value()
            if "TODO" in text:
                name = box.get_attribute("name") or ""
                box.fill(WORDS.get(name, re.sub(r"TODO[:,]?\s*", "", text) or "Chữ"))
        page.get_by_role("button", name="Lưu", exact=True).last.click()
        anyway = page.get_by_role("button", name="Cứ lưu, sửa sau")
        if anyway.count():
            anyway.click()
    pytest.fail(page.locator(".mc-left").inner_text())


WORDS = {"code": "KQ.G15.000031", "legal": "123/2015/NĐ-CP"}


def test_a_pack_is_made_from_a_record_by_forms_alone(page):
    draft = begin(page)
    page.goto(f"{draft}sua/procedure/")
    page.fill("[name=title_en]", "Copies of civil status extracts")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    page.goto(f"{draft}bieu-mau/")
    first = page.locator(".mc-adding").first
    first.locator("select").select_option("text")
    first.locator("button").click()
    page.fill("[name=label_vi]", "Bạn cần gấp vì việc gì")
    page.fill("[name=label_en]", "What is the hurry")
    page.locator("[name=required][value=never]").check(force=True)
    page.fill("[name=show]", "present(no_such)")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.locator("[id=show-error]")).to_contain_text("no_such")
    page.fill("[name=show]", "present(office)")
    page.get_by_role("button", name="Lưu", exact=True).last.click()
    expect(page.get_by_text("present(office)")).to_be_visible()
    write_what_is_left(page, draft)
    see_it_on_a_phone(page, draft)


def see_it_on_a_phone(page, draft):
    page.goto(f"{draft}xem-thu/dau/")
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_be_visible()
    assert page.locator("iframe").bounding_box()["width"] <= 360
    for way in PAGES:
        page.goto(f"{draft}{way}")
        assert too_wide(page) == 0, way
        if page.viewport_size["width"] == PHONE:
            assert axe(page) == [], way
    page.goto(f"{draft}xem-thu/ket-qua/")
    page.fill("[name=name]", "chua-tra-loi")
    page.get_by_role("button", name="Giữ làm ví dụ").click()
    expect(page.locator("a[href$='/de-nghi/']")).to_be_visible()
