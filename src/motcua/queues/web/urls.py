"""The addresses of numbers, boards and windows."""

from django.urls import URLPattern, URLResolver, path

from motcua.queues.web import arranging, board, desk, kiosk, slips

app_name = "queues"
urlpatterns: list[URLPattern | URLResolver] = [
    path("xep-hang/ve/<str:token>/", slips.follow, name="ticket"),
    path("xep-hang/ve/<str:token>/phieu.pdf/", slips.pdf, name="slip"),
    path("xep-hang/<int:office>/", kiosk.kiosk, name="kiosk"),
    path("xep-hang/<int:office>/bang/", board.show, name="board"),
    path("ban-lam-viec/xep-hang/", desk.desk, name="desk"),
    path("ban-lam-viec/xep-hang/quay/", desk.sit, name="sit"),
    path("ban-lam-viec/xep-hang/goi/", desk.call, name="call"),
    path("ban-lam-viec/xep-hang/so/<str:number>/", desk.move, name="move"),
    path("quan-tri/xep-hang/", arranging.services, name="services"),
]
