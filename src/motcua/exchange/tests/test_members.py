"""Who takes part, what they offer, and what officials are warned of."""

import io
import json

import pytest
from cryptography import x509
from django.core.management import CommandError, call_command
from django.urls import reverse

from motcua.agencies.queries.agencies import NoSuchAgency
from motcua.backbone.models import Entry
from motcua.exchange.jobs import watch_ends
from motcua.exchange.models import Agreement, Certificate, Member, Service
from motcua.exchange.operations.keys import new_key, revoke_key
from motcua.exchange.operations.members import (
    AlreadyMember,
    NewMember,
    NoReason,
    WrongMember,
    change_member,
    invite_member,
    move_member,
)
from motcua.exchange.operations.services import (
    NewService,
    WrongService,
    close_service,
    open_service,
)
from motcua.exchange.operations.warning import warn_of_ends
from motcua.exchange.queries.keys import signing_key
from motcua.exchange.queries.members import NoSuchMember, member, member_known
from motcua.exchange.queries.services import NoSuchService, described, services
from motcua.exchange.rules.access import NotTheOperator, NotYourMember
from motcua.exchange.rules.states import MemberState, MoveNotAllowed
from motcua.exchange.tests.conftest import (
    ADMIN,
    ASKED,
    AT,
    DAY,
    HANOI,
    HUE,
    HUE_ADMIN,
    OPENAPI,
    POLICE,
    PORTAL,
    SECOND,
    refused,
)


def say(*arguments):
    out = io.StringIO()
    call_command("exchange", *arguments, stdout=out)
    return out.getvalue()


def test_only_who_runs_the_exchange_invites_and_moves_members(members):
    new = NewMember("000.00.00.H16", "Ủy ban nhân dân tỉnh Đồng Tháp")
    for by in (HUE_ADMIN, SECOND):
        with refused(NotTheOperator):
            invite_member(new, by=by, at=AT)
        with refused(NotTheOperator):
            move_member(HUE, MemberState.ENDED, reason="x", by=by, at=AT)
        with refused(NotTheOperator):
            change_member(new, by=by, at=AT)
    invite_member(new, by=ADMIN, at=AT)
    with refused(AlreadyMember):
        invite_member(new, by=ADMIN, at=AT)
    with refused(NoSuchMember):
        member("000.00.00.H99", by=ADMIN)
    with refused(NoSuchMember):
        member_known("000.00.00.H99")


@pytest.mark.parametrize(
    ("facts", "at"),
    [
        (("H26", "Hà Nội"), "id"),
        (("000.00.61.H26", "Phường"), "id"),
        (("000.00.00.H16", " "), "title"),
        (("000.00.00.H16", "Đồng Tháp", "", "", "javascript:alert(1)"), "address"),
        (("000.00.00.H16", "Đồng Tháp", "", "", "https://a@b"), "address"),
    ],
)
def test_a_member_with_wrong_facts_is_refused(members, facts, at):
    with refused(WrongMember) as found:
        invite_member(NewMember(*facts), by=ADMIN, at=AT)
    assert [each["at"] for each in found.value.facts["problems"]] == [at]


def test_who_has_left_comes_back_only_by_a_new_invitation_and_key(members):
    with refused(NoReason):
        move_member(HUE, MemberState.ENDED, reason=" ", by=ADMIN, at=AT)
    move_member(HUE, MemberState.ENDED, reason="Sáp nhập", by=ADMIN, at=AT)
    with refused(MoveNotAllowed):
        move_member(HUE, MemberState.ACTIVE, reason="Nhầm", by=ADMIN, at=AT)
    with refused(NoSuchMember):
        move_member("000.00.00.H99", MemberState.ENDED, reason="x", by=ADMIN, at=AT)
    invite_member(NewMember(HUE, "Huế"), by=ADMIN, at=AT)
    assert member(HUE, by=ADMIN).state is MemberState.INVITED
    new_key(HUE, by=PORTAL, at=AT)
    assert member(HUE, by=ADMIN).state is MemberState.ACTIVE


def test_a_service_is_opened_changed_and_closed_by_its_provider(population):
    said = Entry.objects.count()
    open_service(population, by=SECOND, at=AT)
    assert Entry.objects.count() == said
    for by in (HUE_ADMIN,):
        with refused(NotYourMember):
            open_service(population, by=by, at=AT)
        with refused(NotYourMember):
            close_service(POLICE, "population.v1", reason="x", by=by, at=AT)
    with refused(NoReason):
        close_service(POLICE, "population.v1", reason="", by=SECOND, at=AT)
    close_service(POLICE, "population.v1", reason="Bản mới", by=SECOND, at=AT)
    with refused(NoSuchService):
        close_service(POLICE, "population.v1", reason="Bản mới", by=SECOND, at=AT)
    assert services() == ()
    open_service(population, by=SECOND, at=AT)
    assert [one.code for one in services(POLICE)] == ["population.v1"]


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"code": "Population"}, "code"),
        ({"title": ""}, "title"),
        ({"openapi": {"openapi": "3.1.0"}}, "openapi"),
    ],
)
def test_a_service_without_a_proper_description_is_refused(members, change, at):
    facts = {"provider": POLICE, "code": "population.v1", "title": "Dân cư", "openapi": OPENAPI}
    with refused(WrongService) as found:
        open_service(NewService(**{**facts, **change}), by=PORTAL, at=AT)
    assert [each["at"] for each in found.value.facts["problems"]] == [at]
    with refused(NoSuchAgency):
        open_service(NewService(**facts, owner="000.00.99.G01"), by=PORTAL, at=AT)


