"""One register is slow, one is dead, one is quick: each answer comes when it is there."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import expect

from tests.browser.relays import before
from tests.browser.steps import MOTHER
from tests.browser.test_asked_once import GO_ON, YES, choose_place
from tests.portals import free_ports

CODE = "9.000013"
PACK = Path(__file__).parent.parent / "registers" / "packs" / CODE
POPULATION, LAND = "000.00.00.G01", "000.00.00.G10"
REMEMBERED = 5_500
"""Milliseconds after which every process of the portal has heard of a member's new address."""
TRIES = 3
"""How often the page is opened until a machine under load brought the slow answer within 2 s."""


def addresses(house, **said):
    """Let members answer elsewhere; return where they answered before."""
    with psycopg.connect(house.database_url(), autocommit=True) as database:
        rows = database.execute("SELECT id, address FROM exchange_member").fetchall()
        for member, address in said.items():
            change = "UPDATE exchange_member SET address = %s WHERE id = %s"
            database.execute(change, (address, member))
    return {member: address for member, address in rows if member in said}


@pytest.fixture
def slow(house):
    """Put a relay before the population's register, and nothing where the land's was."""
    house.command("packs", "publish", str(PACK))
    with before(int(house.place.settings()["REGISTRAR_PORT"])) as relay:
        nowhere = f"http://127.0.0.1:{free_ports(1)[0]}"
        kept = addresses(house, **{POPULATION: relay.address, LAND: nowhere})
        assert {urlsplit(each).hostname for each in kept.values()} == {"127.0.0.1"}
        yield relay
        addresses(house, **kept)


def to_the_facts(me):
    me.sign_in(MOTHER, to=f"/nop/{CODE}/")
    me.press(YES)
    choose_place(me)
    me.page.wait_for_timeout(REMEMBERED)
    me.press(GO_ON)


def press_to_take(me, label):
    words = re.compile(f"^Đúng, dùng giá trị này.*{label}", re.DOTALL)
    with me.page.expect_navigation():
        me.page.get_by_role("button", name=words).click()


def slow_one_came(me, slow):
    """Open the page, type while the slow register is asked, then let it answer; tell if it did."""
    slow.open.clear()
    me.page.reload()
    told = me.page.locator("#da-hoi p")
    expect(told).to_have_count(2)
    expect(told.filter(has_text="bảo hiểm: có 1 câu trả lời")).to_have_count(1)
    expect(told.filter(has_text="đất đai hiện chưa trả lời")).to_have_count(1)
    me.page.fill("[name='home.street']", "Số 7, tôi tự gõ")
    me.page.fill("[name=why]", "Vì cần")
    slow.open.set()
    expect(told).to_have_count(3)
    return "dân cư: có 1 câu trả lời" in told.nth(2).inner_text()


def check_typed(me):
    expect(me.page.locator("[name='home.street']")).to_have_value("Số 7, tôi tự gõ")
    expect(me.page.locator("[name=why]")).to_have_value("Vì cần")


def test_what_a_quick_register_knows_waits_for_no_other(someone, slow):
    me = someone()
    slow.open.set()
    to_the_facts(me)
    if me.scripts:
        assert any(slow_one_came(me, slow) for _each in range(TRIES))
        check_typed(me)
    else:
        me.press("Xem Nhà nước đã có gì")
    for words in ("dân cư đã có", "bảo hiểm đã có", "đất đai hiện chưa trả lời"):
        expect(me.page.locator("main")).to_contain_text(words)
    me.look()
    press_to_take(me, "Mã số bảo hiểm")
    expect(me.page.locator("[name=insurance]")).not_to_have_value("")
    if me.scripts:
        check_typed(me)
        expect(me.page.locator("[data-unsent-place] *")).to_have_count(0)
        me.page.locator("[name=why]").press("Enter")
        expect(me.page.locator("main")).to_contain_text("Chọn xã, phường, đặc khu")
