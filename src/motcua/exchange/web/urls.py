"""Addresses of the exchange: gateway, public documents, pages of those who look after it."""

from django.urls import URLPattern, URLResolver, path, register_converter

from motcua.exchange.web import (
    agreements,
    asking,
    documents,
    entrance,
    keys,
    log,
    members,
    services,
    upstreams,
)


class MemberId:
    """The id of a member in an address."""

    regex = r"000\.00\.00\.[A-Z]\d{2}"

    def to_python(self, value: str) -> str:
        """Keep it."""
        return value

    def to_url(self, value: str) -> str:
        """Keep it."""
        return value


class MemberStateName(MemberId):
    """A state that a member can be given."""

    regex = "active|suspended|ended"


register_converter(MemberId, "member")
register_converter(MemberStateName, "member_state")

_DESK = "quan-tri/trao-doi/"
_KNOWN = "trao-doi/.well-known/"

app_name = "exchange"
urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "trao-doi/goi/<member:provider>/<str:service>/<path:rest>",
        entrance.call_for_system,
        name="call",
    ),
    path("trao-doi/", services.public, name="public"),
    path("trao-doi/tu-choi/", services.refusals, name="refusals"),
    path(f"{_KNOWN}anchors/", documents.anchors, name="anchors"),
    path(f"{_KNOWN}members/", documents.members, name="members_document"),
    path(f"{_KNOWN}revoked/", documents.revocations, name="revoked"),
    path(f"{_KNOWN}join/", documents.join, name="join"),
    path(f"{_KNOWN}services/", documents.offered, name="services_document"),
    path(f"{_KNOWN}services/<member:provider>/<str:code>/", documents.openapi, name="openapi"),
    path(_DESK, agreements.listed, name="agreements"),
    path(f"{_DESK}de-nghi/", asking.ask, name="ask"),
    path(f"{_DESK}thoa-thuan/<uuid:agreement>/", agreements.shown, name="agreement"),
    path(f"{_DESK}thoa-thuan/<uuid:agreement>/buoc/", agreements.step, name="step"),
    path(f"{_DESK}thanh-vien/", members.listed, name="members"),
    path(f"{_DESK}thanh-vien/moi/", members.invite, name="invite"),
    path(f"{_DESK}thanh-vien/<member:member>/", members.shown, name="member"),
    path(f"{_DESK}thanh-vien/<member:member>/sua/", members.change, name="change"),
    path(f"{_DESK}thanh-vien/<member:member>/khoa/", keys.new, name="new_key"),
    path(f"{_DESK}thanh-vien/<member:member>/chung-thu/", keys.bring, name="bring"),
    path(
        f"{_DESK}thanh-vien/<member:member>/thanh/<member_state:state>/", members.move, name="move"
    ),
    path(f"{_DESK}khoa/<str:kid>/thu-hoi/", keys.revoke, name="revoke"),
    path(f"{_DESK}nhat-ky/", log.listed, name="log"),
    path(f"{_DESK}nhat-ky/<uuid:id>/", log.shown, name="entry"),
    path(f"{_DESK}nhat-ky/<uuid:id>/chung-cu/", log.proof, name="proof"),
    path(f"{_DESK}nhat-ky/<uuid:id>/noi-dung/", log.bodies, name="bodies"),
    path(f"{_DESK}dich-vu/", services.listed, name="services"),
    path(f"{_DESK}dich-vu/<member:provider>/<str:code>/", services.shown, name="service"),
    path(
        f"{_DESK}dich-vu/<member:provider>/<str:code>/he-thong/", upstreams.system, name="upstream"
    ),
]
