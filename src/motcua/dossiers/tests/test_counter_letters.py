"""By a paper shown at the counter one may do what it was shown for, while it holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import offices_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.counter import (
    AuthoritySeen,
    Present,
    Way,
    begin_counter,
    file_counter,
)
from motcua.dossiers.operations.counter_people import FilerMayNoLonger
from motcua.dossiers.operations.drafts import attach, save_answers
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM, WARD, a_file, answers, refused
from motcua.dossiers.tests.counter import Counter
from motcua.dossiers.tests.test_counter_filing import CHILD, CODE, DONE, number_of
from motcua.identity.operations.authorities import (
    AuthorityKind,
    PartyKind,
    record_authority,
    revoke_authority,
)
from motcua.identity.queries.authorities import authorities_of_mine, may_act_for
from motcua.identity.queries.parties import Principal

LETTER = AuthoritySeen(
    AuthorityKind.ATTORNEY,
    PartyKind.PERSON,
    "001147000123",
    "Phạm Thị Sáu",
    date(1947, 5, 4),
    MONDAY.date() + timedelta(days=300),
    "Giấy ủy quyền công chứng số 12/2026",
)
FIRM = AuthoritySeen(
    AuthorityKind.REPRESENTATIVE,
    PartyKind.ORGANISATION,
    "0100109106",
    "Công ty TNHH Sao Mai",
    None,
    MONDAY.date() + timedelta(days=300),
    "Giấy giới thiệu số 12/2026",
)


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def begun(counter):
    """Return a way to begin a filling for somebody for whom Lan came to the counter."""
    add_office(WARD, "Bộ phận một cửa", by=SYSTEM, at=MONDAY)
    clerk, lan = counter.actor("clerk"), counter.actor("lan")
    came = Present(number_of(lan), lan.name, document="vneid")

    def begun(behalf):
        way = Way(offices_of(WARD)[0].id)
        draft = begin_counter(CODE, came, way, behalf=behalf, by=clerk, at=MONDAY)
        save_answers(draft, answers(), by=clerk, at=MONDAY)
        attach(draft, "proof", a_file(clerk), by=clerk, at=MONDAY)
        return draft

    return begun


@pytest.mark.parametrize("letter", [LETTER, FIRM])
def test_a_letter_shown_at_the_counter_opens_no_other_procedure(counter, begun, letter):
    clerk, lan = counter.actor("clerk"), counter.actor("lan")
    filed = file_counter(begun(letter), DONE, by=clerk, at=MONDAY)
    dossier = Dossier.objects.get(code=filed.code)
    assert may_act_for(lan.id, dossier.applicant, CODE, MONDAY)
    assert may_act_for(lan.id, dossier.applicant, "1.001193", MONDAY) is None
    more = frozenset({"1.001193"})
    person = Principal(letter.principal_kind, letter.number, letter.name, letter.born)
    paper = {"until": letter.until, "basis": letter.basis, "document": None}
    record_authority(
        person, kind=letter.kind, procedures=more, agent=lan.id, by=clerk, at=MONDAY, **paper
    )
    assert may_act_for(lan.id, dossier.applicant, "1.001193", MONDAY)


@pytest.mark.parametrize("letter", [LETTER, FIRM])
def test_who_comes_a_second_time_by_the_same_letter_files_by_it_again(counter, begun, letter):
    clerk = counter.actor("clerk")
    codes = [file_counter(begun(letter), DONE, by=clerk, at=MONDAY).code for _ in range(2)]
    assert Dossier.objects.filter(code__in=codes).values("applicant").distinct().count() == 1


def test_an_authority_that_ended_in_between_files_nothing_at_the_counter(counter, begun):
    clerk, lan = counter.actor("clerk"), counter.actor("lan")
    draft = begun(CHILD)
    (held,) = authorities_of_mine(by=lan, at=MONDAY)
    revoke_authority(held.id, "", lan, MONDAY)
    with refused(FilerMayNoLonger):
        file_counter(draft, DONE, by=clerk, at=MONDAY)
    assert not Dossier.objects.exists()


def test_an_authority_that_expired_at_midnight_files_nothing_at_the_counter(counter, begun):
    clerk = counter.actor("clerk")
    draft = begun(replace(LETTER, until=MONDAY.date()))
    with refused(FilerMayNoLonger):
        file_counter(draft, DONE, by=clerk, at=MONDAY + timedelta(days=1))
    assert file_counter(draft, DONE, by=clerk, at=MONDAY)
