"""An official files for who stands at the counter, or wrote a letter."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import NoSuchOffice, offices_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.counter import (
    AuthoritySeen,
    ClerksOnly,
    Finished,
    GoesElsewhere,
    NotAtCounter,
    Present,
    Way,
    begin_counter,
    file_counter,
)
from motcua.dossiers.operations.drafts import attach, save_answers
from motcua.dossiers.operations.filing import (
    AnswersNotRight,
    FiledAtCounter,
    NoSuchDraft,
    file_draft,
)
from motcua.dossiers.queries.counter import counter_slip
from motcua.dossiers.queries.drafts import counter_drafts, my_drafts
from motcua.dossiers.rules.access import OwnDossier
from motcua.dossiers.rules.cards import Card, card_read
from motcua.dossiers.rules.counter import NotChecked
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.tests.conftest import MONDAY, OTHER, SYSTEM, WARD, a_file, answers, refused
from motcua.dossiers.tests.counter import Counter
from motcua.identity.operations.authorities import AuthorityKind, PartyKind
from motcua.identity.operations.relatives import declare_relative
from motcua.identity.queries.authorities import known_authority
from motcua.kernel.actors import Role
from motcua.queues.operations.places import open_window
from motcua.queues.operations.tickets import call_next, draw
from motcua.queues.queries.boards import desk
from motcua.queues.queries.places import my_window

CODE = "9.000001"
GRANNY = Present("001147000123", "Phạm Thị Sáu", date(1947, 5, 4), document="card")
CHILD = AuthoritySeen(
    AuthorityKind.PARENT,
    PartyKind.PERSON,
    "001320000456",
    "Phạm Gia An",
    date(2020, 5, 4),
    date(2030, 1, 1),
    "Giấy khai sinh số 12/2020",
)
DONE = Finished("paper", {"proof": "certified"})


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def office(counter):
    for agency in (WARD, OTHER):
        add_office(agency, "Bộ phận một cửa", by=SYSTEM, at=MONDAY)
    return offices_of(WARD)[0].id


@pytest.fixture
def begun(counter, office):
    """Return a way to begin a filling at the counter, filled as the form wants it."""

    def begun(present=GRANNY, *, way=None, copies=0, by="clerk", **more):
        clerk = counter.actor(by)
        where = way or Way(office)
        draft = begin_counter(CODE, present, where, by=clerk, at=MONDAY, **more)
        save_answers(draft, answers(copies), by=clerk, at=MONDAY)
        attach(draft, "proof", a_file(clerk), by=clerk, at=MONDAY)
        return draft

    return begun


def number_of(actor):
    return get_user_model().objects.get(pk=actor.id).personal_id


def test_somebody_without_an_account_gets_a_code_to_claim_the_dossier(counter, begun, office):
    clerk = counter.actor("clerk")
    filed = file_counter(begun(), DONE, by=clerk, at=MONDAY)
    dossier = Dossier.objects.get(code=filed.code)
    assert (dossier.channel, dossier.office_id, dossier.applicant_name) == (1, office, GRANNY.name)
    assert (dossier.filer, dossier.agent, dossier.state) == (dossier.applicant, "", State.NEW)
    assert dossier.applicant != clerk.id
    assert len(filed.claim) == 6
    slip = counter_slip(filed.code, by=clerk)
    assert (slip.claim, slip.identity, slip.papers) == (filed.claim, "card", {"proof": "certified"})
    assert counter_slip(filed.code, by=counter.actor("stranger")) is None
    assert counter_slip(filed.code, by=counter.actor("lan")) is None


def test_somebody_with_an_account_finds_the_dossier_in_it(counter, begun):
    lan = counter.actor("lan")
    filed = file_counter(
        begun(Present(number_of(lan), lan.name, document="card")),
        DONE,
        by=counter.actor("clerk"),
        at=MONDAY,
    )
    assert (Dossier.objects.get().applicant, filed.claim) == (lan.id, "")


def test_an_account_under_another_name_is_not_taken_for_who_stands_there(counter, begun):
    lan = counter.actor("lan")
    card = Present(number_of(lan), "Lê Văn Khác", date(1990, 1, 1), document="card")
    filed = file_counter(begun(card), DONE, by=counter.actor("clerk"), at=MONDAY)
    assert Dossier.objects.get().applicant != lan.id
    assert filed.claim


def test_the_name_on_the_card_is_always_asked_for(counter, begun):
    with refused(NotChecked) as caught:
        begun(Present(number_of(counter.actor("lan")), " ", document="card"))
    assert [each["at"] for each in caught.value.facts["problems"]] == ["name"]


def test_filing_twice_gives_one_dossier(counter, begun):
    clerk, draft = counter.actor("clerk"), begun()
    first = file_counter(draft, DONE, by=clerk, at=MONDAY)
    assert file_counter(draft, DONE, by=clerk, at=MONDAY) == first
    assert Dossier.objects.count() == 1


def test_a_signature_drawn_on_the_tablet_is_kept_one_beside_a_paper_is_not(counter, begun):
    clerk, drawn, draft = counter.actor("clerk"), "M10 20L30 40L35 41", begun()
    with refused(NotChecked) as caught:
        file_counter(draft, Finished("tablet", DONE.papers), by=clerk, at=MONDAY)
    assert [each["at"] for each in caught.value.facts["problems"]] == ["signed"]
    for how, kept in (("tablet", drawn), ("paper", "")):
        said = Finished(how, DONE.papers, strokes=drawn)
        slip = counter_slip(file_counter(begun(), said, by=clerk, at=MONDAY).code, by=clerk)
        assert (slip.signed, slip.strokes) == (how, kept)


def test_accepting_at_once_waits_only_for_a_fee(counter, begun):
    clerk = counter.actor("clerk")
    at_once = Finished("paper", {"proof": "original"}, accept=True)
    free = file_counter(begun(), at_once, by=clerk, at=MONDAY)
    paid = file_counter(begun(copies=1), at_once, by=clerk, at=MONDAY)
    states = [Dossier.objects.get(code=x.code).state for x in (free, paid)]
    assert states == [State.RECEIVED, State.NEW]


def test_a_parent_files_for_a_child_with_the_authority_kept(counter, begun):
    clerk, lan = counter.actor("clerk"), counter.actor("lan")
    mother = Present(number_of(lan), lan.name, document="vneid")
    filed = file_counter(begun(mother, behalf=CHILD), DONE, by=clerk, at=MONDAY)
    dossier = Dossier.objects.get(code=filed.code)
    assert (dossier.applicant_name, dossier.filer, dossier.agent) == (CHILD.name, lan.id, lan.id)
    authority = known_authority(str(dossier.authority), at=MONDAY)
    assert (authority.kind, authority.agent, authority.until) == (CHILD.kind, lan.id, CHILD.until)
    again = file_counter(begun(mother, behalf=CHILD), DONE, by=clerk, at=MONDAY)
    assert Dossier.objects.get(code=again.code).authority == dossier.authority


def test_a_letter_counts_from_the_day_it_came(counter, begun, office):
    clerk, came = counter.actor("clerk"), MONDAY - timedelta(days=3)
    letter = Way(office, "post", "EA123456789VN", came)
    filed = file_counter(
        begun(Present(GRANNY.number, GRANNY.name, GRANNY.born), way=letter),
        DONE,
        by=clerk,
        at=MONDAY,
    )
    at_counter = file_counter(begun(), DONE, by=clerk, at=MONDAY)
    dossier = Dossier.objects.get(code=filed.code)
    assert (dossier.channel, dossier.filed_at) == (3, came)
    assert filed.due_at < at_counter.due_at
    assert counter_slip(filed.code, by=clerk).tracking == "EA123456789VN"


@pytest.mark.parametrize(
    ("way", "document", "at"),
    [
        ({}, "", "document"),
        ({"channel": "post", "arrived": MONDAY}, "", "tracking"),
        ({"channel": "post", "tracking": "EA1234"}, "", "arrived"),
        ({"channel": "post", "tracking": "EA1", "arrived": MONDAY + timedelta(1)}, "", "arrived"),
        ({"channel": "post", "tracking": "EA1", "arrived": MONDAY - timedelta(99)}, "", "arrived"),
    ],
)
def test_what_was_not_checked_is_asked_for(begun, office, way, document, at):
    present = Present(GRANNY.number, GRANNY.name, GRANNY.born, document=document)
    with refused(NotChecked) as caught:
        begun(present, way=Way(office, **way))
    assert at in {x["at"] for x in caught.value.facts["problems"]}


@pytest.mark.parametrize("done", [Finished("", {"proof": "copy"}), Finished("paper", {})])
def test_signature_and_papers_are_told_before_filing(counter, begun, done):
    draft = begun()
    with refused(NotChecked):
        file_counter(draft, done, by=counter.actor("clerk"), at=MONDAY)


def test_what_is_missing_in_the_form_is_refused_as_online(counter, office):
    clerk = counter.actor("clerk")
    draft = begin_counter(CODE, GRANNY, Way(office), by=clerk, at=MONDAY)
    with refused(AnswersNotRight):
        file_counter(draft, Finished("paper", {}), by=clerk, at=MONDAY)


def test_nobody_files_their_own_or_a_relatives_dossier(counter, begun):
    clerk, nam = counter.actor("clerk"), counter.actor("nam")
    with refused(OwnDossier):
        begun(Present(number_of(clerk), clerk.name, document="card"))
    draft = begun(Present(number_of(nam), nam.name, document="card"))
    declare_relative(number_of(nam), nam.name, "sibling", by=clerk, at=MONDAY)
    with refused(OwnDossier):
        begun(Present(number_of(nam), nam.name, document="card"))
    with refused(OwnDossier):
        file_counter(draft, DONE, by=clerk, at=MONDAY)


def test_only_a_clerk_of_the_office_files_for_others(counter, begun, office):
    for who in ("specialist", "lan"):
        with refused(ClerksOnly):
            begun(by=who)
    draft, moved_on = begun(), replace(counter.actor("clerk"), roles=frozenset({Role.SPECIALIST}))
    with refused(ClerksOnly):
        file_counter(draft, DONE, by=moved_on, at=MONDAY)
    with refused(NoSuchOffice):
        begun(by="stranger")
    with refused(NotAtCounter):
        begin_counter("9.9", GRANNY, Way(office), by=counter.actor("clerk"), at=MONDAY)


def test_what_belongs_to_another_agency_is_not_filed_here(counter, office):
    stranger = counter.actor("stranger")
    other = offices_of(OTHER)[0].id
    draft = begin_counter(CODE, GRANNY, Way(other), by=stranger, at=MONDAY)
    save_answers(draft, answers(), by=stranger, at=MONDAY)
    attach(draft, "proof", a_file(stranger), by=stranger, at=MONDAY)
    with refused(GoesElsewhere):
        file_counter(draft, DONE, by=stranger, at=MONDAY)


def test_a_draft_for_another_is_filed_from_the_counter_only_and_listed_there(counter, begun):
    clerk, draft = counter.actor("clerk"), begun()
    with refused(FiledAtCounter):
        file_draft(draft, by=clerk, at=MONDAY)
    assert [x.id for x in counter_drafts(by=clerk)] == [draft]
    assert my_drafts(by=clerk) == []
    colleague = replace(counter.actor("leader"), roles=frozenset({Role.CLERK}))
    with refused(NoSuchDraft):
        file_counter(draft, DONE, by=colleague, at=MONDAY)
    file_counter(draft, DONE, by=clerk, at=MONDAY)
    assert counter_drafts(by=clerk) == []


def test_the_number_called_to_the_window_keeps_the_dossiers_code(counter, begun, office):
    clerk = counter.actor("clerk")
    open_window(office, "1", by=clerk, at=MONDAY)
    draw(office, "A", by=SYSTEM, at=MONDAY)
    call_next(by=clerk, at=MONDAY)
    filed = file_counter(begun(), DONE, by=clerk, at=MONDAY)
    here = desk(my_window(by=clerk), by=clerk, at=MONDAY).here
    assert here.dossiers == (filed.code,)


SCANNED = (
    "001095000123|012345678|Nguyễn Văn Bình|14031995|Nam|Số 5, phường Cửa Nam, Hà Nội|10052021"
)


def test_a_scanned_card_says_who_stands_there():
    assert card_read(SCANNED) == Card(
        "001095000123",
        "Nguyễn Văn Bình",
        date(1995, 3, 14),
        "male",
        "Số 5, phường Cửa Nam, Hà Nội",
        date(2021, 5, 10),
    )
    assert card_read(SCANNED + "||Cha|Mẹ||").name == "Nguyễn Văn Bình"
    assert card_read(" 001095 000123 ") == Card("001095000123")
    assert card_read("001095000123|x") is card_read("12345") is card_read("") is None
    assert card_read(SCANNED.replace("14031995", "31021995")).born is None


@given(st.text(max_size=120))
def test_whatever_is_scanned_is_a_card_or_nothing(text):
    found = card_read(text)
    assert found is None or (len(found.number) == 12 and found.number.isascii())
