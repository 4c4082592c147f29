"""Where this portal's own calls may lead, whoever says where to call."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motcua.backbone.reaching import Barred
from motcua.exchange.adapters.lines import Address, Kept, Outgoing
from motcua.exchange.models import Certificate, Invitation, Member, Peer
from motcua.exchange.operations.directories import merge_directory
from motcua.exchange.operations.inviting import WrongCode, admit, invite_portal
from motcua.exchange.operations.members import (
    NewMember,
    WrongMember,
    change_member,
    invite_member,
    move_member,
)
from motcua.exchange.queries.directory import known_member
from motcua.exchange.rules.authority import request_for
from motcua.exchange.rules.directory import Directory, Joining, Known, Offered
from motcua.exchange.rules.states import MemberState
from motcua.exchange.tests.conftest import AT, HANOI, HUE, POLICE, PORTAL, refused
from motcua.exchange.tests.places import SOON
from motcua.exchange.tests.test_federation import NEW, TAY_NINH

INSIDE = ["http://10.0.0.5", "http://127.0.0.1:5432", "http://[::1]", "http://localhost"]
NEVER = ["http://169.254.169.254", "http://[::ffff:169.254.169.254]", "http://0.0.0.0:80"]
ODD = ["https://x@y", "https://x?y=", "https://x#y", "ftp://x", "//x", "https://x y", "x"]


@pytest.fixture
def server():
    class Secrets(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "6")
            self.end_headers()
            self.wfile.write(b"secret")

        def log_message(self, *_):
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Secrets)
    worker = threading.Thread(target=made.serve_forever, args=(SOON,))
    worker.start()
    yield made.server_port
    made.shutdown()
    worker.join()
    made.server_close()


def fetched(url, *, inside):
    asking = Outgoing("GET", Address.of(httpx.URL(url)), {}, b"", "", "", inside)
    line = Kept()
    try:
        return line.exchange(asking, b"", timeout=2).body
    finally:
        line.close()


def test_a_private_address_is_reached_only_where_somebody_chose_so(server):
    url = f"http://127.0.0.1:{server}/"
    assert fetched(url, inside=True) == b"secret"
    with pytest.raises(Barred):
        fetched(url, inside=False)


def test_a_name_that_means_a_private_address_is_found_out_when_it_is_called(server, monkeypatch):
    """What the name meant when it was looked at before does not count: the address called does."""
    real = socket.getaddrinfo

    def lies(host, *rest, **more):
        return real("127.0.0.1" if host == "dichvucong.example" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", lies)
    url = f"http://dichvucong.example:{server}/"
    assert fetched(url, inside=True) == b"secret"
    with pytest.raises(Barred):
        fetched(url, inside=False)


@pytest.mark.parametrize("host", ["169.254.169.254", "0.0.0.0", "[::ffff:169.254.169.254]"])
def test_what_tells_machines_their_secrets_is_never_reached(host):
    with pytest.raises(Barred):
        fetched(f"http://{host}/", inside=True)


def test_a_name_that_nobody_knows_is_no_trouble():
    for name in ("nobody.invalid", f"{'a' * 70}.invalid"):
        with pytest.raises(OSError, match=r"known|no name|resolution|associated"):
            fetched(f"http://{name}/", inside=True)


@pytest.mark.parametrize("address", [*NEVER, *ODD])
def test_no_member_is_said_to_answer_where_nobody_does(members, address):
    with refused(WrongMember):
        invite_member(NewMember(TAY_NINH, "Tây Ninh", address=address), by=PORTAL, at=AT)


@pytest.mark.parametrize("address", INSIDE)
def test_a_member_on_a_private_network_is_an_explicit_choice(members, settings, address):
    facts = NewMember(HUE, "Huế", address=address)
    settings.EXCHANGE_PRIVATE_ADDRESSES, settings.EXCHANGE_MEMBERS = False, (HANOI, POLICE)
    with refused(WrongMember) as told:
        change_member(facts, by=PORTAL, at=AT)
    assert "EXCHANGE_PRIVATE_ADDRESSES" in told.value.facts["problems"][0]["message"]
    settings.EXCHANGE_PRIVATE_ADDRESSES = True
    change_member(facts, by=PORTAL, at=AT)


@pytest.mark.parametrize("address", [*INSIDE, *NEVER, *ODD])
def test_a_peer_leads_us_to_no_address_of_our_own_network(members, settings, address):
    settings.EXCHANGE_PRIVATE_ADDRESSES, settings.EXCHANGE_MEMBERS = False, (HANOI,)
    Peer.objects.create(member=members[HUE], since=AT)
    told = Known(HUE, "Huế", MemberState.ACTIVE, AT, address=address)
    merge_directory(Directory(members=[told]), HUE, by=PORTAL, at=AT)
    assert Member.objects.get(pk=HUE).address == ""


def test_a_peer_s_strange_offers_and_names_spoil_no_page(members, client):
    """A code that is no part of an address, a description of another shape, letters that turn."""
    Peer.objects.create(member=members[HUE], since=AT)
    Member.objects.filter(pk=HUE).update(state="active")
    described = {"openapi": "3.1.0", "info": {}, "paths": {"/": {}}}
    offers = [
        Offered(HUE, code, "Một\u202e dịch\x00 vụ", "", "x", openapi)
        for code, openapi in (
            ("a/b", described),
            ("..", described),
            ("a.v1", {"paths": []}),
            ("b.v1", {"paths": {"/": 1}}),
            ("good.v1", described),
        )
    ]
    people = [Known(HUE, "Huế\u202e\x07", MemberState.ACTIVE, AT), Known("x/y", "?", "active", AT)]
    told = Directory(members=people, services=offers)
    row = Peer.objects.get(member=HUE)
    row.hub = True
    row.save()
    Certificate.objects.filter(member=HUE).delete()
    merge_directory(told, HUE, by=PORTAL, at=AT)
    assert {s.code for s in members[HUE].services.all()} == {"good.v1"}
    assert Member.objects.get(pk=HUE).title == "Huế"
    page = client.get("/trao-doi/").content.decode()
    assert "Một dịch vụ" in page
    assert "\u202e" not in page
    assert not Member.objects.filter(pk="x/y").exists()


@pytest.fixture
def code(members):
    return invite_portal(NEW, by=PORTAL, at=AT)


def joining(code, private, address="https://tayninh.gov.vn"):
    return Joining(code, TAY_NINH, address, request_for(TAY_NINH, private))


def test_who_reads_a_used_code_does_not_move_the_member_elsewhere(code):
    mine = Ed25519PrivateKey.generate()
    first = joining(code, mine)
    admit(first, by=PORTAL, at=AT)
    kept = Joining(code, TAY_NINH, "https://evil.example", first.request)
    again = admit(kept, by=PORTAL, at=AT)
    assert Member.objects.get(pk=TAY_NINH).address == "https://tayninh.gov.vn"
    assert again.you.address == known_member(TAY_NINH).address
    with refused(WrongCode):
        admit(joining(code, Ed25519PrivateKey.generate()), by=PORTAL, at=AT)


@pytest.mark.parametrize("state", [MemberState.SUSPENDED, MemberState.ENDED])
def test_who_was_put_out_does_not_come_back_by_an_old_code(code, state):
    mine = Ed25519PrivateKey.generate()
    admit(joining(code, mine), by=PORTAL, at=AT)
    move_member(TAY_NINH, state, reason="Lừa", by=PORTAL, at=AT)
    with refused(WrongCode):
        admit(joining(code, mine), by=PORTAL, at=AT)
    assert Member.objects.get(pk=TAY_NINH).state == state


def test_a_code_is_guessed_neither_in_part_nor_by_its_hash(code):
    kept = bytes(Invitation.objects.get().digest)
    mine = Ed25519PrivateKey.generate()
    for guess in ("", code[:-40], code[1:], code.upper(), kept.hex(), f"x.{code.split('.')[1]}"):
        with refused(WrongCode):
            admit(joining(guess, mine), by=PORTAL, at=AT)
    assert len(code.partition(".")[0]) >= 32
    assert code[:48].isalnum()
