"""What may be tried against the old interface: guessing, others' names, bodies, texts, sessions."""

import json
import tracemalloc
from datetime import timedelta

import pytest

from motcua.exchange.tests.conftest import PORTAL, _own_files, refused
from motcua.exchange.tests.wire import now
from motcua.kernel.actors import Actor, Role
from motcua.sync.models import Dossier, Refusal, Status, Stream, System, SystemCall
from motcua.sync.operations import legacy_taking
from motcua.sync.operations.systems import (
    NameTaken,
    NotAMember,
    NotAName,
    make_system,
    new_password,
    switch,
)
from motcua.sync.rules.access import NotYourParents
from motcua.sync.tests.streams import HUE, code_of
from motcua.sync.web import legacy
from tests.sync.legacy import DSTCODE, Vendor, legacy_dossier, legacy_step

__all__ = ["_own_files"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _open(settings):
    settings.SYNC_LEGACY = True


@pytest.fixture
def made():
    return make_system("hue-dvc", HUE, title="Huế", by=PORTAL, at=now())


@pytest.fixture
def vendor(client, made):
    return Vendor(client, made)


def test_it_is_shut_unless_the_setting_opens_it(vendor, settings):
    settings.SYNC_LEGACY = False
    for part in ("auth", "service"):
        assert vendor.post(part, {}).status_code == 404
    assert vendor.client.get("/dich-vu-cong/auth").status_code in {404, 405}


def test_guessing_is_slowed_down_and_says_the_same_for_every_name(vendor, made, monkeypatch):
    wrong = vendor.auth("sai")
    unknown = vendor.post("auth", {"username": "khong-co", "password": "x"}).json()
    assert wrong == unknown
    assert wrong["session"] == ""
    monkeypatch.setattr(legacy, "TRIES", 3)
    monkeypatch.setattr("motcua.sync.operations.systems.check_password", lambda *_: False)
    answers = [vendor.post("auth", {"username": "hue-dvc", "password": str(n)}) for n in range(6)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert made.password not in System.objects.get().password


@pytest.mark.parametrize("dstcode", ["", "VN:GOV:000.00.00.G22:dvc", "000.00.00.H2", "x" * 9000])
def test_what_is_meant_for_another_is_not_taken(vendor, dstcode):
    good = vendor.auth()["session"]
    vendor.dstcode, vendor.session = dstcode, ""
    assert vendor.auth()["session"] == ""
    if dstcode:
        body = {"session": good, "service": "LayDanhMucLinhVuc"}
        assert vendor.post("service", body).json()["error_code"] == "sync.not-for-us"


def test_another_s_dossiers_are_refused(vendor):
    ours = code_of(1, top="H26")
    assert vendor.call("DongBoHoSoMC", data=legacy_dossier(code=ours))["error_code"] == "1"
    assert vendor.call("CapNhatTienDoHoSoMC", data=legacy_step(code=ours))["error_code"] == "1"
    assert vendor.call("TraCuuHoSo", MaHoSo=ours)["error_code"] == "sync.no-such-dossier"
    told = {"MaHoSo": ours, "TrangThai": "9", "NgayXuLy": "20260917100000"}
    assert vendor.call("DongBoTrangThaiHoSo", type="2", data=told)["error_code"] == "1"
    assert not Dossier.objects.exists()
    assert not Status.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'"' + b"x" * 100,
        b"[" * 50_000,
        b'{"session":' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"a":' + b'"' + b"x" * (17 << 20) + b'"}',
        b"\xff\xfe{}",
        b'{"session": "a\\u0000b"}',
    ],
    ids=range(9),
)
def test_bodies_that_are_no_message_are_answered_not_suffered(vendor, body):
    for part in ("auth", "service"):
        answer = vendor.post(part, body)
        assert answer.status_code == 200
        assert answer.json()["error_code"] in {"sync.not-json", "sync.not-known", "401"}


