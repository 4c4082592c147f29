"""What officials see of systems of the old interface, and of parents that speak it."""

import re
from datetime import timedelta

import pytest

from motcua.dossiers.tests.conftest import CITY, definition, ward
from motcua.dossiers.tests.counter import Counter, check_shape, text_of
from motcua.exchange.tests.conftest import PORTAL, _own_files, refused, wire
from motcua.exchange.tests.places import HANOI, HUE, POLICE
from motcua.exchange.tests.wire import now
from motcua.kernel.actors import Actor, Role
from motcua.sync.adapters.legacy import LegacySystem, NotToBeCalled
from motcua.sync.adapters.passwords import password_of
from motcua.sync.models import Parent, System, SystemCall
from motcua.sync.operations.parents import (
    LegacyAccount,
    NoSuchParent,
    NotACode,
    add_legacy_parent,
    add_parent,
    change_account,
    change_password,
)
from motcua.sync.operations.systems import make_system, switch
from motcua.sync.queries.systems import systems
from motcua.sync.rules.access import NotYourParents
from tests.sync.legacy import Vendor, legacy_dossier

__all__ = ["_own_files", "definition", "ward", "wire"]
PAGE = "/quan-tri/dong-bo/he-thong/"
PARENTS = "/quan-tri/dong-bo/noi-nhan/"
NEW = {"username": "hue-dvc", "member": HUE, "title": "Huế, phần mềm một cửa"}
ACCOUNT = {
    "to": "dvcqg",
    "address": "https://cong.example/dich-vu-cong",
    "username": "ha-noi",
    "password": "rat-bi-mat",
    "dstcode": "VN:GOV:000.00.00.G22:dvc",
}


@pytest.fixture(autouse=True)
def _open(settings):
    settings.SYNC_LEGACY = True


@pytest.fixture
def counter(definition):
    made = Counter(definition).open()
    for name, role in (("admin", Role.ADMINISTRATOR), ("auditor", Role.AUDITOR)):
        made._official(name, role, CITY)
    return made


def password_in(page):
    """Return the one password that a page shows."""
    (found,) = re.findall(r'translate="no">([\w-]{32})<', page.content.decode())
    return found


def test_an_account_is_made_and_its_password_is_shown_once(counter, client):
    admin = counter.client("admin")
    page = admin.get(PAGE)
    check_shape(page)
    assert "Chưa hệ thống nào có tài khoản" in text_of(page)
    made = admin.post(PAGE, NEW)
    check_shape(made)
    assert "no-store" in made["Cache-Control"]
    password = password_in(made)
    row = System.objects.get()
    assert password not in row.password
    for path in (PAGE, f"{PAGE}{row.pk}/"):
        page = admin.get(path)
        check_shape(page)
        assert password.encode() not in page.content
        assert "Huế, phần mềm một cửa" in text_of(page)
    known = type("Known", (), {"username": "hue-dvc", "password": password})
    assert Vendor(client, known).auth()["error_code"] == 0
    assert admin.post(PAGE, NEW).status_code == 422
    for wrong in ({"username": "a"}, {"member": "Huế"}):
        page = admin.post(PAGE, {**NEW, "username": "khac", **wrong})
        assert page.status_code == 422
        check_shape(page)
    assert System.objects.count() == 1


def test_each_of_the_four_states_is_told(counter):
    made = make_system("hue-dvc", HUE, title="Huế", by=PORTAL, at=now())
    admin = counter.client("admin")
    assert "Chưa đăng nhập lần nào" in text_of(admin.get(PAGE))
    System.objects.update(used_at=now())
    assert "Đang dùng" in text_of(admin.get(PAGE))
    System.objects.update(used_at=now() - timedelta(days=8))
    assert "Im lặng hơn một tuần" in text_of(admin.get(PAGE))
    switch(made.id, on=False, by=PORTAL, at=now())
    page = admin.get(PAGE)
    check_shape(page)
    assert "Đã tắt" in text_of(page)


def test_its_last_calls_are_shown_with_what_they_were_answered(
    counter, client, django_assert_num_queries
):
    vendor = Vendor(client, make_system("hue-dvc", HUE, title="Huế", by=PORTAL, at=now()))
    bad = legacy_dossier(2, TrangThaiHoSo="77")
    vendor.call("DongBoHoSoMC", isUpdating="False", data=[legacy_dossier(), bad])
    vendor.call("TraCuuHoSo", MaHoSo="khong-co")
    page = counter.client("auditor").get(f"{PAGE}{vendor.made.id}/")
    check_shape(page)
    for words in ("DongBoHoSoMC", "nhận một phần", "sync.no-such-dossier", "127.0.0.1"):
        assert words in text_of(page)
    assert "Tắt hệ thống" not in text_of(page)
    with django_assert_num_queries(1):
        (row,) = systems(by=PORTAL)
    assert row.called == "TraCuuHoSo"
    assert SystemCall.objects.count() == 2


