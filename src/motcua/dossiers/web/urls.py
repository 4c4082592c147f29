"""The addresses of dossiers."""

from django.urls import URLPattern, URLResolver, path

from motcua.dossiers.web import (
    answers,
    case,
    desk,
    dossier,
    files,
    filing,
    filing_notes,
    linked,
    mine,
    receipt,
    steps,
    supplement,
    track,
)

app_name = "dossiers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("nop/<str:code>/", filing.start, name="filing-start"),
    path("nop/<str:code>/bat-dau/", filing.begin, name="filing-begin"),
    path("khai/<uuid:draft>/", filing.resume, name="filing"),
    path("khai/<uuid:draft>/thay-doi/", filing_notes.changes, name="filing-changes"),
    path("khai/<uuid:draft>/khong-phu-hop/", filing_notes.unfit, name="filing-unfit"),
    path("khai/<uuid:draft>/<slug:step>/", filing.page, name="filing-page"),
    path("ho-so/", mine.mine, name="mine"),
    path("ho-so/nhap/<uuid:draft_id>/bo/", mine.discard, name="discard"),
    path("ho-so/lien-thong/<str:filing>/", linked.show, name="linked"),
    path("ho-so/lien-thong/<str:filing>/giay-hen/", linked.receipt, name="linked-receipt"),
    path("ho-so/lien-thong/<str:filing>/rut/", linked.withdraw, name="linked-withdraw"),
    path(
        "ho-so/lien-thong/<str:filing>/rut/<slug:part>/",
        linked.withdraw,
        name="linked-withdraw-part",
    ),
    path("ho-so/<str:code>/", dossier.show, name="show"),
    path("ho-so/<str:code>/rut/", dossier.withdraw, name="withdraw"),
    path("ho-so/<str:code>/danh-gia/", dossier.rate, name="rate"),
    path("ho-so/<str:code>/ai-da-xem/", dossier.looks, name="looks"),
    path("ho-so/<str:code>/bo-sung/", supplement.supplement, name="supplement"),
    path("ho-so/<str:code>/giay-hen/", receipt.show, name="receipt"),
    path("ho-so/<str:code>/giay-hen.pdf/", receipt.pdf, name="receipt-pdf"),
    path("ho-so/<str:code>/to-khai.<slug:ending>/", answers.take, name="answers"),
    path("ho-so/<str:code>/tep/<uuid:file>/", files.show, name="file"),
    path("ho-so/<str:code>/tep/<uuid:file>/anh-nho/", files.thumbnail, name="thumbnail"),
    path("tra-cuu/", track.track, name="track"),
    path("ban-lam-viec/", desk.desk, name="desk"),
    path("ban-lam-viec/tiep-nhan/", desk.accept_many, name="accept-many"),
    path("ban-lam-viec/<str:code>/", case.case, name="case"),
    path("ban-lam-viec/<str:code>/nhan-xu-ly/", case.hold, name="hold"),
    path("ban-lam-viec/<str:code>/du-thao.pdf/", case.result_draft, name="result-draft"),
    path("ban-lam-viec/<str:code>/<slug:slug>/", steps.step, name="step"),
]
