"""What no text of ours holds: NUL is refused at the door, signs that nobody sees are left out."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from ninja.parser import Parser

from motcua.backbone.http.refusals import answer_to
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_, visible, visible_in

if TYPE_CHECKING:
    from django.http.request import _ImmutableQueryDict

HIDDEN = {"application/json": b"\\u0000", "application/x-www-form-urlencoded": b"%00"}
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})

LOOKING_THEMSELVES = ("/dich-vu-cong/",)
"""Where each text is looked at and the answer has a shape of its own; their bodies may be long."""


class NulCharacter(Invalid):
    code = "nul-character"
    message = N_("The text contains a NUL character, which cannot be kept. Remove it.")


class CharacterMiddleware:
    """
    Answer 422 to a request with a NUL in its path, its query or its text.

    What a form or a query says reaches the views as ``visible``; what programs send in JSON does by
    ``VisibleParser``.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._has_nul(request):
            return answer_to(NulCharacter(), request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_given: object
    ) -> HttpResponse | None:
        """
        Look at the query, and at the fields of a form; files may hold any byte.

        Programs send no forms: what they call reads the body itself, which it cannot after us.
        """
        if request.META.get("QUERY_STRING"):
            request.GET = _visible(request.GET)
        if request.content_type not in FORMS or getattr(view, "csrf_exempt", False):
            return None
        named = (text for name, texts in request.POST.lists() for text in (name, *texts))
        if any("\x00" in text for text in named):
            return answer_to(NulCharacter(), request)
        request.POST = _visible(request.POST)
        return None

    @staticmethod
    def _has_nul(request: HttpRequest) -> bool:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return True
        if request.path.startswith(LOOKING_THEMSELVES):
            return False
        hidden = HIDDEN.get(request.content_type or "")
        return hidden is not None and (hidden in request.body or b"\x00" in request.body)


class VisibleParser(Parser):
    """Reads the JSON of the API's calls, with every text in it ``visible``."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body: dict[str, Any] = super().parse_body(request)
        plain = request.body.isascii() and b"\\u" not in request.body
        return body if plain else visible_in(body)


def _visible(given: "_ImmutableQueryDict") -> "_ImmutableQueryDict":
    seen = {name: [visible(text) for text in texts] for name, texts in given.lists()}
    if all(seen[name] == texts for name, texts in given.lists()):
        return given
    plain = QueryDict(mutable=True)
    for name, texts in seen.items():
        plain.setlist(name, texts)
    plain._mutable = False  # noqa: SLF001
    return cast("_ImmutableQueryDict", plain)
