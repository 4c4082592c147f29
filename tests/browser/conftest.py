"""
A real browser before a real portal: web, worker, database and sandbox bank as in `make run`.

Pages of three readers: ``desktop`` (1280 px), ``phone`` (360 px, touch) and ``no_js``. Each test
gets a fresh context; the portal is shared by the session, so a test makes the data it counts on.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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
def house(tmp_path_factory) -> Iterator[Portal]:
    """The running portal."""
    with portal(tmp_path_factory.mktemp("house") / "var") as running:
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
    page.on(
        "console",
        lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None,
    )
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def desktop(browser, house):
    with reader(browser, house, viewport={"width": 1280, "height": 900}) as page:
        yield page


@pytest.fixture
def phone(browser, house):
    size = {"width": 360, "height": 740}
    with reader(browser, house, viewport=size, has_touch=True, is_mobile=True) as page:
        yield page


@pytest.fixture
def no_js(browser, house):
    size = {"width": 1280, "height": 900}
    with reader(browser, house, viewport=size, java_script_enabled=False) as page:
        yield page
