"""What the registers' own process answers: the gateway of the exchange, nothing else."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("motcua.exchange.web.urls"))]
