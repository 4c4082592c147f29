"""What another portal may tell us, and what it may not."""

import uuid

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motcua.exchange.adapters.keyfiles import folder
from motcua.exchange.models import Agreement, Certificate, Invitation, Member, Peer, Service
from motcua.exchange.operations.directories import learn_keys, merge_directory
from motcua.exchange.operations.inviting import WrongCode, admit, invite_portal
from motcua.exchange.operations.keys import KeyInUse, new_key, revoke_key
from motcua.exchange.operations.members import NewMember, WrongMember
from motcua.exchange.operations.sharing import NotYourAgreement, merge_agreement
from motcua.exchange.queries.directory import (
    agreement_told,
    directory_for,
    is_elsewhere,
    known_member,
)
from motcua.exchange.rules.access import NotTheOperator
from motcua.exchange.rules.authority import RequestOfAnother, request_for
from motcua.exchange.rules.directory import (
    Directory,
    Joining,
    NotADirectory,
    Told,
    read_directory,
    read_joined,
    read_joining,
)
from motcua.exchange.rules.keys import MemberNotActive
from motcua.exchange.rules.states import MemberState, NoSuchAgreement, NoSuchService, Standing
from motcua.exchange.rules.terms import WrongTerms
from motcua.exchange.tests.conftest import (
    ADMIN,
    AT,
    DAY,
    HANOI,
    HUE,
    HUE_ADMIN,
    POLICE,
    PORTAL,
    refused,
)

TAY_NINH = "000.00.00.H53"
NEW = NewMember(TAY_NINH, "Ủy ban nhân dân tỉnh Tây Ninh")
TOLD = Told(
    id="0199a2c5-0000-7000-8000-000000000001",
    consumer=HUE,
    provider=POLICE,
    service="population.v1",
    purposes=["prefill-form"],
    standing=Standing.ASKED,
    valid_from=AT,
    valid_until=AT + 100 * DAY,
    reason="Cần",
    legal_basis="Luật",
    asked_by="a",
    asked_by_name="Quản trị Huế",
    asked_at=AT,
)
change = msgspec.structs.replace


@pytest.fixture
def elsewhere(population):
    """Huế's keys are at its own portal."""
    for place in folder(HUE).glob("*.key"):
        place.unlink()
    assert is_elsewhere(HUE)


def joining(code, member=TAY_NINH, named=TAY_NINH, private=None):
    request = request_for(named, private or Ed25519PrivateKey.generate())
    return Joining(code, member, "https://tayninh.example", request)


def test_a_code_works_for_its_member_one_key_and_three_days(members):
    code, private = invite_portal(NEW, by=ADMIN, at=AT), Ed25519PrivateKey.generate()
    for wrong in (joining("x" + code), joining(code, HUE, HUE)):
        with refused(WrongCode):
            admit(wrong, by=PORTAL, at=AT)
    with refused(WrongCode):
        admit(joining(code), by=PORTAL, at=AT + 3 * DAY)
    with refused(RequestOfAnother):
        admit(joining(code, named=HANOI), by=PORTAL, at=AT)
    with refused(WrongMember):
        admit(change(joining(code), address=""), by=PORTAL, at=AT)
    first = admit(joining(code, private=private), by=PORTAL, at=AT)
    assert admit(joining(code, private=private), by=PORTAL, at=AT) == first
    assert first.you.state is MemberState.ACTIVE
    with refused(WrongCode):
        admit(joining(code), by=PORTAL, at=AT)
    assert Member.objects.get(pk=TAY_NINH).address == "https://tayninh.example"
    assert code.partition(".")[0].encode() not in bytes(Invitation.objects.get().digest)


def test_only_who_runs_the_exchange_gives_codes(members):
    with refused(NotTheOperator):
        invite_portal(NEW, by=HUE_ADMIN, at=AT)


def test_a_hub_tells_of_everybody_and_another_portal_of_itself_only(population, elsewhere):
    peer = Peer.objects.create(member_id=HUE, since=AT)
    told = directory_for(HUE)
    others = [change(each, title="Giả", state=MemberState.ENDED) for each in told.members]
    merge_directory(change(told, members=others, services=[]), HUE, by=PORTAL, at=AT)
    assert set(Member.objects.filter(title="Giả").values_list("pk", flat=True)) == {HUE}
    assert Service.objects.get().closed_at is None
    peer.hub = True
    peer.save()
    merge_directory(change(told, services=[]), HUE, by=PORTAL, at=AT)
    assert not Member.objects.filter(title="Giả").exists()


def test_a_directory_brings_services_revocations_and_no_forged_certificate(population, elsewhere):
    Peer.objects.create(member_id=HUE, hub=True, since=AT)
    told = directory_for(HUE)
    offered = change(told.services[0], provider=HUE, code="weather.v1")
    kid = Certificate.objects.get(member=HUE).kid
    hue = next(each for each in told.members if each.id == HUE)
    stolen = Certificate.objects.get(member=HANOI)
    forged = change(hue.certificates[0], kid=stolen.kid, pem=stolen.pem)
    ended = change(hue.certificates[0], revoked_at=AT, revoked_reason="superseded")
    news = change(told, members=[change(hue, certificates=[forged, ended])], services=[offered])
    merge_directory(news, HUE, by=PORTAL, at=AT)
    merge_directory(news, HUE, by=PORTAL, at=AT)
    assert Certificate.objects.get(pk=stolen.kid).member_id == HANOI
    assert Certificate.objects.get(pk=kid).revoked_at == AT
    assert Service.objects.filter(provider=HUE, closed_at=None).count() == 1
    back = change(news, members=[change(hue, certificates=list(hue.certificates))], services=[])
    merge_directory(back, HUE, by=PORTAL, at=AT)
    assert Certificate.objects.get(pk=kid).revoked_at == AT
    assert not Service.objects.filter(provider=HUE, closed_at=None).exists()


