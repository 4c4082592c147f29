from datetime import date, timedelta

import pytest

from motcua.backbone.models import Entry, Look
from motcua.identity.jobs import end_authorities
from motcua.identity.models import Authority, Party
from motcua.identity.operations.authorities import (
    AuthorityOver,
    AuthorityRefused,
    NoSuchAgent,
    NotYourAuthority,
    OwnAuthority,
    ReasonForEnding,
    RecordedAlready,
    confirm_authority,
    end_expired,
    record_authority,
    revoke_authority,
)
from motcua.identity.operations.parties import NotAtWork, PartyRefused, register_party
from motcua.identity.queries.authorities import (
    AuthorityKind,
    NoSuchAuthority,
    Standing,
    authorities_of_mine,
    authority,
    may_act_for,
)
from motcua.identity.queries.parties import NoSuchParty, party
from motcua.identity.queries.people import PurposeNeeded
from motcua.identity.rules.parties import PartyKind, Principal
from motcua.identity.tests.conftest import (
    BORN,
    CHILD,
    CHILD_NUMBER,
    COMPANY,
    HUONG,
    LAN,
    MINISTRY,
    NOON,
    PORTAL,
    QUAN,
    TAX_CODE,
    refused,
)
from motcua.kernel.actors import Actor, Role

pytestmark = pytest.mark.django_db

THE_CHILD = Principal(PartyKind.PERSON, CHILD_NUMBER, CHILD, BORN)
THE_FIRM = Principal(PartyKind.ORGANISATION, TAX_CODE, COMPANY)
QUAN_HIMSELF = Principal(PartyKind.PERSON, QUAN.personal_id, QUAN.name, QUAN.birth_date)
UNTIL = date(2027, 6, 30)
NAM = Actor("nam", "Trần Hữu Nam", MINISTRY, frozenset({Role.SPECIALIST}))


def record(by, principal=THE_CHILD, kind=AuthorityKind.PARENT, until=UNTIL, **more):
    facts = {"basis": "Giấy khai sinh số 12/2020", "document": None, "procedures": frozenset()}
    facts |= {"kind": kind, "until": until, "by": by, "at": NOON}
    return record_authority(principal, **facts | more)


def only(by, at=NOON):
    (one,) = authorities_of_mine(by=by, at=at)
    return one


def test_a_mother_declares_that_she_acts_for_her_child_and_may_at_once(for_huong):
    number = record(for_huong)
    right = may_act_for(for_huong.id, only(for_huong).principal, "1.001193", NOON)
    assert (right.id, right.standing, right.holds) == (number, Standing.DECLARED, True)
    assert (right.principal_name, right.agent_name) == (CHILD, HUONG.name)
    assert not Party.objects.get(pk=right.principal).checked
    told = Entry.objects.get(name="identity.authority-recorded").facts
    assert (told["agent"], told["confirmed"]) == (for_huong.id, False)


def test_a_declaration_lets_its_agent_see_nothing_that_was_known_of_the_number(for_huong):
    known = register_party("person", CHILD_NUMBER, "Tên Khác", born=BORN, by=LAN, at=NOON)
    number = record(for_huong)
    mine = only(for_huong)
    assert (mine.principal, mine.principal_name) == (known.id, CHILD)
    with refused(NoSuchParty):
        party(known.id, by=for_huong, purpose="", at=NOON)
    confirm_authority(number, LAN, NOON)
    assert party(known.id, by=for_huong, purpose="", at=NOON).name == "Tên Khác"


def test_a_clerk_who_saw_the_papers_records_it_as_confirmed(for_huong, for_quan):
    number = record(LAN, agent=for_huong.id)
    seen = authority(number, by=for_huong, at=NOON)
    assert (seen.standing, seen.confirmed_by) == (Standing.CONFIRMED, LAN.name)
    assert seen.confirmed_agency == MINISTRY


def test_somebody_without_an_account_may_act_too():
    grandmother = register_party(
        "person", "001150000789", "Lê Thị Tư", born=date(1950, 1, 2), by=LAN, at=NOON
    )
    number = record(LAN, agent=grandmother.id, kind=AuthorityKind.GUARDIAN)
    assert may_act_for(grandmother.id, Authority.objects.get(pk=number).principal, "x", NOON)


def test_the_agent_of_another_is_no_agent_of_mine(for_huong, for_quan):
    record(for_huong)
    child = only(for_huong).principal
    assert may_act_for(for_quan.id, child, "1.001193", NOON) is None
    assert may_act_for(child, for_huong.id, "1.001193", NOON) is None
    with refused(NotYourAuthority):
        record(for_quan, agent=for_huong.id)


