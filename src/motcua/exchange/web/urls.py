"""Addresses of the exchange: gateway, public documents, pages of those who look after it."""

from django.urls import URLPattern, URLResolver

app_name = "exchange"
urlpatterns: list[URLPattern | URLResolver] = []
