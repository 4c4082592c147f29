"""What browsers and search engines ask for: icon, manifest, robots, site map."""

from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.catalogue.queries.site_map import part, parts

CLOSED = ("/ho-so/", "/khai/", "/nop/", "/thanh-toan/", "/tai-khoan/", "/du-lieu-cua-toi/")
CLOSED_TOO = ("/thong-bao/", "/ban-lam-viec/", "/quan-tri/", "/tra-cuu/", "/api/")
OPEN_DATA = ("/api/v1/catalogue.ttl", "/api/v1/catalogue.jsonld")
MOST_PAGES = 50_000
"""More addresses than this a site map may not hold."""
OPEN = (
    *("portal:home", "portal:life-events", "reporting:public"),
    *("portal:help", "portal:accessibility", "portal:privacy"),
)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Lead those who ask for the old address to the mark."""
    return HttpResponsePermanentRedirect(static("motcua/mark.svg"))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the portal to a phone that puts it on its home screen."""
    language = getattr(request, "LANGUAGE_CODE", "vi")
    icons = [
        {"src": static("motcua/mark.svg"), "type": "image/svg+xml", "sizes": "any"},
        {"src": static("motcua/mark-180.png"), "type": "image/png", "sizes": "180x180"},
    ]
    about = {
        "name": "Một Cửa – " + _("Public service portal"),
        "short_name": "Một Cửa",
        "lang": language,
        "start_url": "/",
        "display": "browser",
        "theme_color": "#8c1b1d",
        "background_color": "#ffffff",
        "icons": icons,
    }
    return JsonResponse(about, content_type="application/manifest+json")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Keep search engines off pages that belong to a person or an office."""
    closed = "".join(f"Disallow: {path}\n" for path in CLOSED + CLOSED_TOO)
    closed += "".join(f"Allow: {path}\n" for path in OPEN_DATA)
    where = settings.BASE_URL + reverse("portal:site-map")
    text = f"User-agent: *\n{closed}\nSitemap: {where}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """List the site maps there are (sitemaps.org 0.9), in one statement."""
    maps = [settings.BASE_URL + reverse("portal:site-map-pages")]
    procedures = settings.BASE_URL + reverse("portal:site-map-procedures")
    maps += [f"{procedures}?{urlencode({'tu': first})}" for first in parts(MOST_PAGES)]
    return _xml(request, "portal/site_maps.xml", {"maps": maps})


@require_safe
def site_map_of_pages(request: HttpRequest) -> HttpResponse:
    """List the portal's own public pages."""
    pages = [(settings.BASE_URL + reverse(name), None) for name in OPEN]
    return _xml(request, "portal/site_map.xml", {"pages": pages})


@require_safe
def site_map_of_procedures(request: HttpRequest) -> HttpResponse:
    """List procedures from a code on, with the day each last changed, in one statement."""
    start, _code, end = reverse("catalogue:procedure", args=["0"]).rpartition("0")
    found = part(request.GET.get("tu", "")[:60], size=MOST_PAGES, on=localdate())
    if not found:
        raise Http404
    pages = [(f"{settings.BASE_URL}{start}{quote(each.code)}{end}", each.on) for each in found]
    return _xml(request, "portal/site_map.xml", {"pages": pages})


def _xml(request: HttpRequest, template: str, told: dict[str, Any]) -> HttpResponse:
    return render(request, template, told, content_type="application/xml")