def test_an_authority_covers_its_procedures_and_no_other(for_huong):
    record(for_huong, procedures=frozenset({"1.001193"}))
    child = only(for_huong)
    assert may_act_for(for_huong.id, child.principal, "1.001193", NOON)
    assert may_act_for(for_huong.id, child.principal, "2.000815", NOON) is None
    assert child.covers("1.001193") > child.covers("2.000815")


def test_it_ends_at_midnight_whether_or_not_the_job_has_run(for_huong):
    record(for_huong, until=date(2026, 11, 24))
    child = only(for_huong).principal
    last_minute = NOON + timedelta(days=1, hours=11, minutes=59)
    midnight = NOON + timedelta(days=1, hours=12)
    assert may_act_for(for_huong.id, child, "x", last_minute)
    assert may_act_for(for_huong.id, child, "x", midnight) is None
    assert only(for_huong, midnight).standing is Standing.ENDED
    assert end_expired(by=PORTAL, at=last_minute) == 0
    assert end_expired(by=PORTAL, at=midnight) == 1
    assert end_expired(by=PORTAL, at=midnight) == 0
    ended = Entry.objects.get(name="identity.authority-ended")
    assert (ended.facts["reason"], ended.facts["principal"]) == ("expired", child)


def test_the_job_ends_all_that_are_over(for_huong):
    record(for_huong)
    Authority.objects.update(since=date(2020, 1, 1), until=date(2020, 1, 2))
    end_authorities(0)
    assert Authority.objects.get().end_reason == "expired"


def test_an_expired_one_does_not_stand_in_the_way_of_a_new_one(for_huong):
    record(for_huong, until=date(2026, 11, 24))
    record(for_huong, at=NOON + timedelta(days=3))
    assert [one.end_reason for one in authorities_of_mine(by=for_huong, at=NOON)] == ["", "expired"]


def test_recording_it_twice_is_refused(for_huong):
    record(for_huong)
    with refused(RecordedAlready):
        record(for_huong, at=NOON + timedelta(seconds=1))


def test_an_account_is_acted_for_only_where_number_name_and_birth_date_are_its(for_huong, for_quan):
    record(for_huong, QUAN_HIMSELF, AuthorityKind.ATTORNEY)
    assert only(for_quan).principal == for_quan.id
    other = Principal(PartyKind.PERSON, QUAN.personal_id, "Ai Đó", QUAN.birth_date)
    record(for_huong, other, AuthorityKind.ATTORNEY)
    assert {one.principal for one in authorities_of_mine(by=for_huong, at=NOON)} > {for_quan.id}


def test_nobody_acts_for_themselves(for_huong):
    for name in (HUONG.name, "Tên Giả"):
        oneself = Principal(PartyKind.PERSON, HUONG.personal_id, name, HUONG.birth_date)
        with refused(AuthorityRefused) as refusal:
            record(for_huong, oneself, AuthorityKind.ATTORNEY)
        assert refusal.value.facts["problems"][0]["at"] == "number"


def test_the_one_acted_for_ends_it_at_once_without_a_reason(for_huong, for_quan):
    number = record(for_huong, QUAN_HIMSELF, AuthorityKind.ATTORNEY)
    revoke_authority(number, "", for_quan, NOON)
    assert may_act_for(for_huong.id, for_quan.id, "x", NOON) is None
    with refused(AuthorityOver):
        revoke_authority(number, "", for_quan, NOON)
    with refused(AuthorityOver):
        confirm_authority(number, LAN, NOON)
    assert only(for_huong).ended_by == QUAN.name


def test_the_one_acted_for_may_confirm_it_and_its_agent_never(for_huong, for_quan):
    number = record(for_huong, QUAN_HIMSELF, AuthorityKind.ATTORNEY)
    with refused(OwnAuthority):
        confirm_authority(number, for_huong, NOON)
    confirm_authority(number, for_quan, NOON)
    assert only(for_huong).confirmed_by == QUAN.name


def test_a_stranger_neither_sees_nor_ends_it(for_huong, for_quan):
    number = record(for_huong)
    for attack in (
        lambda: authority(number, by=for_quan, at=NOON),
        lambda: revoke_authority(number, "", for_quan, NOON),
        lambda: confirm_authority(number, for_quan, NOON),
        lambda: revoke_authority("no id", "", for_huong, NOON),
        lambda: authority(number, by=Actor(""), at=NOON),
    ):
        with refused(NoSuchAuthority):
            attack()
    assert authorities_of_mine(by=for_quan, at=NOON) == ()
    assert authorities_of_mine(by=Actor(""), at=NOON) == ()


