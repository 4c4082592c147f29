"""Files sent over a weak line: it drops midway, the page is left midway, two tabs send the same."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import MOTHER, axe, sign_in, too_wide
from tests.browser.test_uploading import BEGIN, GOOD, PDF

SCAN = PDF[:-6] + b"\n%" + bytes(range(40, 120)) * 12_000 + b"\nstartxref\n0\n%%EOF\n"
BIG = {"name": "bản quét.pdf", "mimeType": "application/pdf", "buffer": SCAN}
PART = "**/tep/gui/*/"
OTHER = {**BIG, "name": "khác.pdf", "buffer": SCAN.replace(b"startxref", b"%\nstartxref", 1)}


@pytest.fixture(scope="module")
def drafts(house):
    """Drafts that lack only their paper."""
    said = house.command("shell", "-c", BEGIN.format(who=MOTHER, pdf=PDF))
    return iter(json.loads(said.split("MADE")[1].splitlines()[0])[0])


@pytest.fixture
def papers(drafts):
    return f"/khai/{next(drafts)}/giay-to/"


@pytest.fixture(params=["desktop", "phone"])
def page(request):
    return request.getfixturevalue(request.param)


class Line:
    """The line to the portal: counts what goes over it, and holds the parts after the first few."""

    def __init__(self, page: Page, *, parts: int = 10**6):
        self.page, self.parts = page, parts
        self.sent: list[int] = []
        self.held = []
        page.route(PART, self._carry)

    def _carry(self, route):
        if route.request.method != "PATCH":
            route.fallback()
        elif len(self.sent) < self.parts:
            self.sent.append(len(route.request.post_data_buffer or b""))
            route.continue_()
        else:
            self.held.append(route)

    def drop(self):
        """Cut the line while a part is on its way."""
        self.parts = 10**6
        self.page.context.set_offline(True)
        while self.held:
            self.held.pop().abort("internetdisconnected")

    def come_back(self):
        self.page.context.set_offline(False)


def section_of(page):
    return page.locator("#paper-birth_certificate")


def choose(page, *files):
    section_of(page).locator("[id=files-birth_certificate]").set_input_files(list(files))


def row_of(page):
    return section_of(page).locator(".mc-queue__i")


def wait_for_parts(page, line, number):
    """Wait until that many parts went, and one more waits on the line."""
    while len(line.sent) < number or not line.held:
        page.wait_for_timeout(50)


def kept(page, name="bản quét.pdf"):
    link = section_of(page).locator(".mc-photo a", has_text=name)
    return page.request.get(link.get_attribute("href")).body()


def test_a_file_goes_on_where_the_line_dropped(page, papers):
    sign_in(page, MOTHER, to=papers)
    line = Line(page, parts=2)
    choose(page, BIG, GOOD)
    wait_for_parts(page, line, 2)
    line.drop()
    told = row_of(page).first.locator(".mc-queue__w")
    expect(told).to_contain_text("Mất mạng, sẽ gửi tiếp khi có mạng")
    expect(section_of(page).get_by_role("status")).to_contain_text("Mất mạng")
    expect(row_of(page).first.get_by_role("progressbar")).to_have_attribute("value", "40")
    assert axe(page) == []
    assert too_wide(page) == 0
    page.wait_for_timeout(1500)
    expect(told).to_be_visible()
    line.come_back()
    expect(section_of(page).locator(".mc-photo")).to_have_count(2)
    expect(row_of(page)).to_have_count(0)
    assert kept(page) == SCAN
    assert sum(line.sent) <= len(SCAN) + len(PDF) + 2**19


def test_a_page_left_midway_asks_for_the_same_file_and_sends_only_the_rest(page, papers):
    sign_in(page, MOTHER, to=papers)
    line = Line(page, parts=2)
    page.on("dialog", lambda dialog: dialog.accept())
    choose(page, BIG)
    wait_for_parts(page, line, 2)
    page.reload()
    page.unroute(PART)
    row = row_of(page)
    expect(row.locator("b")).to_have_text("bản quét.pdf")
    expect(row.locator(".mc-queue__w")).to_contain_text("Đã gửi 40%")
    expect(row.get_by_role("button", name="Chọn tệp")).to_be_visible()
    assert axe(page) == []
    assert too_wide(page) == 0
    line = Line(page)
    choose(page, BIG)
    expect(section_of(page).locator(".mc-photo")).to_have_count(1)
    expect(row).to_have_count(0)
    assert kept(page) == SCAN
    assert sum(line.sent) < len(SCAN) * 0.7
    page.reload()
    expect(section_of(page).locator(".mc-photo")).to_have_count(1)
    expect(row).to_have_count(0)


def test_a_file_whose_last_answer_was_not_heard_is_added_when_the_page_is_opened_again(
    desktop, papers
):
    sign_in(desktop, MOTHER, to=papers)
    desktop.on("dialog", lambda dialog: dialog.accept())
    line = Line(desktop, parts=2)
    choose(desktop, BIG)
    wait_for_parts(desktop, line, 2)
    last = line.held[0].request
    sent = desktop.request.fetch(
        last.url, method="PATCH", headers=last.headers, data=SCAN[sum(line.sent) :]
    )
    assert sent.status == 204
    desktop.reload()
    expect(section_of(desktop).locator(".mc-photo")).to_have_count(1)
    expect(row_of(desktop)).to_have_count(0)
    assert kept(desktop) == SCAN


def test_another_file_does_not_go_on_where_the_first_stopped(desktop, papers):
    sign_in(desktop, MOTHER, to=papers)
    line = Line(desktop, parts=1)
    desktop.on("dialog", lambda dialog: dialog.accept())
    choose(desktop, BIG)
    wait_for_parts(desktop, line, 1)
    desktop.reload()
    desktop.unroute(PART)
    choose(desktop, OTHER)
    expect(section_of(desktop).locator(".mc-photo")).to_have_count(1)
    assert kept(desktop, "khác.pdf") == OTHER["buffer"]
    row_of(desktop).get_by_role("button", name="Hủy").click()
    expect(row_of(desktop)).to_have_count(0)
    desktop.reload()
    expect(row_of(desktop)).to_have_count(0)


def test_two_tabs_that_send_the_same_file_add_it_once(desktop, papers):
    sign_in(desktop, MOTHER, to=papers)
    second = desktop.context.new_page()
    second.goto(papers)
    line = Line(desktop, parts=1)
    choose(desktop, BIG)
    wait_for_parts(desktop, line, 1)
    choose(second, BIG)
    expect(section_of(second).locator(".mc-photo")).to_have_count(1)
    line.parts = 10**6
    line.held.pop().continue_()
    expect(section_of(desktop).locator(".mc-photo")).to_have_count(1)
    assert kept(desktop) == SCAN
    desktop.reload()
    expect(section_of(desktop).locator(".mc-photo")).to_have_count(1)


def test_a_web_process_that_restarts_costs_nothing(desktop, papers, house):
    sign_in(desktop, MOTHER, to=papers)
    line = Line(desktop, parts=2)
    choose(desktop, BIG)
    wait_for_parts(desktop, line, 2)
    web, before = house.part("web"), house.pid("web")
    web.process.kill()
    line.parts = 10**6
    line.held.pop().continue_()
    expect(section_of(desktop).locator(".mc-photo")).to_have_count(1, timeout=45_000)
    assert house.pid("web") != before
    assert kept(desktop) == SCAN


def test_one_file_takes_the_place_of_another_and_is_seen_to_go(page, papers):
    sign_in(page, MOTHER, to=papers)
    choose(page, GOOD)
    photo = section_of(page).locator(".mc-photo")
    expect(photo).to_have_count(1)
    line = Line(page, parts=1)
    photo.locator("summary").click()
    photo.locator("input[data-upload]").set_input_files(BIG)
    wait_for_parts(page, line, 1)
    expect(row_of(page).get_by_role("progressbar")).to_be_visible()
    line.parts = 10**6
    line.held.pop().continue_()
    expect(photo.locator("a")).to_have_text("bản quét.pdf")
    expect(photo).to_have_count(1)
    assert axe(page) == []
