"""The addresses of dossiers."""

from django.urls import URLPattern, URLResolver, path

from motcua.dossiers.web import filing, receipt

app_name = "dossiers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("nop/<str:code>/", filing.start, name="filing-start"),
    path("nop/<str:code>/bat-dau/", filing.begin, name="filing-begin"),
    path("khai/<uuid:draft>/", filing.resume, name="filing"),
    path("khai/<uuid:draft>/bo/", filing.discard, name="filing-discard"),
    path("khai/<uuid:draft>/<slug:step>/", filing.page, name="filing-page"),
    path("ho-so/<str:code>/giay-hen/", receipt.show, name="receipt"),
    path("ho-so/<str:code>/giay-hen/pdf/", receipt.pdf, name="receipt-pdf"),
]
