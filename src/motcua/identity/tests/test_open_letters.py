"""Letters that counters wrote down for all procedures: limited, ended, or gone after a year."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.backbone.models import Entry, Look
from motcua.identity import jobs
from motcua.identity.models import Authority
from motcua.identity.operations.authorities import (
    AuthorityKind,
    OwnAuthority,
    ReasonForEnding,
    RecordedAlready,
    confirm_authority,
    record_authority,
)
from motcua.identity.operations.open_letters import (
    ProceduresNeeded,
    end_open_letter,
    let_open_letters_lapse,
    limit_open_letter,
)
from motcua.identity.queries.authorities import (
    NoSuchAuthority,
    authority,
    may_act_for,
    open_letter,
    open_letters,
)
from motcua.identity.rules.parties import PartyKind, Principal
from motcua.identity.tests.conftest import (
    COMPANY,
    LAN,
    MINISTRY,
    NOON,
    OTHER,
    PORTAL,
    QUAN,
    TAX_CODE,
    refused,
)
from motcua.kernel.actors import Actor, Role

pytestmark = pytest.mark.django_db

BIRTH, MARRIAGE = "1.001193", "1.000894"
LEADER = Actor("truong", "Lê Thị Trưởng", MINISTRY, frozenset({Role.LEADER}))
KEEPER = Actor("quan-tri", "Phạm Quản Trị", MINISTRY, frozenset({Role.ADMINISTRATOR}))
HIMSELF = Principal(PartyKind.PERSON, QUAN.personal_id, QUAN.name, QUAN.birth_date)
FIRM = Principal(PartyKind.ORGANISATION, TAX_CODE, COMPANY)
LATER = date(2031, 1, 1)
WHY = "Giấy ủy quyền chỉ ghi một thủ tục."


def letter(agent, principal=HIMSELF, kind=AuthorityKind.ATTORNEY, until=LATER, **more):
    facts = {"by": LAN, "at": NOON, "agent": agent, "procedures": frozenset(), "document": None}
    return record_authority(
        principal, kind=kind, until=until, basis="Giấy ủy quyền số 5", **facts | more
    )


def listed(by=LEADER):
    return {one.id for one in open_letters(by=by, at=NOON)}


@pytest.fixture
def shown(clerk, huong):
    """Hương's letter from Quân, once written down at the ministry's counter for all procedures."""
    return letter(huong)


def test_the_list_holds_letters_of_the_agencys_counters_that_cover_all_procedures(
    shown, huong, for_huong
):
    firm = letter(huong, FIRM, AuthorityKind.REPRESENTATIVE, date(2027, 1, 1))
    letter(huong, procedures=frozenset({BIRTH}))
    declared = record_authority(
        FIRM,
        kind=AuthorityKind.ATTORNEY,
        until=date(2026, 12, 1),
        basis="Giấy ủy quyền số 6",
        document=None,
        procedures=frozenset(),
        by=for_huong,
        at=NOON,
    )
    confirm_authority(declared, LAN, NOON)
    assert listed() == listed(KEEPER) == {shown, firm}
    for other in (LAN, for_huong, replace(LEADER, agency=OTHER)):
        assert listed(other) == set()
        with refused(NoSuchAuthority):
            open_letter(shown, by=other, at=NOON, purpose="x")
        with refused(NoSuchAuthority):
            limit_open_letter(shown, {BIRTH}, by=other, at=NOON)
    assert open_letter(shown, by=LEADER, at=NOON, purpose="Xem").agent == huong
    assert Look.objects.filter(purpose="Xem", by=LEADER.id).count() == 1


def test_limited_it_is_good_for_what_was_chosen_alone(shown, huong):
    whose = Authority.objects.get(pk=shown).principal
    with refused(ProceduresNeeded):
        limit_open_letter(shown, set(), by=LEADER, at=NOON)
    limit_open_letter(shown, {BIRTH}, by=KEEPER, at=NOON)
    assert may_act_for(huong, whose, BIRTH, NOON)
    assert may_act_for(huong, whose, MARRIAGE, NOON) is None
    assert listed() == set()
    told = Entry.objects.get(name="identity.authority-limited")
    assert (told.subject, told.facts["procedures"], told.by) == (shown, [BIRTH], KEEPER.id)


def test_it_is_not_limited_to_what_another_of_the_two_covers_already(shown, huong):
    letter(huong, procedures=frozenset({BIRTH}))
    with refused(RecordedAlready):
        limit_open_letter(shown, {BIRTH}, by=LEADER, at=NOON)


def test_it_ends_with_a_reason(shown, huong):
    whose = Authority.objects.get(pk=shown).principal
    with refused(ReasonForEnding):
        end_open_letter(shown, "sai", by=KEEPER, at=NOON)
    end_open_letter(shown, WHY, by=KEEPER, at=NOON)
    assert may_act_for(huong, whose, BIRTH, NOON) is None
    assert Authority.objects.get(pk=shown).end_reason == WHY


def test_nobody_limits_or_ends_their_own(shown, huong):
    herself = replace(LEADER, id=huong)
    for deed in (
        lambda: limit_open_letter(shown, {BIRTH}, by=herself, at=NOON),
        lambda: end_open_letter(shown, WHY, by=herself, at=NOON),
    ):
        with refused(OwnAuthority):
            deed()


def test_what_is_left_ends_a_year_after_it_began_and_what_is_older_at_once(
    shown, huong, monkeypatch
):
    short = letter(huong, FIRM, AuthorityKind.REPRESENTATIVE, NOON.date() + timedelta(days=365))
    narrow = letter(huong, procedures=frozenset({BIRTH}))
    old = letter(huong, FIRM, AuthorityKind.ATTORNEY)
    Authority.objects.filter(pk=old).update(since=NOON.date() - timedelta(days=366))
    monkeypatch.setattr(jobs, "now", lambda: NOON)
    jobs.end_authorities(0)
    year = timedelta(days=365)
    found = {str(one.pk): one for one in Authority.objects.all()}
    assert found[shown].until == found[shown].since + year
    assert [found[one].until for one in (short, narrow)] == [NOON.date() + year, LATER]
    assert [bool(found[one].ended_at) for one in (shown, short, narrow, old)] == [
        *(False, False, False, True)
    ]
    assert Entry.objects.get(name="identity.authority-limited").subject == shown
    assert Entry.objects.get(name="identity.authority-ended").subject == old
    assert let_open_letters_lapse(by=PORTAL, at=NOON) == 0
    assert authority(narrow, by=LAN, at=NOON, purpose="x").until == LATER
