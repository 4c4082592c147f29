"""The addresses of reports and figures."""

from django.urls import URLPattern, URLResolver, path

from motcua.reporting.web import exports, form06, load, public

app_name = "reporting"
urlpatterns: list[URLPattern | URLResolver] = [
    path("so-lieu/", public.figures, name="public"),
    path("ban-lam-viec/tai-cong-viec/", load.show, name="load"),
    path("ban-lam-viec/bao-cao/", form06.show, name="form06"),
    path("ban-lam-viec/bao-cao/ho-so/", form06.dossiers, name="dossiers"),
    path("ban-lam-viec/bao-cao/bieu-06.<slug:ending>", exports.take, name="form06-file"),
]
