"""The addresses of synchronisation."""

from django.urls import URLPattern, URLResolver, path

from motcua.sync.web import schema

app_name = "sync"
urlpatterns: list[URLPattern | URLResolver] = [
    path("dong-bo/row.schema.json", schema.show, name="schema"),
]
