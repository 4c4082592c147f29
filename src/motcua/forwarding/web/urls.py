"""The addresses of dossiers handed on."""

from django.urls import URLPattern, URLResolver, path

from motcua.forwarding.web import dossier, supplement, waiting

app_name = "forwarding"
urlpatterns: list[URLPattern | URLResolver] = [
    path("ho-so/chuyen/<str:code>/", dossier.show, name="show"),
    path("ho-so/chuyen/<str:code>/bo-sung/", supplement.supplement, name="supplement"),
    path("ho-so/chuyen/<str:code>/nop-lai/", dossier.again, name="again"),
    path("quan-tri/chuyen-ho-so/", waiting.waiting_list, name="waiting"),
    path("quan-tri/chuyen-ho-so/<str:code>/thu-lai/", waiting.again, name="try-again"),
]