def test_the_services_of_a_suspended_member_are_not_offered(population):
    assert described(POLICE, "population.v1")["servers"][0]["url"].endswith("/population.v1")
    move_member(POLICE, MemberState.SUSPENDED, reason="x", by=ADMIN, at=AT)
    assert services() == ()
    with refused(NoSuchService):
        described(POLICE, "population.v1")


def told(kind):
    rows = Entry.objects.filter(name=kind).order_by("id")
    return [(row.subject, row.facts["days"]) for row in rows]


def test_each_warning_comes_once_and_stops_when_a_newer_key_holds(members):
    Member.objects.exclude(pk=HANOI).update(state=MemberState.SUSPENDED)
    end = Certificate.objects.get(member=HANOI).valid_until
    for left, times in ((61, 0), (60, 1), (59, 1), (30, 2), (8, 2), (7, 3), (1, 3), (-1, 3)):
        warn_of_ends(by=PORTAL, at=end - left * DAY)
        assert len(told("exchange.key-expiring")) == times, left
    assert told("exchange.key-expiring") == [(HANOI, 60), (HANOI, 30), (HANOI, 7)]
    Certificate.objects.update(warned=None)
    new_key(HANOI, by=PORTAL, at=end - 40 * DAY)
    assert warn_of_ends(by=PORTAL, at=end - 35 * DAY) == 0


def test_a_late_start_warns_once_of_the_nearest_end_only(members):
    end = Certificate.objects.get(member=HANOI).valid_until
    assert warn_of_ends(by=PORTAL, at=end - 6 * DAY) == 3
    assert {days for _, days in told("exchange.key-expiring")} == {7}


def test_an_agreement_that_ends_is_told_unless_it_is_renewed(granted):
    end = ASKED.valid_until
    assert warn_of_ends(by=PORTAL, at=end - 61 * DAY) == 0
    assert warn_of_ends(by=PORTAL, at=end - 30 * DAY) == 1
    assert told("exchange.agreement-expiring") == [(str(granted), 30)]
    row = Agreement.objects.get()
    row.pk, row.valid_until = None, end + 100 * DAY
    row.save(force_insert=True)
    assert warn_of_ends(by=PORTAL, at=end - 5 * DAY) == 0
    assert warn_of_ends(by=PORTAL, at=end) == 0


def test_the_daily_job_warns(members):
    Certificate.objects.filter(member=HANOI).update(valid_until=AT + 9000 * DAY)
    watch_ends(0)


def test_the_public_documents_say_who_is_believed(client, population):
    revoke_key(signing_key(HUE, at=AT).kid, "key_compromise", by=PORTAL, at=AT)
    anchors = client.get(reverse("exchange:anchors")).content
    root = x509.load_pem_x509_certificates(anchors)[0]
    crl = x509.load_der_x509_crl(client.get(reverse("exchange:revoked")).content)
    assert crl.is_signature_valid(root.public_key())
    assert len(list(crl)) == 1
    document = json.loads(client.get(reverse("exchange:members_document")).content)
    known = {each["id"]: each for each in document["members"]}
    assert set(known) == {HANOI, HUE, POLICE}
    assert known[HUE]["certificates"][0]["revoked_reason"] == "key_compromise"
    found = x509.load_pem_x509_certificate(known[HANOI]["certificates"][0]["pem"].encode())
    found.verify_directly_issued_by(root)
    offered = json.loads(client.get(reverse("exchange:services_document")).content)["services"]
    assert json.loads(client.get(offered[0]["openapi"]).content)["openapi"] == "3.1.0"


def test_the_commands_make_a_member_its_authority_and_its_keys(db, settings, tmp_path):
    assert "Run: motcua exchange ca new" in say("ca")
    assert "BEGIN CERTIFICATE" in say("ca", "new")
    assert "invited" in say("member", "invite", HANOI, "Ủy ban nhân dân thành phố Hà Nội")
    assert Member.objects.get().address == settings.BASE_URL
    first = say("key", "new").split()[1]
    say("key", "rotate", "--overlap", "3")
    assert "retires" in say("key", "list")
    say("key", "revoke", first, "--reason", "superseded")
    assert "revoked" in say("key", "list", HANOI)
    file = tmp_path / "request.pem"
    file.write_text(say("key", "request"))
    pem = tmp_path / "certificate.pem"
    pem.write_text(say("key", "certify", HANOI, str(file)))
    assert "suspended" in say("member", "suspend", HANOI, "--reason", "Kiểm tra")
    assert "active" in say("member", "resume", HANOI, "--reason", "Xong")
    settings.EXCHANGE_MEMBERS = ()
    with pytest.raises(CommandError):
        say("key", "new")


def test_the_commands_open_and_close_a_service(members, tmp_path):
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(OPENAPI))
    with pytest.raises(CommandError):
        say("service", "open", "none.v1", "--provider", POLICE)
    more = ("--title", "Dân cư", "--openapi", str(file))
    assert "people.v1" in say("service", "open", "people.v1", "--provider", POLICE, *more)
    why = ("--reason", "Bản mới")
    assert "people.v1" not in say("service", "close", "people.v1", "--provider", POLICE, *why)
    assert Service.objects.get().closed_reason == "Bản mới"
