"""Pages that are the same for every stranger are drawn once in a while, not for each of them."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from time import monotonic
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from motcua.backbone.database.reading import reads_may_lag
from motcua.backbone.languages import COOKIE

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

OWN = {settings.SESSION_COOKIE_NAME, "messages"}
"""Cookies of readers who get a page of their own."""

MOST = 2_000
"""How many drawn pages a process keeps; a page takes about 15 kB."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as it was drawn, good until ``until`` on the process's own clock."""

    until: float
    status: int
    headers: dict[str, str]
    body: bytes


def same_for_strangers(seconds: float) -> Callable[[View[P]], View[P]]:
    """Mark a page that shows every stranger the same for ``seconds``; it may set no cookie."""

    def decorate(view: View[P]) -> View[P]:
        lagging = reads_may_lag(view)

        @wraps(view)
        def marked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            answer = lagging(request, *args, **kwargs)
            answer.same_for = seconds  # type: ignore[attr-defined]
            return answer

        return marked

    return decorate


class PublicPages:
    """Answer strangers from memory where a page was drawn for another a moment ago."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.drawn: OrderedDict[tuple[str, ...], Drawn] = OrderedDict()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET" or not OWN.isdisjoint(request.COOKIES):
            return self.get_response(request)
        name = _name_of(request)
        page = self.drawn.get(name)
        if page is not None and page.until > monotonic():
            return HttpResponse(page.body, status=page.status, headers=page.headers)
        answer = self.get_response(request)
        seconds = getattr(answer, "same_for", 0)
        if seconds and answer.status_code == 200 and not _is_ones_own(answer, request):
            self._keep(name, answer, seconds)
        return answer

    def _keep(self, name: tuple[str, ...], answer: HttpResponse, seconds: float) -> None:
        until = monotonic() + seconds
        self.drawn[name] = Drawn(
            until, answer.status_code, dict(answer.headers.items()), answer.content
        )
        while len(self.drawn) > MOST:
            self.drawn.popitem(last=False)


def _is_ones_own(answer: HttpResponse, request: HttpRequest) -> bool:
    """
    Tell whether a page may hold what is one reader's alone.

    A form's token is made from the cookie of who asked; where they had it already, none is set.
    """
    return bool(answer.cookies) or settings.CSRF_COOKIE_NAME in request.COOKIES


def _name_of(request: HttpRequest) -> tuple[str, ...]:
    """Return what a stranger's page depends on: address, language, and how it was asked for."""
    headers = request.headers
    return (
        request.get_full_path(),
        headers.get("Host", ""),
        request.COOKIES.get(COOKIE, ""),
        headers.get("HX-Request", ""),
        _kind_asked(headers.get("Accept", "")),
        "gzip" if "gzip" in headers.get("Accept-Encoding", "") else "",
    )


def _kind_asked(accept: str) -> str:
    """Return what is asked for where it may be data; browsers, however they say it, are alike."""
    return accept if "json" in accept or "turtle" in accept else ""
