"""The catalogue's addresses: find a procedure, read it."""

from django.urls import URLPattern, URLResolver, path

from motcua.catalogue.queries.cpsv import Format
from motcua.catalogue.web import exporting, searching, showing

app_name = "catalogue"
urlpatterns: list[URLPattern | URLResolver] = [
    path("tim-kiem/", searching.results, name="search"),
    path("thu-tuc/<str:code>/", showing.show, name="procedure"),
    *(
        path(
            f"thu-tuc/<str:code>.{form.ending}",
            exporting.one,
            {"form": form},
            name=f"procedure-{form.ending}",
        )
        for form in Format
    ),
]
