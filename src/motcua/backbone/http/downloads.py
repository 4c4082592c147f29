"""Files people sent, handed out so that they can do nothing in the reader's browser."""

from collections.abc import Callable
from typing import Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

_SHOWN = {"application/pdf", "image/jpeg", "image/png", "image/webp"}
_NOTHING = "default-src 'none'; frame-ancestors 'self'"


class Kept(Protocol):
    """What is known of a file kept here; ``sha256`` in hex."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def sha256(self) -> str: ...


def kept_response(
    request: HttpRequest, found: Kept, content: Callable[[str], bytes]
) -> HttpResponse:
    """
    Return a file as it was kept, for saving where the address asks with ``tai``.

    :param content: what a file contains, by its id; see `file_response` for when it is called
    """
    return file_response(
        request,
        name=found.name,
        media_type=found.media_type,
        tag=found.sha256,
        content=lambda: content(found.id),
        download="tai" in request.GET,
    )


def file_response(
    request: HttpRequest,
    *,
    name: str,
    media_type: str,
    tag: str,
    content: Callable[[], bytes],
    download: bool = False,
) -> HttpResponse:
    """
    Return a file for reading in the browser, or for saving with ``download``.

    Only PDFs and pictures are ever shown; anything else is saved, as bytes without a type.
    ``content`` is called only when the reader does not have it yet (``tag`` is its sha256 or
    another strong name). Pictures are sandboxed; PDFs are not, because Chromium's viewer refuses
    to start in a sandbox: it runs apart from the site, and no script of ours can reach it.
    A frame of our own pages may show it, nobody else's.
    """
    shown = media_type in _SHOWN and not download
    if request.headers.get("If-None-Match") == f'"{tag}"':
        answer: HttpResponse = HttpResponseNotModified()
    else:
        kind = media_type if media_type in _SHOWN else "application/octet-stream"
        answer = HttpResponse(content(), content_type=kind)
        answer["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
    answer["ETag"] = f'"{tag}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["X-Frame-Options"] = "SAMEORIGIN"
    bare = shown and media_type == "application/pdf"
    answer["Content-Security-Policy"] = _NOTHING if bare else f"{_NOTHING}; sandbox"
    patch_cache_control(answer, private=True, max_age=0, must_revalidate=True)
    return answer
