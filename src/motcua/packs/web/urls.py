"""The packs' addresses: the schema of their files."""

from django.urls import URLPattern, URLResolver, path

from motcua.packs.web import schema

app_name = "packs"
urlpatterns: list[URLPattern | URLResolver] = [
    path("goi-dich-vu/pack.schema.json", schema.pack_schema_file, name="schema"),
]
