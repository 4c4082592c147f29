"""A payer, the portal and the sandbox bank, each a process of its own."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import LEADER, MOTHER, axe, sign_in, too_wide

BILLS = """
import json
from datetime import timedelta
from django.contrib.auth import get_user_model
from django.utils.timezone import now
from motcua.kernel.actors import Actor
from motcua.kernel.money import Dong
from motcua.payments.operations.billing import BillLine, cancel_bill, issue_bill
from motcua.payments.operations.receiving import record_receipt
from motcua.payments.rules.messages import BankMessage
payer = get_user_model().objects.get(email="{who}")
by, at = Actor(str(payer.pk), payer.name), now()
lines = [BillLine("Phí cấp bản sao", Dong(24000), "Fee for copies"), BillLine("Cước", Dong(8000))]
states = {{"open": [], "part": [5000], "paid": [32000], "over": [32000, 32000], "expired": [32000]}}
def issue(prefix):
    made = {{}}
    for name, came in {{**states, "cancelled": []}}.items():
        subject = f"{{prefix}}-{{name}}".upper()
        issued = at - timedelta(days=9) if name == "expired" else at
        made[name] = issue_bill(
            subject, lines, payer=by.id, agency="{agency}", by=by, at=issued
        )
        for number, amount in enumerate(came):
            told = BankMessage(f"{{subject}}{{number}}", "", Dong(amount), "VND", subject, at)
            record_receipt("sandbox", told, heard_by="call-back", by=by, at=at)
    cancel_bill(f"{{prefix}}-cancelled".upper(), by=by, at=at)
    return made
print("MADE" + json.dumps([issue(f"thu-tra-tien-{{n}}") for n in range({sets})]))
"""
STATES = ["open", "part", "paid", "over", "expired", "cancelled"]


@pytest.fixture(scope="module")
def stock(house):
    """A set of her bills for each test, made at once."""
    words = BILLS.format(who=MOTHER, agency="000.12.37.H26", sets=8)
    said = house.command("shell", "-c", words)
    return iter(json.loads(said.split("MADE")[1].splitlines()[0]))


@pytest.fixture
def bills(stock):
    """Bills of hers in every state; their addresses by state."""
    return {state: f"/thanh-toan/{number}/" for state, number in next(stock).items()}


@pytest.fixture(params=["desktop", "phone"])
def page(request):
    return request.getfixturevalue(request.param)


def test_a_bill_bars_nobody_in_any_state(page, bills):
    sign_in(page, MOTHER, to=bills["open"])
    for state in STATES:
        page.goto(bills[state])
        assert page.locator("h1").count() == 1, state
        assert axe(page) == [], state
        assert too_wide(page) == 0, state


def test_money_that_must_go_back_bars_nobody(page, bills):
    sign_in(page, LEADER, to="/thanh-toan/doi-soat/")
    assert page.locator("h1").inner_text() == "Tiền cần xem xét"
    assert axe(page) == []
    assert too_wide(page) == 0


def test_paying_at_the_bank_is_seen_by_a_page_left_open(page, bills):
    sign_in(page, MOTHER, to=bills["open"])
    other = page.context.new_page()
    other.goto(bills["open"])
    page.get_by_role("button", name="Thanh toán qua").click()
    assert axe(page) == []
    assert too_wide(page) == 0
    page.get_by_role("button", name="Trả đúng").click()
    page.wait_for_url("**" + bills["open"])
    expect(other.get_by_role("heading", name="Đã nộp 32.000 đồng")).to_be_visible()


def test_paying_without_javascript_with_the_call_back_lost(no_js, bills):
    sign_in(no_js, MOTHER, to=bills["open"])
    no_js.get_by_role("button", name="Thanh toán qua").click()
    no_js.get_by_role("button", name="làm mất tin báo").click()
    expect(no_js.get_by_role("status").first).to_contain_text("đang chờ ngân hàng")
    no_js.get_by_role("button", name="Tôi đã chuyển").click()
    expect(no_js.get_by_role("heading", level=1)).to_have_text("Đã nộp 32.000 đồng")


def test_leaving_the_bank_charges_nothing(no_js, bills):
    sign_in(no_js, MOTHER, to=bills["part"])
    no_js.get_by_role("button", name="Thanh toán qua").click()
    expect(no_js.get_by_role("heading", level=1)).to_have_text(re.compile("27.000 đồng"))
    no_js.get_by_role("button", name="Hủy").click()
    expect(no_js.get_by_role("status").first).to_contain_text("chưa bị trừ tiền")