def test_an_official_says_why_they_look_and_why_they_end(for_huong):
    number = record(for_huong)
    with refused(PurposeNeeded):
        authority(number, by=NAM, at=NOON)
    seen = authority(number, by=NAM, at=NOON, purpose="Kiểm tra hồ sơ", reference="G03-1")
    assert Look.objects.get().person == seen.principal
    with refused(ReasonForEnding):
        revoke_authority(number, "không", NAM, NOON)
    revoke_authority(number, "Giấy khai sinh không đúng người", NAM, NOON)
    assert Entry.objects.get(name="identity.authority-ended").facts["reason"].startswith("Giấy")


def test_confirming_twice_changes_nothing(for_huong):
    number = record(for_huong)
    confirm_authority(number, LAN, NOON)
    confirm_authority(number, NAM, NOON)
    assert only(for_huong).confirmed_by == LAN.name
    assert Entry.objects.filter(name="identity.authority-confirmed").count() == 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_does_not_work_on_dossiers_neither_records_nor_confirms_nor_ends(role, for_huong):
    number = record(for_huong)
    other = Actor("x", "X", MINISTRY, frozenset({role}))
    for attack in (
        lambda: record(other, THE_FIRM, AuthorityKind.ATTORNEY, agent=for_huong.id),
        lambda: confirm_authority(number, other, NOON),
        lambda: revoke_authority(number, "một lý do đủ dài", other, NOON),
    ):
        with refused(NotAtWork):
            attack()


def test_an_official_records_and_confirms_none_that_concerns_them(for_huong, for_quan):
    clerk = Actor(for_quan.id, QUAN.name, MINISTRY, frozenset({Role.CLERK}))
    with refused(OwnAuthority):
        record(clerk, agent=clerk.id)
    with refused(OwnAuthority):
        record(clerk, QUAN_HIMSELF, AuthorityKind.ATTORNEY, agent=for_huong.id)
    number = record(for_huong, QUAN_HIMSELF, AuthorityKind.ATTORNEY)
    with refused(OwnAuthority):
        confirm_authority(number, clerk, NOON)


def test_an_official_names_somebody_who_is_known(for_huong):
    for nobody in (None, "", "gone"):
        with refused(NoSuchAgent):
            record(LAN, agent=nobody)


@pytest.mark.parametrize(
    ("kind", "principal", "changed", "where"),
    [
        (AuthorityKind.PARENT, THE_FIRM, {}, "kind"),
        (AuthorityKind.GUARDIAN, THE_FIRM, {}, "kind"),
        (AuthorityKind.REPRESENTATIVE, THE_CHILD, {}, "kind"),
        (AuthorityKind.PARENT, QUAN_HIMSELF, {}, "kind"),
        (AuthorityKind.PARENT, THE_CHILD, {"basis": "có"}, "basis"),
        (AuthorityKind.PARENT, THE_CHILD, {"until": date(2026, 11, 22)}, "until"),
        (AuthorityKind.PARENT, THE_CHILD, {"until": date(2038, 5, 4)}, "until"),
        (AuthorityKind.ATTORNEY, THE_CHILD, {"until": date(2027, 11, 24)}, "until"),
    ],
)
def test_what_no_paper_could_say_is_refused_where_it_stands(
    kind, principal, changed, where, for_huong
):
    with refused(AuthorityRefused) as refusal:
        record(for_huong, principal, kind, **changed)
    assert [problem["at"] for problem in refusal.value.facts["problems"]] == [where]
    with refused(PartyRefused):
        record(for_huong, Principal(PartyKind.PERSON, "1", "B", BORN))


def test_a_paper_an_official_saw_may_give_a_longer_power(for_huong):
    record(LAN, THE_FIRM, AuthorityKind.ATTORNEY, date(2030, 1, 1), agent=for_huong.id)
    assert only(for_huong).until == date(2030, 1, 1)


def test_one_statement_tells_whether_somebody_may_act(for_huong, django_assert_num_queries):
    record(for_huong)
    child = only(for_huong).principal
    with django_assert_num_queries(1):
        may_act_for(for_huong.id, child, "x", NOON)
    with django_assert_num_queries(1):
        authorities_of_mine(by=for_huong, at=NOON)
