"""The addresses of the registers' owners."""

from django.urls import URLPattern, URLResolver, path

from motcua.registrar.web import books, requests

app_name = "registrar"
urlpatterns: list[URLPattern | URLResolver] = [
    path("so-goc/", books.home, name="home"),
    path("so-goc/yeu-cau/", requests.listed, name="requests"),
    path("so-goc/yeu-cau/<int:correction>/", requests.one, name="request"),
    path("so-goc/<slug:book>/", books.find, name="book"),
    path("so-goc/<slug:book>/<int:record>/", books.record, name="record"),
]
