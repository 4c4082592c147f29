"""The life of a member's key: made, replaced, revoked, ended, and tried by thieves."""

import stat
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from motcua.backbone.models import Entry
from motcua.exchange.adapters.keyfiles import folder, member_key
from motcua.exchange.models import Certificate, Member, Peer
from motcua.exchange.operations.keys import (
    AlreadyRevoked,
    KeyInUse,
    NoAuthority,
    WrongReason,
    ask_for_certificate,
    certify_request,
    import_certificate,
    make_authority,
    new_key,
    revoke_key,
)
from motcua.exchange.operations.members import invite_member, move_member
from motcua.exchange.queries.keys import (
    LEARNED_WITHIN,
    ExpiredKey,
    MemberNotActive,
    NoKeyOfOurs,
    RevokedKey,
    UnknownKey,
    check_believed,
    check_held,
    forget_keys,
    key_known,
    signing_key,
)
from motcua.exchange.queries.trust import keys_of
from motcua.exchange.rules.access import NotTheOperator, NotYourMember
from motcua.exchange.rules.authority import new_root, request_for
from motcua.exchange.rules.certificates import CertificateOfAnother, kid_of
from motcua.exchange.rules.states import MemberState
from motcua.exchange.tests.conftest import (
    ADMIN,
    AT,
    AUDITOR,
    CITY,
    HANOI,
    HUE,
    HUE_ADMIN,
    OTHER,
    POLICE,
    PORTAL,
    SECOND,
    STRANGER,
    refused,
)

DAY = timedelta(days=1)


def believed(kid, at=AT):
    check_believed(key_known(kid, at=at), at=at)


def test_a_private_key_lies_in_a_file_that_only_the_portal_reads(members, tmp_path):
    key = signing_key(HANOI, at=AT)
    place = folder(HANOI) / f"{key.kid}.key"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE((folder("ca") / "root.key").stat().st_mode) == 0o600
    assert kid_of(member_key(HANOI, key.kid).public_key()) == key.kid
    written = str(list(Certificate.objects.values())) + str(list(Entry.objects.values()))
    assert "PRIVATE" not in written


def test_the_authority_is_made_once(members):
    again = make_authority(HANOI, by=ADMIN, at=AT + DAY)
    assert again == make_authority("other", by=PORTAL, at=AT)
    with refused(NotTheOperator):
        make_authority(HANOI, by=HUE_ADMIN, at=AT)


def test_the_first_certificate_makes_a_member_active(db):
    make_authority(HANOI, by=PORTAL, at=AT)
    invite_member(CITY, by=PORTAL, at=AT)
    assert Member.objects.get().state == MemberState.INVITED
    believed(new_key(HANOI, by=ADMIN, at=AT))
    assert Member.objects.get().state == MemberState.ACTIVE


def test_without_an_authority_a_request_goes_to_another_and_its_certificate_comes_back(db):
    invite_member(CITY, by=PORTAL, at=AT)
    with refused(NoAuthority):
        new_key(HANOI, by=PORTAL, at=AT)
    assert list(folder(HANOI).glob("*")) == []
    kid, request = ask_for_certificate(HANOI, by=PORTAL)
    with refused(NoKeyOfOurs):
        signing_key(HANOI, at=AT)
    make_authority("outside", by=PORTAL, at=AT)
    pem = certify_request(HANOI, request, by=PORTAL, at=AT)
    assert certify_request(HANOI, request, by=PORTAL, at=AT + DAY) == pem
    assert signing_key(HANOI, at=AT).kid == kid
    with refused(KeyInUse):
        import_certificate(HANOI, pem, by=PORTAL, at=AT)


def test_a_new_key_signs_and_the_old_one_holds_until_the_overlap_ends(members):
    old = signing_key(HANOI, at=AT).kid
    new = new_key(HANOI, by=ADMIN, at=AT + DAY, retire=7 * DAY)
    assert signing_key(HANOI, at=AT + DAY).kid == new != old
    believed(old, AT + DAY)
    believed(new, AT + DAY)
    believed(old, AT + 8 * DAY - timedelta(seconds=1))
    with refused(ExpiredKey):
        believed(old, AT + 8 * DAY)
    states = [key.standing(AT + DAY) for key in keys_of(HANOI, by=ADMIN)]
    assert states == ["holds", "retires"]


