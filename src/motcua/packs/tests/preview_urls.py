from django.urls import include, path

from motcua.packs.web import preview_urls

urlpatterns = [*preview_urls.urlpatterns, path("", include("motcua.config.urls"))]
