"""Which language a reader gets: what they chose, else their account's, else Vietnamese."""

import os
import threading
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.http import escape_leading_slashes
from django.utils.translation import trans_real
from django.utils.translation.trans_real import parse_accept_lang_header

COOKIE = "motcua_language"
OF_ACCOUNT = "language"
"""Session key: the language of the account, put there when its owner signs in."""


def language_of_terminal() -> str:
    """Return what commands speak: English where ``LC_ALL`` or ``LANG`` says so, else Vietnamese."""
    terminal = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if terminal.startswith("en") else "vi"


def speak_by_threads() -> None:
    """
    Let Django keep the language in force by threads alone.

    It keeps it by tasks of asyncio as well, of which no request and no job of ours is one. A page
    asks for the language hundreds of times, and that was a tenth of what it took.
    """
    trans_real._active = threading.local()  # type: ignore[attr-defined]  # noqa: SLF001


class LanguageMiddleware:
    """Speak the chosen language; ``?lang=en`` on any page chooses and comes back to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.known = {code for code, _ in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.GET.get("lang", "")
        if chosen in self.known and request.method == "GET":
            return _keep(chosen, request)
        code = self._language_of(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            page = self.get_response(request)
            page.headers.setdefault("Content-Language", code)
            return page

    def _language_of(self, request: HttpRequest) -> str:
        kept = request.COOKIES.get(COOKIE, "")
        if kept in self.known:
            return kept
        if request.path.startswith("/api/"):
            return self._wished(request.headers.get("Accept-Language", ""))
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            kept = request.session.get(OF_ACCOUNT, "")
        return kept if kept in self.known else settings.LANGUAGE_CODE

    def _wished(self, header: str) -> str:
        """Return the language of ours that a program would rather have, else Vietnamese."""
        wished = (tag.partition("-")[0] for tag, _weight in parse_accept_lang_header(header))
        return next((code for code in wished if code in self.known), settings.LANGUAGE_CODE)


def _keep(chosen: str, request: HttpRequest) -> HttpResponse:
    """Remember the choice and come back to the same address, on this host whatever its slashes."""
    rest = request.GET.copy()
    del rest["lang"]
    path = escape_leading_slashes(request.path)
    answer = redirect(f"{path}?{rest.urlencode()}" if rest else path)
    answer.set_cookie(
        COOKIE,
        chosen,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return answer
