from django.urls import URLPattern, URLResolver, path

from motcua.payments.web import call_backs

app_name = "payments"
urlpatterns: list[URLPattern | URLResolver] = [
    path("thanh-toan/goi-lai/<slug:provider>/", call_backs.call_back, name="call-back"),
]
