"""The addresses of the desk, under ``/ban-lam-viec/``: those of one dossier last."""

from django.urls import URLPattern, URLResolver, path

from motcua.dossiers.web.desk import answering, case, steps, worklist
from motcua.dossiers.web.slips import book
from motcua.dossiers.web.slips import views as slips

urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist.desk, name="desk"),
    path("tiep-nhan/", worklist.accept_many, name="accept-many"),
    path("cau-hoi/", answering.waiting, name="questions"),
    path("<str:code>/hoi/", answering.answer, name="answer"),
    path("so-theo-doi/", book.show, name="book"),
    path("so-theo-doi.pdf/", book.pdf, name="book-pdf"),
    path("<str:code>/kiem-soat.pdf/", slips.control, name="control-slip"),
    path("<str:code>/", case.case, name="case"),
    path("<str:code>/nhan-xu-ly/", case.hold, name="hold"),
    path("<str:code>/du-thao.pdf/", case.result_draft, name="result-draft"),
    path("<str:code>/<slug:slug>/", steps.step, name="step"),
]
