from django.urls import URLPattern, URLResolver, path

from motcua.identity.web import account, my_data, passphrases, registering, signing_in

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
    path("du-lieu-cua-toi/", my_data.data, name="my_data"),
    path("du-lieu-cua-toi/ai-da-xem/", my_data.who_looked, name="who_looked"),
    path("du-lieu-cua-toi/ai-da-xem/<int:look>/hoi/", my_data.question, name="question"),
]
