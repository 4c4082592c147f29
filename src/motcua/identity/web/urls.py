from django.urls import URLPattern, URLResolver, path

from motcua.identity.web import (
    account,
    authorities,
    my_data,
    passphrases,
    proving,
    registering,
    relatives,
    signing_in,
)

app_name = "identity"
urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/", account.mine, name="mine"),
    path("tai-khoan/ngon-ngu/", account.language, name="language"),
    path("tai-khoan/dong-vai/", account.act, name="act"),
    path("tai-khoan/dang-nhap/", signing_in.sign_in, name="sign_in"),
    path("tai-khoan/dang-xuat/", signing_in.sign_out, name="sign_out"),
    path("tai-khoan/dang-ky/", registering.register, name="register"),
    path("tai-khoan/dang-ky/ma/", registering.confirm, name="confirm"),
    path("tai-khoan/dang-ky/ma/gui-lai/", registering.again, name="again"),
    path("tai-khoan/mat-khau/", passphrases.change, name="change"),
    path("tai-khoan/quen-mat-khau/", passphrases.forgotten, name="forgotten"),
    path("tai-khoan/dat-lai/", passphrases.reset, name="reset"),
    path("tai-khoan/danh-tinh/", proving.mine, name="identity"),
    path("tai-khoan/xac-nhan-danh-tinh/", proving.confirm, name="confirm_identity"),
    path("tai-khoan/nguoi-than/", relatives.mine, name="relatives"),
    path("tai-khoan/nguoi-than/<int:relative>/bo/", relatives.forget, name="forget_relative"),
    path("uy-quyen/", authorities.mine, name="authorities"),
    path("uy-quyen/moi/", authorities.kinds, name="authority_kinds"),
    path("uy-quyen/moi/<slug:slug>/", authorities.new, name="new_authority"),
    path("uy-quyen/<uuid:authority>/xac-nhan/", authorities.confirm, name="confirm_authority"),
    path("uy-quyen/<uuid:authority>/ket-thuc/", authorities.end, name="end_authority"),
    path("du-lieu-cua-toi/", my_data.data, name="my_data"),
    path("du-lieu-cua-toi/ai-da-xem/", my_data.who_looked, name="who_looked"),
    path("du-lieu-cua-toi/ai-da-xem.csv/", my_data.looks_as_file, name="looks_as_file"),
    path("du-lieu-cua-toi/ai-da-xem/<int:look>/hoi/", my_data.question, name="question"),
]
