"""A member renews its key by one call to its hub, signed by the present key."""

from io import BytesIO
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.cache import cache

from motcua.exchange.adapters.keyfiles import folder, private_key
from motcua.exchange.models import Certificate, Peer
from motcua.exchange.operations.calling import CallRefused, MemberDown, call
from motcua.exchange.operations.keys import NoAuthority
from motcua.exchange.operations.renewing import A_DAY, SERVICE, answer_renewal, renew_key
from motcua.exchange.operations.serving import Call
from motcua.exchange.queries.keys import signing_key
from motcua.exchange.rules.access import NotYourMember
from motcua.exchange.rules.authority import RequestOfAnother, request_for
from motcua.exchange.rules.directory import PURPOSE
from motcua.exchange.tests.conftest import HANOI, HUE, POLICE, PORTAL, refused
from motcua.exchange.tests.wire import now
from motcua.kernel.actors import Actor, Role


@pytest.fixture
def hub(wire):
    cache.clear()
    Peer.objects.create(member_id=HANOI, hub=True, since=now())
    return wire


def ask(request, consumer=POLICE):
    facts = {"purpose": PURPOSE, "at": now(), "consumer": consumer}
    return call(HANOI, SERVICE, body=request.encode(), **facts)


def test_a_new_key_is_certified_by_the_hub_and_signs_from_then_on(hub):
    before = signing_key(POLICE, at=now()).kid
    kid = renew_key(POLICE, by=PORTAL, at=now())
    assert kid != before
    assert private_key(folder(POLICE) / f"{kid}.key") is not None
    assert not (folder(POLICE) / "renewing.key").exists()
    row, old = Certificate.objects.get(pk=kid), Certificate.objects.get(pk=before)
    assert (row.member_id, row.revoked_at) == (POLICE, None)
    assert old.retires_at is not None
    (sent,) = hub.requests
    assert before in sent.headers["signature-input"]


def test_after_a_lost_answer_the_same_key_is_sent_again(hub):
    def lose(answer):
        raise httpx.ReadTimeout("lost")

    hub.on_answer = lose
    with pytest.raises(MemberDown):
        renew_key(POLICE, by=PORTAL, at=now())
    hub.on_answer = lambda message: message
    made = Certificate.objects.filter(member=POLICE).count()
    renew_key(POLICE, by=PORTAL, at=now())
    assert Certificate.objects.filter(member=POLICE).count() == made


def test_nobody_has_a_key_certified_in_anothers_name(hub):
    request = request_for(HUE, Ed25519PrivateKey.generate()).encode()
    by = Actor(f"member:{POLICE}", POLICE, POLICE)
    came = (POLICE, HANOI, SERVICE, "POST", "", "", {}, BytesIO(request), len(request))
    with refused(RequestOfAnother):
        answer_renewal(Call(*came, "none", PURPOSE, uuid4(), now(), by))
    assert not Certificate.objects.filter(member=HUE, made_at__gt=now()).exists()


def test_who_stole_a_key_cannot_have_very_many_made(hub):
    request = request_for(POLICE, Ed25519PrivateKey.generate())
    for _ in range(A_DAY):
        ask(request)
    with pytest.raises(CallRefused) as refusal:
        ask(request)
    assert refusal.value.status == 429


def test_only_the_members_own_administrators_renew_its_key(hub):
    with refused(NotYourMember):
        renew_key(POLICE, by=Actor("x", "X", HUE, frozenset({Role.ADMINISTRATOR})), at=now())


def test_a_member_that_joined_nobody_has_nobody_to_ask(wire):
    with refused(NoAuthority):
        renew_key(POLICE, by=PORTAL, at=now())
