"""What journeys do again and again, in a person's words."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from motcua.identity.operations.demo import DEMO_PASSPHRASE

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

MOTHER = "huong@motcua.example"
FATHER = "quan@motcua.example"
GRANDMOTHER = "sau@motcua.example"
CLERK = "mot-cua.hoan-kiem@motcua.example"
KEEPER = "chuyen-vien.bo-cong-an@motcua.example"
SPECIALIST = "chuyen-vien.hoan-kiem@motcua.example"
LEADER = "lanh-dao.hoan-kiem@motcua.example"
ADMINISTRATOR = "quan-tri.hoan-kiem@motcua.example"
CITY_ADMINISTRATOR = "quan-tri.ha-noi@motcua.example"
PUBLISHER = "quan-tri.ha-noi@motcua.example"
_SESSIONS: dict[tuple[str, str], str] = {}
"""Sessions by portal and person."""


def sign_in(page: Page, who: str, *, to: str = "/") -> None:
    """
    Come to the page ``to`` as one of the demonstration's people.

    Whoever signed in to a portal before is still signed in: an account may sign in fifty times an
    hour, and the journeys together do it more often.
    """
    door = f"/tai-khoan/dang-nhap/?next={to}"
    page.context.clear_cookies(name="sessionid")
    page.goto(door)
    key = urlsplit(page.url).netloc, who
    if key in _SESSIONS:
        host = key[0].partition(":")[0]
        cookie = {"name": "sessionid", "value": _SESSIONS[key], "domain": host, "path": "/"}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        page.goto(door)
        if "/dang-nhap/" not in page.url:
            return
    enter(page, who)
    cookies = {each.get("name"): each.get("value") for each in page.context.cookies()}
    _SESSIONS[key] = str(cookies["sessionid"])


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
