from django.urls import URLPattern, URLResolver, path

from motcua.files.web import serving

app_name = "files"
urlpatterns: list[URLPattern | URLResolver] = [
    path("tep/<uuid:id>/", serving.show, name="show"),
    path("tep/<uuid:id>/anh-nho/", serving.thumbnail, name="thumbnail"),
]
