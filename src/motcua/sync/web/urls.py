"""The addresses of synchronisation."""

from django.urls import URLPattern, URLResolver, path

from motcua.sync.web import elsewhere, legacy, parent_accounts, parents, quality, schema, systems

app_name = "sync"
urlpatterns: list[URLPattern | URLResolver] = [
    path("dich-vu-cong/auth", legacy.auth, name="legacy-auth"),
    path("dich-vu-cong/service", legacy.service, name="legacy-service"),
    path("dong-bo/row.schema.json", schema.show, name="schema"),
    path("ho-so/noi-khac/<path:code>/", elsewhere.show, name="elsewhere"),
    path("quan-tri/dong-bo/", quality.members, name="members"),
    path("quan-tri/dong-bo/noi-nhan/", parents.listed, name="parents"),
    path("quan-tri/dong-bo/noi-nhan/moi/", parent_accounts.add, name="parent-new"),
    path("quan-tri/dong-bo/noi-nhan/<int:parent>/", parents.show, name="parent"),
    path(
        "quan-tri/dong-bo/noi-nhan/<int:parent>/tai-khoan/",
        parent_accounts.change,
        name="parent-account",
    ),
    path("quan-tri/dong-bo/noi-nhan/<int:parent>/<slug:step>/", parents.act, name="parent-step"),
    path("quan-tri/dong-bo/he-thong/", systems.listed, name="systems"),
    path("quan-tri/dong-bo/he-thong/<int:system_id>/", systems.show, name="system"),
    path("quan-tri/dong-bo/he-thong/<int:system_id>/<slug:step>/", systems.act, name="system-step"),
    path("quan-tri/dong-bo/<str:member>/", quality.member, name="member"),
    path("quan-tri/dong-bo/<str:member>/do-lai/", quality.measure, name="measure"),
]
