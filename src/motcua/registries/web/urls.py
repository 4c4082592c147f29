"""What a person sees of what registries were asked about them."""

from django.urls import URLPattern, URLResolver, path

from motcua.registries.web import mine

app_name = "registries"
urlpatterns: list[URLPattern | URLResolver] = [
    path("du-lieu-cua-toi/dong-y/", mine.consents, name="consents"),
    path("du-lieu-cua-toi/dong-y/<uuid:consent>/rut/", mine.withdraw, name="consent-withdraw"),
    path("du-lieu-cua-toi/sai-sot/", mine.objections, name="objections"),
]
