from django.urls import URLPattern, URLResolver, path

from motcua.files.web import serving, uploads

app_name = "files"
urlpatterns: list[URLPattern | URLResolver] = [
    path("tep/gui/", uploads.begin, name="uploads"),
    path("tep/gui/<uuid:upload_id>/", uploads.one, name="upload"),
    path("tep/<uuid:id>/", serving.show, name="show"),
    path("tep/<uuid:id>/anh-nho/", serving.thumbnail, name="thumbnail"),
]
