"""Every address of the portal; each room brings its own."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.config.api import api, documentation

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/docs/", documentation, name="api-docs"),
    path("api/v1/", api.urls),
    path("", include("motcua.portal.web.urls")),
    path("", include("motcua.payments.web.urls")),
    path("", include("motcua.queues.web.urls")),
    path("", include("motcua.reporting.web.urls")),
    path("", include("motcua.forwarding.web.urls")),
    path("", include("motcua.sync.web.urls")),
    path("", include("motcua.dossiers.web.urls")),
    path("", include("motcua.files.web.urls")),
    path("", include("motcua.notices.web.urls")),
    path("", include("motcua.studio.web.urls")),
    path("", include("motcua.packs.web.urls")),
    path("", include("motcua.catalogue.web.urls")),
    path("", include("motcua.identity.web.urls")),
    path("", include("motcua.registrar.web.urls")),
    path("", include("motcua.registries.web.urls")),
    path("", include("motcua.exchange.web.urls")),
    path("", include("motcua.agencies.web.urls")),
]

handler400 = "motcua.backbone.failures.bad_request"
handler403 = "motcua.backbone.failures.forbidden"
handler404 = "motcua.backbone.failures.not_found"
handler500 = "motcua.backbone.failures.server_error"
