"""The addresses of dossiers."""

from django.urls import URLPattern, URLResolver, include, path

from motcua.dossiers.web import (
    answers,
    asking,
    calendar_file,
    claiming,
    dossier,
    files,
    filing,
    filing_for,
    filing_known,
    filing_notes,
    linked,
    mine,
    receipt,
    supplement,
    track,
)
from motcua.dossiers.web.slips import views as slips

app_name = "dossiers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("nop/<str:code>/", filing.start, name="filing-start"),
    path("nop/<str:code>/bat-dau/", filing.begin, name="filing-begin"),
    path("khai/<uuid:draft>/", filing.resume, name="filing"),
    path("khai/<uuid:draft>/cho-ai/", filing_for.for_whom, name="filing-for"),
    path("khai/<uuid:draft>/thay-doi/", filing_notes.changes, name="filing-changes"),
    path("khai/<uuid:draft>/khong-phu-hop/", filing_notes.unfit, name="filing-unfit"),
    path("khai/<uuid:draft>/<slug:step>/", filing.page, name="filing-page"),
    path("khai/<uuid:draft>/<slug:step>/da-co/", filing_known.known, name="filing-known"),
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
    path("ho-so/nhan/", claiming.claim, name="claim"),
    path("ho-so/<str:code>/", dossier.show, name="show"),
    path("ho-so/<str:code>/rut/", dossier.withdraw, name="withdraw"),
    path("ho-so/<str:code>/danh-gia/", dossier.rate, name="rate"),
    path("ho-so/<str:code>/ai-da-xem/", dossier.looks, name="looks"),
    path("ho-so/<str:code>/hoi/", asking.ask, name="ask"),
    path("ho-so/<str:code>/bo-sung/", supplement.supplement, name="supplement"),
    path("ho-so/<str:code>/hen.ics/", calendar_file.show, name="calendar-file"),
    path("ho-so/<str:code>/giay/<slug:slip>.pdf/", slips.of_dossier, name="slip"),
    path("ho-so/<str:code>/giay-hen/", receipt.show, name="receipt"),
    path("ho-so/<str:code>/giay-hen.pdf/", receipt.pdf, name="receipt-pdf"),
    path("ho-so/<str:code>/to-khai.<slug:ending>/", answers.take, name="answers"),
    path("ho-so/<str:code>/tep/<uuid:file>/", files.show, name="file"),
    path("ho-so/<str:code>/tep/<uuid:file>/trang/<int:page>/", files.page, name="file-page"),
    path("ho-so/<str:code>/tep/<uuid:file>/anh-nho/", files.thumbnail, name="thumbnail"),
    path("tra-cuu/", track.track, name="track"),
    path("tra-cuu/<str:code>/", track.status, name="status"),
    path("ban-lam-viec/", include("motcua.dossiers.web.desk.urls")),
]
