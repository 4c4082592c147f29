"""The one character PostgreSQL keeps in no text is refused at the door, wherever it hides."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from motcua.backbone.http.refusals import answer_to
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

HIDDEN = {"application/json": b"\\u0000", "application/x-www-form-urlencoded": b"%00"}

LOOKING_THEMSELVES = ("/dich-vu-cong/",)
"""Where each text is looked at and the answer has a shape of its own; their bodies may be long."""


class NulCharacter(Invalid):
    code = "nul-character"
    message = N_("The text contains a NUL character, which cannot be kept. Remove it.")


class NulMiddleware:
    """Answer 422 to a request with a NUL in its path, its query or its text."""

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
        Look at the fields of a form that came in parts, where files may hold any byte.

        Programs send none: what they call reads the body itself, which it cannot after us.
        """
        if request.content_type != "multipart/form-data" or getattr(view, "csrf_exempt", False):
            return None
        named = (text for name, texts in request.POST.lists() for text in (name, *texts))
        return answer_to(NulCharacter(), request) if any("\x00" in x for x in named) else None

    @staticmethod
    def _has_nul(request: HttpRequest) -> bool:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return True
        if request.path.startswith(LOOKING_THEMSELVES):
            return False
        hidden = HIDDEN.get(request.content_type or "")
        return hidden is not None and (hidden in request.body or b"\x00" in request.body)
