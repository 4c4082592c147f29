"""Somebody in front of a screen: their page, and what holds for every page they come to."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.steps import axe, enter, sign_in, too_wide


@dataclass
class Person:
    """A reader with a browser of their own; ``scripts`` tells whether it runs JavaScript."""

    page: Page
    scripts: bool = True

    def sign_in(self, who: str, *, to: str = "/") -> None:
        """Come in as one of the demonstration's people."""
        sign_in(self.page, who, to=to)

    def enter(self, who: str) -> None:
        """Sign in on the page that asks for it."""
        enter(self.page, who)

    def open(self, path: str) -> None:
        """Open an address."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status < 400, f"{path}: {answer.status}"

    def press(self, text: str) -> None:
        """Press a button or follow a link that begins so, and wait for where it leads."""
        words = re.compile(f"^{re.escape(text)}")
        main = self.page.locator("main")
        target = main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words))
        with self.page.expect_navigation():
            target.first.click()

    def speak(self, language: str) -> None:
        """Change the language by the link at the head of the page, which keeps the page."""
        if self.page.locator(".mc-menu").is_visible():
            self.page.locator(".mc-menu summary").click()
        with self.page.expect_navigation():
            self.page.locator(f"header a[hreflang={language}]:visible").click()
        assert self.page.locator("html").get_attribute("lang") == language

    def look(self) -> None:
        """See that this page bars nobody: one heading, no fault axe knows, no sideways scroll."""
        assert self.page.locator("h1").count() == 1, self.page.url
        assert too_wide(self.page) == 0, self.page.url
        assert "<Macro" not in self.page.locator("body").inner_text(), self.page.url
        if self.scripts:
            assert axe(self.page) == [], self.page.url