def test_a_new_key_waits_while_other_portals_learn_of_it(members):
    Peer.objects.create(member_id=HUE, since=AT)
    old, new = signing_key(HANOI, at=AT).kid, new_key(HANOI, by=ADMIN, at=AT + DAY)
    assert signing_key(HANOI, at=AT + DAY).kid == old
    forget_keys()
    assert signing_key(HANOI, at=AT + DAY + LEARNED_WITHIN).kid == new
    revoke_key(old, "key_compromise", by=ADMIN, at=AT + DAY)
    assert signing_key(HANOI, at=AT + DAY).kid == new


def test_what_a_revoked_key_signs_later_is_refused(members):
    kid = signing_key(HANOI, at=AT).kid
    revoke_key(kid, "key_compromise", note="Mất máy chủ", by=ADMIN, at=AT + DAY)
    with refused(RevokedKey):
        believed(kid, AT + DAY)
    check_held(key_known(kid, at=AT), at=AT + DAY - timedelta(seconds=1))
    with refused(NoKeyOfOurs):
        signing_key(HANOI, at=AT + DAY)
    with refused(AlreadyRevoked):
        revoke_key(kid, "superseded", by=ADMIN, at=AT + DAY)
    row = Certificate.objects.get(pk=kid)
    assert (row.revoked_reason, row.revoked_note) == ("key_compromise", "Mất máy chủ")


def test_an_expired_key_is_refused(members):
    kid = signing_key(HANOI, at=AT).kid
    with refused(ExpiredKey):
        believed(kid, AT + 365 * DAY)
    with refused(ExpiredKey):
        believed(kid, AT - DAY)
    with refused(NoKeyOfOurs):
        signing_key(POLICE, at=AT + 365 * DAY)


def test_a_suspended_member_is_not_heard(members):
    kid = signing_key(HUE, at=AT).kid
    move_member(HUE, MemberState.SUSPENDED, reason="Chưa nộp báo cáo", by=ADMIN, at=AT)
    with refused(MemberNotActive):
        believed(kid)
    move_member(HUE, MemberState.ACTIVE, reason="Đã nộp", by=ADMIN, at=AT)
    believed(kid)


def test_a_key_nobody_certified_is_unknown(members):
    with refused(UnknownKey):
        key_known("0" * 32, at=AT)


def test_a_row_changed_by_hand_makes_no_key(members):
    """A database administrator gives a member a key of their own, or another member's."""
    stolen = Certificate.objects.get(member=HUE)
    mine = Ed25519PrivateKey.generate()
    forger = new_root(HANOI, at=AT)
    from motcua.exchange.rules.authority import certify

    forged = certify(forger, HUE, mine.public_key(), organization="", at=AT)
    for change in ({"pem": forged}, {"member": HANOI}):
        Certificate.objects.filter(pk=stolen.kid).update(**change)
        forget_keys()
        with refused(UnknownKey):
            key_known(stolen.kid, at=AT)
        Certificate.objects.filter(pk=stolen.kid).update(pem=stolen.pem, member=HUE)
    Certificate.objects.create(
        kid=kid_of(mine.public_key()),
        member_id=HUE,
        pem=stolen.pem,
        serial="2",
        issuer="3",
        valid_from=AT,
        valid_until=AT + DAY,
        made_at=AT,
    )
    with refused(UnknownKey):
        key_known(kid_of(mine.public_key()), at=AT)


def test_the_certificate_of_one_member_cannot_be_imported_for_another(members):
    pem = Certificate.objects.get(member=HUE).pem
    with refused(CertificateOfAnother):
        import_certificate(POLICE, pem, by=PORTAL, at=AT)
    with refused(KeyInUse):
        import_certificate(HUE, pem, by=PORTAL, at=AT)


def test_a_key_of_one_member_is_not_certified_for_another(members):
    private = member_key(HUE, signing_key(HUE, at=AT).kid)
    with refused(KeyInUse):
        certify_request(POLICE, request_for(POLICE, private), by=PORTAL, at=AT)


def test_only_those_who_answer_for_a_member_touch_its_keys(members):
    kid = signing_key(HUE, at=AT).kid
    for by in (AUDITOR, SECOND, STRANGER):
        with refused(NotYourMember):
            new_key(HUE, by=by, at=AT)
        with refused(NotYourMember):
            revoke_key(kid, "superseded", by=by, at=AT)
        with refused(NotYourMember):
            ask_for_certificate(HUE, by=by)
        with refused(NotTheOperator):
            certify_request(HUE, "", by=by, at=AT)
    revoke_key(kid, "superseded", by=HUE_ADMIN, at=AT)
    with refused(WrongReason):
        revoke_key(signing_key(HANOI, at=AT).kid, "because", by=ADMIN, at=AT)
    with refused(UnknownKey):
        revoke_key("none", "superseded", by=ADMIN, at=AT)
    assert OTHER.id == HUE
