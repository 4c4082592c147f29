"""A browser without a window: pages are asked for, and their forms sent, as a clerk does."""

import re
from collections.abc import Iterable
from html import unescape
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from motcua.identity.operations.demo import DEMO_PASSPHRASE

HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')
MARK = "csrfmiddlewaretoken"


class Clerk:
    """Somebody signed in to a running portal; ``page`` is what they have before them."""

    def __init__(self, url: str, who: str) -> None:
        self._url, self._browser = url, build_opener(HTTPCookieProcessor(CookieJar()))
        self.page, self.address = "", ""
        self.open("/tai-khoan/dang-nhap/")
        self.send("/tai-khoan/dang-nhap/", {"login": who, "passphrase": DEMO_PASSPHRASE})
        assert "/dang-nhap/" not in self.address, self.page

    def open(self, path: str) -> str:
        """Read a page, and return it."""
        return self._ask(path, None)

    def send(self, path: str, typed: dict[str, str]) -> str:
        """Send a form of the page with what one types or ticks; return the page that follows."""
        return self._ask(path, [(MARK, dict(self.hidden())[MARK]), *typed.items()])

    def confirm(self, path: str) -> str:
        """Send the form of the page as it stands, with all that it carries along."""
        return self._ask(path, self.hidden())

    def hidden(self) -> list[tuple[str, str]]:
        """Return what the forms of the page carry along."""
        return [(name, unescape(value)) for name, value in HIDDEN.findall(self.page)]

    def _ask(self, path: str, sent: Iterable[tuple[str, str]] | None) -> str:
        data = None if sent is None else urlencode(list(sent)).encode()
        with self._browser.open(self._url + path, data, timeout=60) as answer:
            self.page, self.address = answer.read().decode(), answer.url
        return self.page
