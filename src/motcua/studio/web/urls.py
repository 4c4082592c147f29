"""Addresses of the studio."""

from django.urls import URLPattern, URLResolver, path

from motcua.studio.web import (
    arranging,
    burdens,
    drafts,
    editing,
    files,
    history,
    listing,
    previewing,
    publishing,
)

app_name = "studio"
urlpatterns: list[URLPattern | URLResolver] = [
    path("quan-tri/goi/", listing.packs, name="list"),
    path("quan-tri/goi/moi/", listing.begin_new, name="begin"),
    path("quan-tri/goi/ganh-nang/", burdens.of_all, name="burdens"),
    path("quan-tri/goi/thu-tuc/<str:code>/", history.procedure_history, name="history"),
    path("quan-tri/goi/thu-tuc/<str:code>/so-sanh/", history.compare, name="compare"),
    path("quan-tri/goi/thu-tuc/<str:code>/ganh-nang/", burdens.of_procedure, name="burden"),
    path("quan-tri/goi/ban/<str:version>/nen/", history.version_zip, name="version_zip"),
    path("quan-tri/goi/ban/<str:version>/rut/", history.ask, name="ask_withdrawal"),
    path("quan-tri/goi/rut/<int:withdrawal>/", history.decide, name="withdrawal"),
    path("quan-tri/goi/<uuid:draft_id>/", drafts.overview, name="overview"),
    path("quan-tri/goi/<uuid:draft_id>/ganh-nang/", burdens.of_draft, name="draft_burden"),
    path("quan-tri/goi/<uuid:draft_id>/hoan-tac/", drafts.take_back, name="undo"),
    path("quan-tri/goi/<uuid:draft_id>/bo/", drafts.give_up, name="drop"),
    path("quan-tri/goi/<uuid:draft_id>/de-nghi/", publishing.propose_it, name="propose"),
    path("quan-tri/goi/<uuid:draft_id>/duyet/", publishing.review, name="review"),
    path("quan-tri/goi/<uuid:draft_id>/tra-lai/", publishing.return_it, name="send_back"),
    path("quan-tri/goi/<uuid:draft_id>/tep/", files.listed, name="files"),
    path("quan-tri/goi/<uuid:draft_id>/tep/nen/", files.as_zip, name="zip"),
    path("quan-tri/goi/<uuid:draft_id>/tep/gui/", files.send, name="upload"),
    path("quan-tri/goi/<uuid:draft_id>/tep/them/", files.add, name="add_file"),
    path("quan-tri/goi/<uuid:draft_id>/tep/xem/<path:file>/", files.read, name="file"),
    path("quan-tri/goi/<uuid:draft_id>/tep/sua/<path:file>/", files.edit, name="edit_file"),
    path("quan-tri/goi/<uuid:draft_id>/tep/xoa/<path:file>/", files.remove, name="remove_file"),
    path("quan-tri/goi/<uuid:draft_id>/bieu-mau/", arranging.form_builder, name="form"),
    path("quan-tri/goi/<uuid:draft_id>/noi-dung/", arranging.content, name="content"),
    path("quan-tri/goi/<uuid:draft_id>/xep/", arranging.arrange, name="arrange"),
    path("quan-tri/goi/<uuid:draft_id>/sua/<path:path>/", editing.edit, name="edit"),
    path("quan-tri/goi/<uuid:draft_id>/bot/<path:path>/", arranging.remove, name="remove_part"),
    path("quan-tri/goi/<uuid:draft_id>/thu-lai/", previewing.start_again, name="try_again"),
    path("quan-tri/goi/<uuid:draft_id>/giu/", previewing.keep, name="keep_example"),
    path("quan-tri/goi/<uuid:draft_id>/xem-thu/<str:step>/", previewing.preview, name="preview"),
    path(
        "quan-tri/goi/<uuid:draft_id>/xem-thu/<str:step>/trang/",
        previewing.page,
        name="preview_page",
    ),
]
