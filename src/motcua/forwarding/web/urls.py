"""The addresses of dossiers handed on."""

from django.urls import URLPattern, URLResolver

app_name = "forwarding"
urlpatterns: list[URLPattern | URLResolver] = []
