from django.urls import URLPattern, URLResolver, path

from motcua.payments.web import call_backs, money, pages, papers, steps

app_name = "payments"
urlpatterns: list[URLPattern | URLResolver] = [
    path("thanh-toan/goi-lai/<slug:provider>/", call_backs.call_back, name="call-back"),
    path("thanh-toan/doi-soat/", money.odd, name="odd-receipts"),
    path("thanh-toan/<uuid:bill>/", pages.show, name="show"),
    path("thanh-toan/<uuid:bill>/trang-thai/", pages.status, name="status"),
    path("thanh-toan/<uuid:bill>/tro-ve/", pages.back_from_bank, name="back"),
    path("thanh-toan/<uuid:bill>/ngan-hang/", steps.go_to_bank, name="go"),
    path("thanh-toan/<uuid:bill>/kiem-tra/", steps.check, name="check"),
    path("thanh-toan/<uuid:bill>/ma-moi/", steps.renew, name="renew"),
    path("thanh-toan/<uuid:bill>/ma-qr/", papers.qr_code, name="qr-code"),
    path("thanh-toan/<uuid:bill>/bien-lai/", papers.receipt, name="receipt"),
]
