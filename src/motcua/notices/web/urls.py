from django.urls import URLPattern, URLResolver, path

from motcua.notices.web import choices, pages

app_name = "notices"
urlpatterns: list[URLPattern | URLResolver] = [
    path("thong-bao/", pages.listing, name="listing"),
    path("thong-bao/da-doc/", pages.read_all, name="read_all"),
    path("thong-bao/qua-thu/", choices.choices, name="choices"),
    path("thong-bao/<int:number>/", pages.follow, name="follow"),
]
