"""The addresses of the desk, under ``/ban-lam-viec/``: those of one dossier last."""

from django.urls import URLPattern, URLResolver, path

from motcua.dossiers.web.desk import (
    answering,
    bulk,
    case,
    counter,
    counter_check,
    giving,
    handing,
    handovers,
    opinions,
    remarks,
    sharing,
    standing,
    steps,
    views,
    worklist,
)
from motcua.dossiers.web.slips import book
from motcua.dossiers.web.slips import handover as handover_paper
from motcua.dossiers.web.slips import views as slips

urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist.desk, name="desk"),
    path("so-dem/", worklist.figures, name="desk-counts"),
    path("khung-nhin/", views.views, name="desk-views"),
    path("khung-nhin/<int:view>/", views.change, name="desk-view"),
    path("hang-loat/", bulk.bulk, name="bulk"),
    path("hang-loat/bat-dau/", bulk.begin, name="bulk-begin"),
    path("hang-loat/<int:run>/", bulk.run, name="bulk-run"),
    path("hang-loat/<int:run>/tien-do/", bulk.progress, name="bulk-progress"),
    path("cau-hoi/", answering.waiting, name="questions"),
    path("ban-giao/", handovers.lists, name="handovers"),
    path("ban-giao/<int:list_id>/", handovers.one, name="handover"),
    path("ban-giao/<int:list_id>.pdf/", handover_paper.pdf, name="handover-pdf"),
    path("phan-cong/", sharing.sharing, name="sharing"),
    path("y-kien/", opinions.asked, name="opinions"),
    path("y-kien/<uuid:opinion>/", opinions.opinion, name="opinion"),
    path("y-kien/<uuid:opinion>/tep/<uuid:file>/", opinions.file, name="opinion-file"),
    path("so-theo-doi/", book.show, name="book"),
    path("so-theo-doi.pdf/", book.pdf, name="book-pdf"),
    path("quay/", counter.index, name="counter"),
    path("quay/moi/<str:code>/", counter.begin, name="counter-begin"),
    path("quay/xong/<str:code>/", counter_check.done, name="counter-done"),
    path("quay/<uuid:draft>/", counter_check.check, name="counter-check"),
    path("<str:code>/kiem-soat.pdf/", slips.control, name="control-slip"),
    path("<str:code>/", case.case, name="case"),
    path("<str:code>/hoi/", answering.answer, name="answer"),
    path("<str:code>/xac-nhan-nguoi-nop/", standing.confirm, name="confirm-agent"),
    path("<str:code>/tra-giay-to/", handing.papers_back, name="papers-back"),
    path("<str:code>/y-kien/<uuid:opinion>/rut/", opinions.recall, name="opinion-recall"),
    path("<str:code>/giao/", giving.give, name="give"),
    path("<str:code>/tha-ra/", giving.lay_down, name="release"),
    path("<str:code>/kiem-tra/", remarks.check, name="check-paper"),
    path("<str:code>/ghi-chu/", remarks.note, name="note"),
    path("<str:code>/danh-dau/<uuid:file>/", remarks.marks, name="marks"),
    path("<str:code>/nhan-xu-ly/", case.hold, name="hold"),
    path("<str:code>/du-thao.pdf/", case.result_draft, name="result-draft"),
    path("<str:code>/<slug:slug>/", steps.step, name="step"),
]