def test_a_peer_s_new_key_is_learned_but_nothing_else_it_publishes_unsigned(population):
    kid = new_key(HUE, by=PORTAL, at=AT)
    hue = known_member(HUE)
    other = change(known_member(HANOI), title="Giả")
    Certificate.objects.filter(pk=kid).delete()
    published = [change(hue, title="Giả", state=MemberState.ENDED, address="x"), other]
    for text in (b"", b"{", msgspec.json.encode(Directory(published))):
        learn_keys(HUE, text, by=PORTAL, at=AT)
    assert Certificate.objects.get(pk=kid).member_id == HUE
    assert not Member.objects.filter(title="Giả").exists()
    assert known_member(HUE).state is MemberState.ACTIVE


def test_a_consumer_asks_withdraws_and_never_grants(elsewhere):
    granted = change(TOLD, standing=Standing.IN_FORCE, first_by="x", second_by="y")
    merge_agreement(granted, HUE, by=PORTAL, at=AT)
    assert not Agreement.objects.exists()
    merge_agreement(TOLD, HUE, by=PORTAL, at=AT)
    merge_agreement(granted, HUE, by=PORTAL, at=AT)
    row = Agreement.objects.get()
    assert (row.standing, row.asked_by, row.first_by) == ("asked", f"{HUE}:a", "")
    merge_agreement(change(TOLD, standing=Standing.WITHDRAWN), HUE, by=PORTAL, at=AT)
    merge_agreement(change(TOLD, standing=Standing.WITHDRAWN), HUE, by=PORTAL, at=AT)
    assert Agreement.objects.get().standing == "withdrawn"


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (change(TOLD, service="none.v1"), NoSuchService),
        (change(TOLD, purposes=["curiosity"]), WrongTerms),
        (change(TOLD, id="x"), NoSuchAgreement),
    ],
)
def test_a_request_from_afar_is_held_to_the_same_terms(elsewhere, told, error):
    with refused(error):
        merge_agreement(told, HUE, by=PORTAL, at=AT)


def test_nobody_tells_of_others_agreements_or_changes_whose_one_is(elsewhere):
    with refused(NotYourAgreement):
        merge_agreement(TOLD, HANOI, by=PORTAL, at=AT)
    merge_agreement(TOLD, HUE, by=PORTAL, at=AT)
    with refused(NoSuchAgreement):
        merge_agreement(change(TOLD, service="other.v1"), HUE, by=PORTAL, at=AT)
    with refused(NoSuchAgreement):
        merge_agreement(change(TOLD, provider=HANOI, consumer=POLICE), HANOI, by=PORTAL, at=AT)
    Member.objects.filter(pk=HUE).update(state=MemberState.SUSPENDED)
    with refused(MemberNotActive):
        merge_agreement(change(TOLD, id=str(uuid.uuid4())), HUE, by=PORTAL, at=AT)


def test_what_the_provider_decides_is_copied_until_the_consumer_has_ended_it(elsewhere):
    Service.objects.create(
        provider_id=HUE, code="weather.v1", title="x", owner=HUE, opened_at=AT, changed_at=AT
    )
    ours = change(TOLD, consumer=POLICE, provider=HUE, service="weather.v1")
    steps = (Standing.ASKED, Standing.SECONDED, Standing.IN_FORCE, Standing.SUSPENDED)
    who = ({}, {"first_by": "b"}, *[{"first_by": "b", "second_by": "c"}] * 2)
    for standing, by in zip(steps, who, strict=True):
        for _ in range(2):
            merge_agreement(change(ours, standing=standing, **by), HUE, by=PORTAL, at=AT)
        assert Agreement.objects.get().standing == standing
    assert Agreement.objects.get().steps.count() == 4
    again = agreement_told(Agreement.objects.get().id)
    assert (again.standing, again.first_by) == (Standing.SUSPENDED, f"{HUE}:b")
    Agreement.objects.update(standing=Standing.ENDED)
    merge_agreement(change(ours, standing=Standing.SUSPENDED), HUE, by=PORTAL, at=AT)
    assert Agreement.objects.get().standing == "ended"


DEEP = b'{"x":' + b"[" * 5000 + b"]" * 5000 + b"}"


@pytest.mark.parametrize("read", [read_directory, read_joined, read_joining])
@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"members": [{}], "code": 1}', b"\xff", DEEP])
def test_what_is_no_directory_is_refused(read, text):
    with pytest.raises(NotADirectory):
        read(text)


def test_a_portal_joins_over_http_and_a_revoked_key_stays_out(client, members):
    code, private = invite_portal(NEW, by=ADMIN, at=AT), Ed25519PrivateKey.generate()
    address = "/trao-doi/.well-known/join/"
    send = {"content_type": "application/json"}
    for body in (b"{", DEEP, b'{"code": "\\u0000", "member": "", "address": "", "request": ""}'):
        assert client.post(address, body, **send).status_code == 422
    joined = admit(joining(code, private=private), by=PORTAL, at=AT)
    kid = joined.you.certificates[0].kid
    revoke_key(kid, "key_compromise", by=ADMIN, at=AT)
    with refused(KeyInUse):
        admit(joining(code, private=private), by=PORTAL, at=AT)
    assert client.post(address, msgspec.json.encode(joining("no")), **send).status_code == 403
