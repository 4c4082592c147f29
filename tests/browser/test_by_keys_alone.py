"""Nothing but a keyboard, for a clerk and for a citizen: one gets everywhere, and sees where."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from motcua.files.tests.samples import pdf
from motcua.packs.tests.shipped import example_of, shipped
from tests.browser.filed import file_births
from tests.browser.keys import by_keys, press_by_keys
from tests.browser.officials import WHY
from tests.browser.people import Person
from tests.browser.seeing import here, stops
from tests.browser.steps import CLERK, MOTHER
from tests.filing.boxes import answers_here, boxes_of

LIST = "/ban-lam-viec/?xem=new&xep=newest"
COPIES = "2.000635"
PAPER, ANSWER = "authorisation", "registered_where"


@pytest.fixture
def clerk(desktop, house):
    file_births(house, MOTHER, 3)
    me = Person(desktop)
    me.sign_in(CLERK)
    return me


@pytest.fixture
def scan(tmp_path):
    file = tmp_path / "giấy ủy quyền.pdf"
    file.write_bytes(pdf())
    return file


def current(me: Person) -> str:
    """Return the code of the row one is on."""
    return me.page.locator("tr.is-cur td.t small").inner_text()


def codes(me: Person) -> list[str]:
    return me.page.locator("[data-worklist] tbody td.t small").all_inner_texts()


def press(me: Person, key: str) -> None:
    """Press a key that leads to another page."""
    with me.page.expect_navigation():
        me.page.keyboard.press(key)


@pytest.mark.parametrize("who", ["worklist", "case", "step"])
def test_one_gets_everywhere_by_tab_and_always_sees_where_one_is(clerk, who):
    page = clerk.page
    clerk.open(LIST)
    if who != "worklist":
        page.keyboard.press("j")
        press(clerk, "Enter" if who == "case" else "s")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    found = stops(page)
    hidden = [each for each in found if not (each["ring"] and each["shown"])]
    assert not hidden
    last = page.locator("main :is(a, button, input, select, textarea, summary):visible").last
    last.evaluate("one => one.setAttribute('data-last', '')")
    ends = {each["at"] for each in found}
    last.focus()
    assert here(page)["at"] in ends, "nothing on the way keeps one"


@pytest.mark.parametrize("path", [LIST, "/ho-so/"])
def test_the_first_stop_leads_past_the_head_of_the_page(clerk, path):
    page = clerk.page
    clerk.open(path)
    page.keyboard.press("Tab")
    skip = here(page)
    assert skip["text"] == "Đến nội dung chính"
    assert skip["shown"]
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_rows_have_the_focus_that_j_and_k_move(clerk):
    clerk.open(LIST)
    page, there = clerk.page, codes(clerk)
    for key, row in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        assert current(clerk) == there[row]
        assert page.evaluate("document.activeElement.closest('tr.is-cur') !== null")
        assert here(page)["ring"]


def test_the_help_of_keys_has_the_focus_and_turns_them_off_and_on(clerk):
    clerk.open(LIST)
    page = clerk.page
    page.keyboard.press("?")
    expect(page.locator("[data-keys]")).to_be_focused()
    press_by_keys(page, "Enter", text="Tắt phím tắt")
    page.keyboard.press("j")
    expect(page.locator("tr.is-cur")).to_have_count(0)
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    expect(page.locator("tr.is-cur")).to_have_count(1)


def test_after_an_action_the_focus_is_on_what_was_done_and_j_goes_on_from_there(clerk):
    clerk.open(LIST)
    page, there = clerk.page, codes(clerk)
    page.keyboard.press("j")
    page.keyboard.press("j")
    press(clerk, "a")
    told = page.locator("[role=status]").first
    expect(told).to_contain_text(there[1])
    expect(told).to_be_focused()
    page.keyboard.press("j")
    assert current(clerk) == there[2], "the next one, not the first again"


def test_what_is_wrong_has_the_focus_and_leads_to_where_it_is_put_right(clerk):
    clerk.open(LIST)
    page = clerk.page
    page.keyboard.press("j")
    press(clerk, "r")
    with page.expect_navigation():
        press_by_keys(page, "Enter", text="Từ chối, nêu lý do")
    expect(page.locator("#errors")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name=reason]")).to_be_focused()
    page.keyboard.insert_text(WHY)
    with page.expect_navigation():
        press_by_keys(page, "Enter", text="Từ chối, nêu lý do")
    expect(page.locator("[role=status]").first).to_be_focused()


def choose_by_keys(me: Person, name: str, file) -> None:
    """Open the file chooser by Space, as a keyboard does, and take a file."""
    with me.page.expect_file_chooser() as chooser:
        press_by_keys(me.page, "Space", name=name)
    chooser.value.set_files(file)


def file_by_keys(me: Person, scan) -> str:
    """File copies for somebody else, from the procedure's page on; return the code."""
    page = me.page
    me.open(f"/nop/{COPIES}/")
    with page.expect_navigation():
        first = page.get_by_role("button", name="Bắt đầu").count()
        press_by_keys(page, "Enter", text="Bắt đầu" if first else "Khai hồ sơ mới")
    example = example_of(COPIES, "valid-marriage-by-proxy")
    answers = answers_here(example, shipped(COPIES).unit_field, today=localdate())
    boxes = {name: values[0] for name, values in boxes_of(answers).items()}
    while "/giay-to/" not in page.url:
        was = page.url
        by_keys(page, boxes, until="Lưu và tiếp tục")
        page.wait_for_url(lambda url, was=was: url != was)
    choose_by_keys(me, "files", scan)
    expect(page.locator(f"#paper-{PAPER} .mc-photo")).to_have_count(1)
    with page.expect_navigation():
        press_by_keys(page, "Enter", text="Lưu và tiếp tục")
    press_by_keys(page, "Space", name="declared")
    with page.expect_navigation(url="**/giay-hen/"):
        press_by_keys(page, "Enter", text="Nộp hồ sơ")
    return page.url.split("/ho-so/")[1].split("/")[0]


def test_a_citizen_files_and_answers_a_supplement_by_keys(house, desktop, scan):
    me = Person(desktop)
    me.sign_in(MOTHER)
    code = file_by_keys(me, scan)
    house.command("shell", "--no-imports", "-c", ASK.format(code=code, why=WHY))
    me.open(f"/ho-so/{code}/")
    with me.page.expect_navigation():
        press_by_keys(me.page, "Enter", text="Bổ sung ngay")
    choose_by_keys(me, f"file-{PAPER}", scan)
    expect(me.page.locator(f"#giay-{PAPER} .mc-photo")).to_have_count(1)
    press_by_keys(me.page, "End", name=ANSWER)
    me.page.keyboard.insert_text(", nay là phường Vỹ Dạ")
    with me.page.expect_navigation():
        press_by_keys(me.page, "Enter", text="Gửi cơ quan")
    told = me.page.locator("[role=status]").first
    expect(told).to_contain_text("Cơ quan đã nhận")
    expect(told).to_be_focused()


ASK = """
from django.utils.timezone import now
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.actors import Actor, Role
found = Dossier.objects.get(code="{code}")
clerk = Actor("clerk", "Lê Thị Mai", found.agency, frozenset({{Role.CLERK}}))
asked = {{"papers": ["authorisation"], "fields": ["registered_where"]}}
take_step("{code}", Step.ASK_SUPPLEMENT, by=clerk, at=now(), reason="{why}", details=asked)
"""
