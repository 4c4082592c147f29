"""The addresses of ``motcua packs preview``; those of the portal follow for what pages link to."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.packs.queries.previewing import PREVIEWED
from motcua.packs.web import preview

urlpatterns: list[URLPattern | URLResolver] = [
    path("", preview.page, name="preview"),
    path("dien-thoai/", preview.phone, name="preview-phone"),
]
if "portal" in PREVIEWED:
    urlpatterns.append(path("", include(PREVIEWED["portal"])))