@pytest.mark.parametrize("part", ["auth", "service"])
def test_who_is_not_signed_in_has_nothing_made_of_what_they_send(vendor, part):
    """A list of empty lists takes thirty times the room that it has on the wire."""
    body = b'{"session":"x","username":[%s],"data":[[]%s]}' % (
        b"[]" + b",[]" * 9999,
        b",[]" * 10**5,
    )
    vendor.post(part, b"{}")
    tracemalloc.start()
    try:
        answer = vendor.post(part, body).json()
        room = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert answer["error_code"] == {"auth": "sync.not-json", "service": "401"}[part]
    assert room < 8 * len(body)


@pytest.mark.parametrize("session", [None, 5, 0.5, True, "", "x", 10**30])
def test_a_session_of_any_kind_that_is_none_asks_to_sign_in(vendor, session):
    answer = vendor.post("service", {"session": session, "service": "LayDanhMucLinhVuc"})
    assert answer.json()["error_code"] == "401"


def test_too_many_things_at_once_are_refused_whole(vendor):
    data = [legacy_step(n) for n in range(1001)]
    assert vendor.call("CapNhatTienDoHoSoMC", data=data)["error_code"] == "sync.too-many-items"
    assert not Status.objects.exists()
    assert SystemCall.objects.get().said == "sync.too-many-items"


@pytest.mark.parametrize("data", ["", "x", "[" * 9000, '"[]"', None, 5, True])
def test_what_holds_no_things_is_never_answered_as_taken(vendor, data):
    answer = vendor.call("CapNhatTienDoHoSoMC", data=data)
    assert (answer["error_code"], answer["result"]) == ("sync.no-things", [])
    assert SystemCall.objects.get().said == "sync.no-things"
    assert vendor.call("CapNhatTienDoHoSoMC", data=[])["error_code"] == "0"


def test_a_thing_nested_as_deep_as_can_be_read_is_refused_alone(vendor):
    """To write it down again takes a little more room than to read it took."""
    vendor.auth()

    def told(depth):
        nested = b'{"a":%s}' % (b"[" * depth + b"]" * depth)
        data = b"%s,%s" % (nested, json.dumps(legacy_step(1)).encode())
        head = {"session": vendor.session, "service": "CapNhatTienDoHoSoMC"}
        body = b'%s,"data":[%s]}' % (json.dumps(head).encode()[:-1], data)
        return vendor.post("service", body).json()

    deepest = next(n for n in range(1000, 0, -1) if told(n)["error_code"] != "sync.not-json")
    for depth in range(deepest - 12, deepest + 1):
        assert [(each["stt"], each["error_code"]) for each in told(depth)["result"]] == [
            ("1", "shape")
        ]
    assert Status.objects.count() == 1


def test_a_nul_in_the_name_of_a_field_refuses_that_thing_alone(vendor):
    odd = [legacy_dossier(2, **{"Ghi\0Chu": "x"}), legacy_dossier(3, GhiChu={"a\0": "x"})]
    answer = vendor.call("DongBoHoSoMC", data=[legacy_dossier(1, GhiChu="x"), *odd])
    assert [(each["stt"], each["error_code"]) for each in answer["result"]] == [
        ("2", "nul"),
        ("3", "nul"),
    ]
    assert Dossier.objects.get().code == code_of(1)


def test_texts_stay_texts(vendor, client):
    odd = "'); DROP TABLE sync_dossier; -- <script>alert(1)</script> {{7*7}} %s \\ \" \n"
    deep = {"a": {}}
    for _ in range(30):
        deep = {"a": deep}
    fine = legacy_dossier(1, ChuHoSo=odd, TrichYeuHoSo=odd, DonViXuLy=odd, GhiChu=odd)
    answer = vendor.call("DongBoHoSoMC", data=[fine, legacy_dossier(2, GhiChu=deep)])
    assert [each["stt"] for each in answer["result"]] == ["2"]
    held = Dossier.objects.get()
    assert held.title == held.applicant == odd.strip()
    vendor.call(odd, data=[])
    assert SystemCall.objects.order_by("id").last().verb == odd.strip()[:40]
    page = client.get(f"/tra-cuu/?ma={held.code}")
    assert b"<script>alert" not in page.content


