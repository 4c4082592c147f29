"""Every address of the portal; each room brings its own."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("motcua.portal.web.urls")),
    path("", include("motcua.dossiers.web.urls")),
    path("", include("motcua.payments.web.urls")),
    path("", include("motcua.files.web.urls")),
    path("", include("motcua.notices.web.urls")),
    path("", include("motcua.catalogue.web.urls")),
    path("", include("motcua.identity.web.urls")),
    path("", include("motcua.agencies.web.urls")),
]
