"""The catalogue's addresses: find a procedure, read it."""

from django.urls import URLPattern, URLResolver, path

from motcua.catalogue.web import searching, showing

app_name = "catalogue"
urlpatterns: list[URLPattern | URLResolver] = [
    path("tim-kiem/", searching.results, name="search"),
    path("thu-tuc/<str:code>/", showing.show, name="procedure"),
]