def test_a_session_ends_with_its_password_its_account_and_its_time(vendor, made, monkeypatch):
    def alive():
        return vendor.call("LayDanhMucLinhVuc")["error_code"] == "0"

    assert alive()
    again = new_password(made.id, by=PORTAL, at=now())
    assert not alive()
    vendor.made, vendor.session = again, ""
    assert alive()
    switch(made.id, on=False, by=PORTAL, at=now())
    assert vendor.call("LayDanhMucLinhVuc")["error_code"] == "401"
    vendor.session = ""
    assert vendor.auth()["error_code"] == "sync.not-known"
    switch(made.id, on=True, by=PORTAL, at=now())
    vendor.auth()
    assert alive()
    session = vendor.session
    for forged in (session[:-1] + "x", session.replace(":", ".", 1), f"{made.id}.9:x:y", "x" * 500):
        vendor.session = forged
        assert not alive()
    vendor.session = session
    monkeypatch.setattr("motcua.sync.operations.systems.SESSION_LASTS", timedelta(0))
    assert not alive()


def test_only_the_keeper_s_administrators_make_accounts(made):
    for by in (
        Actor("a", "A", "000.00.00.H57", frozenset({Role.ADMINISTRATOR})),
        Actor("b", "B", "000.00.00.H26", frozenset({Role.AUDITOR})),
        Actor("c", "C"),
    ):
        with refused(NotYourParents):
            make_system("another", HUE, title="", by=by, at=now())
    for name, member, why in (
        ("hue-dvc", HUE, NameTaken),
        ("a b", HUE, NotAName),
        ("another", "H57", NotAMember),
    ):
        with refused(why):
            make_system(name, member, title="", by=PORTAL, at=now())


def test_a_call_is_noted_without_what_it_said(vendor):
    vendor.call("DongBoHoSoMC", data=[legacy_dossier(1)])
    call = SystemCall.objects.get()
    assert len(bytes(call.digest)) == 32
    assert "Lan" not in json.dumps([call.verb, call.said, call.address])


def test_a_message_that_waits_for_another_gets_places_of_its_own(vendor, monkeypatch):
    ours = code_of(1, top="H26")
    really = legacy_taking.take

    def late(*given, **facts):
        monkeypatch.setattr(legacy_taking, "take", really)
        vendor.call("CapNhatTienDoHoSoMC", data=legacy_step(code=ours))
        return really(*given, **facts)

    vendor.auth()
    monkeypatch.setattr(legacy_taking, "take", late)
    both = [legacy_step(code=ours), legacy_step(1)]
    answer = vendor.call("CapNhatTienDoHoSoMC", data=both)
    assert [each["stt"] for each in answer["result"]] == ["1"]
    assert Stream.objects.get().cursor == 3
    runs = Refusal.objects.values_list("first", "last")
    assert sum(last - first + 1 for first, last in runs) == 2


def test_wrong_passwords_from_elsewhere_lock_nobody_out(client, made, monkeypatch):
    monkeypatch.setattr(legacy, "TRIES", 3)
    guess = {"username": "hue-dvc", "password": "sai"}
    send = {"content_type": "application/json", "headers": {"dstcode": DSTCODE}}
    for _ in range(5):
        there = client.post("/dich-vu-cong/auth", guess, REMOTE_ADDR="127.0.0.9", **send)
    assert there.status_code == 429
    right = {"username": "hue-dvc", "password": made.password}
    here = client.post("/dich-vu-cong/auth", right, REMOTE_ADDR="127.0.0.3", **send)
    assert here.json()["error_code"] == 0
