"""The addresses of dossiers handed on."""

from django.urls import URLPattern, URLResolver, path

from motcua.forwarding.web import desk, dossier, paying, supplement, waiting

app_name = "forwarding"
BILL = "ho-so/chuyen/<str:code>/nop-phi/<uuid:bill>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("ho-so/chuyen/<str:code>/", dossier.show, name="show"),
    path("ho-so/chuyen/<str:code>/bo-sung/", supplement.supplement, name="supplement"),
    path("ho-so/chuyen/<str:code>/nop-lai/", dossier.again, name="again"),
    path("ho-so/chuyen/<str:code>/tep/<uuid:file>/", dossier.file_of, name="file"),
    path("ban-lam-viec/chuyen/", desk.taken, name="desk"),
    path("ban-lam-viec/chuyen/<str:code>/", desk.one, name="at-desk"),
    path("ban-lam-viec/chuyen/<str:code>/nop-lai/", desk.again, name="desk-again"),
    path(
        "ban-lam-viec/chuyen/<str:code>/bo-sung/",
        supplement.supplement_at_desk,
        name="desk-supplement",
    ),
    path("ban-lam-viec/chuyen/<str:code>/kiem-tra/", desk.check, name="desk-check"),
    path("ban-lam-viec/chuyen/<str:code>/gia-han/<uuid:bill>/", desk.renew, name="desk-renew"),
    path("ban-lam-viec/chuyen/<str:code>/trao/", desk.give, name="desk-give"),
    path("ban-lam-viec/chuyen/<str:code>/tep/<uuid:file>/", desk.file_of, name="desk-file"),
    path(f"{BILL}/", paying.show, name="pay"),
    path(f"{BILL}/trang-thai/", paying.status, name="bill-status"),
    path(f"{BILL}/ngan-hang/", paying.go_to_bank, name="bill-bank"),
    path(f"{BILL}/kiem-tra/", paying.check, name="bill-check"),
    path(f"{BILL}/ma-moi/", paying.renew, name="bill-renew"),
    path(f"{BILL}/ma-qr/", paying.qr_code, name="bill-qr"),
    path("quan-tri/chuyen-ho-so/", waiting.waiting_list, name="waiting"),
    path("quan-tri/chuyen-ho-so/<str:code>/thu-lai/", waiting.again, name="try-again"),
]