def test_each_button_does_what_it_says(counter, client):
    vendor = Vendor(client, make_system("hue-dvc", HUE, title="Huế", by=PORTAL, at=now()))
    admin, here = counter.client("admin"), f"{PAGE}{vendor.made.id}/"
    assert vendor.auth()["error_code"] == 0
    admin.post(f"{here}tat/")
    assert vendor.auth()["error_code"] == "sync.not-known"
    admin.post(f"{here}bat/")
    assert vendor.auth()["error_code"] == 0
    made = admin.post(f"{here}mat-khau-moi/")
    assert vendor.auth()["error_code"] == "sync.not-known"
    assert vendor.auth(password_in(made))["error_code"] == 0
    assert admin.post(f"{here}khac/").status_code == 404
    assert admin.post(f"{PAGE}999/tat/").status_code == 404


def test_an_auditor_looks_and_a_stranger_does_not(counter):
    made = make_system("hue-dvc", HUE, title="Huế", by=PORTAL, at=now())
    auditor, here = counter.client("auditor"), f"{PAGE}{made.id}/"
    assert "Tạo tài khoản" not in text_of(auditor.get(PAGE))
    assert auditor.post(PAGE, NEW).status_code in {403, 422}
    assert auditor.post(f"{here}tat/").status_code == 403
    assert auditor.get(f"{PARENTS}moi/").status_code == 403
    assert auditor.get(f"{PAGE}999/").status_code == 404
    assert counter.client("clerk").get(here).status_code == 403
    assert System.objects.get().off_at is None


def test_a_shut_interface_is_said_so(counter, settings):
    settings.SYNC_LEGACY = False
    page = counter.client("admin").get(PAGE)
    check_shape(page)
    assert "SYNC_LEGACY=1" in text_of(page)


def test_a_portal_of_the_old_interface_is_added_and_its_account_changed(counter):
    admin = counter.client("admin")
    page = admin.get(f"{PARENTS}moi/")
    check_shape(page)
    assert f"{PARENTS}moi/" in admin.get(PARENTS).content.decode()
    page = admin.post(f"{PARENTS}moi/", ACCOUNT, follow=True)
    check_shape(page)
    row = Parent.objects.get()
    assert (row.member, row.kind, row.inside) == (HANOI, "legacy", False)
    assert password_of(row.pk) == "rat-bi-mat"
    here = f"{PARENTS}{row.pk}/tai-khoan/"
    page = admin.get(here)
    check_shape(page)
    assert "rat-bi-mat" not in page.content.decode()
    changed = {**ACCOUNT, "username": "ha-noi-2", "password": ""}
    admin.post(here, changed)
    assert Parent.objects.get().username == "ha-noi-2"
    assert password_of(row.pk) == "rat-bi-mat"
    admin.post(here, {**changed, "password": "moi-hon"})
    assert password_of(row.pk) == "moi-hon"


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "ftp://cong.example"},
        {"address": "https://[x/"},
        {"address": "http://10.0.0.5/dich-vu-cong"},
        {"address": "http://localhost:5432/"},
        {"address": "https://ai:khoa@cong.example/"},
        {"username": ""},
        {"password": ""},
        {"to": ""},
        {"to": "dvcqg; rm"},
        {"dstcode": "VN\r\nX: 1"},
        {"address": "https://:khoa@cong.example/"},
        {"address": "http://169.254.169.254/", "inside": "1"},
    ],
)
def test_an_account_that_cannot_be_is_refused_beside_its_field(counter, wrong):
    page = counter.client("admin").post(f"{PARENTS}moi/", {**ACCOUNT, **wrong})
    assert page.status_code == 422
    check_shape(page)
    assert b"rat-bi-mat" not in page.content
    assert not Parent.objects.exists()


def test_only_the_portal_tells_of_what_is_another_member_s(counter):
    account = LegacyAccount("https://a.example", "x", "y", "z")
    with refused(NotYourParents):
        add_legacy_parent(HANOI, "hue", account, below="H57", by=counter.actor("admin"), at=now())
    with refused(NotACode):
        add_legacy_parent(HANOI, "hue", account, below=".*", by=PORTAL, at=now())


def test_what_speaks_the_exchange_has_no_account(wire, counter):
    number = add_parent(HANOI, POLICE, by=PORTAL, at=now())
    account = LegacyAccount("https://a.example", "x", "y", "z")
    with refused(NoSuchParent):
        change_account(number, account, by=PORTAL, at=now())
    with refused(NoSuchParent):
        change_password(number, "x", by=PORTAL)
    assert counter.client("admin").get(f"{PARENTS}{number}/tai-khoan/").status_code == 404
    hue = Actor("x", "X", "000.00.00.H57", frozenset({Role.ADMINISTRATOR}))
    with refused(NoSuchParent):
        change_account(number, account, by=hue, at=now())


@pytest.mark.parametrize("host", ["localhost:9", "169.254.169.254", "[::1]:9"])
def test_a_name_that_leads_inside_is_not_called_unless_that_was_meant(host):
    facts = {"username": "x", "password": "y", "dstcode": "z", "unit": HANOI}
    with (
        LegacySystem(f"http://{host}/", inside=False, **facts) as system,
        pytest.raises(NotToBeCalled),
    ):
        system.send("TraCuuHoSo", {})
