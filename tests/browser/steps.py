"""What journeys do again and again, in a person's words."""

from pathlib import Path

from playwright.sync_api import Page

from motcua.identity.operations.demo import DEMO_PASSPHRASE

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

MOTHER = "huong@motcua.example"
FATHER = "quan@motcua.example"
GRANDMOTHER = "sau@motcua.example"
CLERK = "mot-cua.hoan-kiem@motcua.example"
SPECIALIST = "chuyen-vien.hoan-kiem@motcua.example"
LEADER = "lanh-dao.hoan-kiem@motcua.example"
ADMINISTRATOR = "quan-tri.hoan-kiem@motcua.example"
PUBLISHER = "quan-tri.ha-noi@motcua.example"


def sign_in(page: Page, who: str, *, to: str = "/") -> None:
    """Sign in as one of the demonstration's people, and come to the page ``to``."""
    page.context.clear_cookies(name="sessionid")
    page.goto(f"/tai-khoan/dang-nhap/?next={to}")
    enter(page, who)


def enter(page: Page, who: str) -> None:
    """Type who one is on the page that asks for it, and go where it leads."""
    page.fill("[name=login]", who)
    page.fill("[name=passphrase]", DEMO_PASSPHRASE)
    with page.expect_navigation(url=lambda url: "/dang-nhap/" not in url):
        page.locator("main form button[type=submit], main form button:not([type])").first.click()


def axe(page: Page) -> list[str]:
    """Return what axe finds wrong with the page as it stands, one line a place; [] is good."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']}))"
        ".violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.failureSummary}`))",
        RULES,
    )
    page.evaluate(
        "document.querySelectorAll('[style=\"\"]').forEach(e => e.removeAttribute('style'))"
    )
    return [str(line) for line in found]


def too_wide(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen: 0 is good."""
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )
