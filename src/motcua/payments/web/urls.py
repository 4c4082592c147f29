from django.urls import URLPattern, URLResolver, path

from motcua.payments.web import call_backs, money, pages, papers, steps, till, tills

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
    path("ban-lam-viec/thu-ngan/", till.till, name="till"),
    path("ban-lam-viec/thu-ngan/mo/", till.begin, name="till-open"),
    path("ban-lam-viec/thu-ngan/thu/", till.take, name="take-cash"),
    path("ban-lam-viec/thu-ngan/dong/", till.close, name="till-close"),
    path("ban-lam-viec/thu-ngan/ngay/", tills.tills, name="tills"),
    path("ban-lam-viec/thu-ngan/so/<int:till>/", tills.till_day, name="till-day"),
    path("ban-lam-viec/thu-ngan/so/<int:till>/bang.csv/", tills.till_csv, name="till-csv"),
    path("ban-lam-viec/thu-ngan/so/<int:till>/bang.pdf/", tills.till_pdf, name="till-pdf"),
    path("ban-lam-viec/thu-ngan/bien-lai/<str:receipt>/", tills.cash_paper, name="cash-paper"),
    path("ban-lam-viec/thu-ngan/tra-lai/<str:receipt>/", tills.give_back, name="give-back"),
]
