"""
A real browser before a real portal: web, worker, database and sandbox bank as in `make run`.

Pages of three readers: ``desktop`` (1280 px), ``phone`` (360 px, touch) and ``no_js``. Each test
gets a fresh context; the portal is shared by the session, so a test makes the data it counts on.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser.people import Person
from tests.portals import Portal, portal

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--no-first-run",
]
PATIENCE = 15_000
"""Milliseconds a page may take to show what a test looks for, on a machine under load."""


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def house() -> Iterator[Portal]:
    """
    The running portal, in a folder of its own.

    Not in pytest's: another pytest on the same machine clears those of earlier runs away. The name
    is short, for the path of a socket is.
    """
    with (
        TemporaryDirectory(prefix="mc-", ignore_cleanup_errors=True) as folder,
        portal(Path(folder) / "var") as running,
    ):
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is missing. As root: apt-get install -y chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def reader(browser: Browser, house: Portal, **manner) -> Iterator[Page]:
    """One reader's page; a script that fails or breaks the content policy fails the test."""
    context = browser.new_context(base_url=house.url, locale="vi-VN", **manner)
    context.set_default_timeout(PATIENCE)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.extend(fault_in(line, page)))
    yield page
    context.close()
    assert faults == []


def fault_in(line: ConsoleMessage, page: Page) -> list[str]:
    """Return what is wrong when the browser complains, but of what is refused or has no line."""
    address = line.location["url"]
    expected = address == page.url or "/tep/gui/" in address
    refused = "Failed to load resource" in line.text and expected
    no_line = line.text.startswith("htmx: htmx:error: Failed to fetch")
    return [line.text] if line.type == "error" and not (refused or no_line) else []


MANNERS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    "no_js": {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
}
"""How readers come: at a desk, with a phone, with a browser that runs no scripts."""


@pytest.fixture
def desktop(browser, house):
    with reader(browser, house, **MANNERS["desktop"]) as page:
        yield page


@pytest.fixture
def phone(browser, house):
    with reader(browser, house, **MANNERS["phone"]) as page:
        yield page


@pytest.fixture
def no_js(browser, house):
    with reader(browser, house, **MANNERS["no_js"]) as page:
        yield page


@pytest.fixture(params=MANNERS)
def someone(request, browser, house):
    """Bring somebody to the portal, each with a browser of their own, all in the same manner."""
    with ExitStack() as room:

        def bring(who: str = "") -> Person:
            page = room.enter_context(reader(browser, house, **MANNERS[request.param]))
            me = Person(page, scripts=request.param != "no_js")
            if who:
                me.sign_in(who)
            return me

        yield bring
