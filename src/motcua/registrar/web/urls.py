"""The addresses of the registers' owners."""

from django.urls import URLPattern, URLResolver

app_name = "registrar"
urlpatterns: list[URLPattern | URLResolver] = []
