"""Each address is public on purpose or asks who is there; each form proves where it comes from."""

import pytest

from tests.access.addresses import addresses
from tests.access.world import OFFICIALS

PUBLIC = {
    "",
    "su-kien/",
    "tro-giup/",
    "tro-nang/",
    "quyen-rieng-tu/",
    "design/",
    "design/ban-lam-viec/",
    "favicon.ico",
    "site.webmanifest",
    "robots.txt",
    "sitemap.xml",
    "sitemap-trang.xml",
    "sitemap-thu-tuc.xml",
    "tim-kiem/",
    "thu-tuc/<str:code>/",
    "thu-tuc/<str:code>.ttl",
    "thu-tuc/<str:code>.jsonld",
    "nop/<str:code>/",
    "tra-cuu/",
    "tra-cuu/<str:code>/",
    "so-lieu/",
    "trao-doi/",
    "trao-doi/tu-choi/",
    "trao-doi/.well-known/anchors/",
    "trao-doi/.well-known/members/",
    "trao-doi/.well-known/revoked/",
    "trao-doi/.well-known/services/",
    "trao-doi/.well-known/services/<member:provider>/<str:code>/",
    "xep-hang/<int:office>/",
    "xep-hang/<int:office>/bang/",
    "xep-hang/ve/<str:token>/",
    "xep-hang/ve/<str:token>/phieu.pdf/",
    "tai-khoan/dang-nhap/",
    "tai-khoan/dang-xuat/",
    "tai-khoan/dang-ky/",
    "tai-khoan/dang-ky/ma/",
    "tai-khoan/dang-ky/ma/gui-lai/",
    "tai-khoan/quen-mat-khau/",
    "tai-khoan/dat-lai/",
    "api/v1/openapi.json",
    "goi-dich-vu/pack.schema.json",
    "dong-bo/row.schema.json",
    "api/v1/",
    "api/v1/docs/",
    "api/v1/procedures",
    "api/v1/procedures/<code>",
    "api/v1/catalogue.ttl",
    "api/v1/catalogue.jsonld",
}
"""What anybody may open. A new address is private until it is written here, on purpose."""

SIGNED = {
    "dich-vu-cong/auth",
    "dich-vu-cong/service",
    "thanh-toan/goi-lai/<slug:provider>/",
    "trao-doi/.well-known/join/",
    "trao-doi/goi/<member:provider>/<str:service>/<path:rest>",
}
"""Where a signature, a program's token or its session says who is there."""

SIGN_IN = "/tai-khoan/dang-nhap/?next="


def asks_who(answer) -> bool:
    """Tell whether an answer is the question who is there."""
    return answer.status_code == 401 or answer.get("Location", "").startswith(SIGN_IN)


def shows_nothing(answer) -> bool:
    """Tell whether an answer gives nothing of anybody."""
    return asks_who(answer) or answer.status_code in {403, 404, 405}


def test_the_list_of_public_addresses_names_only_what_there_is():
    assert {address.route for address in addresses()} >= PUBLIC | SIGNED


def test_every_other_address_asks_a_stranger_who_they_are(world):
    nobody = world.client("nobody")
    before = world.everything()
    for address in addresses():
        if address.route in PUBLIC | SIGNED:
            continue
        path = address.of(world.things)
        posted = nobody.post(path, headers={"Idempotency-Key": "k"})
        answers = [nobody.get(path), posted, nobody.put(path)]
        assert all(shows_nothing(answer) for answer in answers), path
        assert any(asks_who(answer) for answer in answers), path
    assert world.everything() == before


def test_public_addresses_show_nothing_of_anybody(world):
    nobody = world.client("nobody")
    for address in addresses():
        if address.route in PUBLIC:
            text = b"".join(nobody.get(address.of(world.things))).decode(errors="replace")
            assert "Nguyễn Thị Lan" not in text, address.route
            if "code" not in address.names:
                assert world.things["code"] not in text, address.route


@pytest.mark.parametrize("who", ["lan", "clerk"])
def test_no_form_is_taken_without_the_portal_s_own_token(world, who):
    """Another site can make a browser post, but not know the token of our pages."""
    browser = world.client(who, enforce_csrf_checks=True)
    before = world.everything()
    for address in addresses():
        answer = browser.post(address.of(world.things), {"send": "1", "declared": "1"})
        if address.is_api or address.route in SIGNED:
            assert 400 <= answer.status_code < 500, address.route
        else:
            assert answer.status_code == 403, address.route
            assert "Biểu mẫu" in answer.content.decode(), address.route
    assert world.everything() == before


def test_only_what_proves_itself_otherwise_does_without_the_token():
    free = {address.route for address in addresses() if address.exempt}
    assert {route for route in free if not route.startswith("api/")} == SIGNED


@pytest.mark.parametrize("who", ["lan", "nam", *OFFICIALS])
def test_looking_changes_nothing(world, who):
    """A link in a letter, a preview, a crawler: what is fetched must do nothing."""
    browser = world.client(who)
    before = world.everything()
    for address in addresses():
        if address.route != "thong-bao/<int:number>/":
            answer = browser.get(address.of(world.things))
            assert answer.status_code < 500, address.route
    assert world.everything() == before


def test_the_measures_are_for_this_machine_only(client, db):
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code in {401, 403, 404}
