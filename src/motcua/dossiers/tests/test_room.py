"""All files of a dossier together have a limit, however they come in and however many at once."""

import pytest
from django.db import connection

from motcua.dossiers.models import Draft
from motcua.dossiers.operations.drafts import attach, begin_draft, detach
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.operations.room import TooMuchInAll
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement, attach_answer, detach_answer
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import CLERK, LAN, MONDAY, a_file, a_file_of, answers, refused
from motcua.dossiers.tests.test_at_once import at_once
from motcua.files.operations.keeping import forget

MB = 2**20


@pytest.fixture
def mine(definition):
    return begin_draft(definition.code, by=LAN, at=MONDAY)


def test_a_draft_takes_files_up_to_the_limit_over_all_its_papers(mine):
    attach(mine, "proof", a_file_of(60 * MB), by=LAN, at=MONDAY)
    attach(mine, "letter", a_file_of(40 * MB), by=LAN, at=MONDAY)
    one_more = a_file_of(1)
    with refused(TooMuchInAll) as refusal:
        attach(mine, "letter", one_more, by=LAN, at=MONDAY)
    assert refusal.value.facts == {"used": 100, "size": 101, "most": 100}
    assert one_more not in Draft.objects.get().papers["letter"]
    forget(one_more, by=LAN, at=MONDAY)


def test_replacing_or_removing_a_file_makes_room(mine):
    large, small = a_file_of(99 * MB), a_file_of(10 * MB)
    attach(mine, "proof", large, by=LAN, at=MONDAY)
    attach(mine, "proof", small, by=LAN, at=MONDAY, instead=large)
    attach(mine, "letter", a_file_of(90 * MB), by=LAN, at=MONDAY)
    detach(mine, "proof", small, by=LAN, at=MONDAY)
    attach(mine, "proof", a_file_of(10 * MB), by=LAN, at=MONDAY)


def test_a_file_attached_again_stays_as_it_is(mine):
    old, new = a_file(), a_file()
    attach(mine, "proof", old, by=LAN, at=MONDAY)
    for _ in range(2):
        attach(mine, "proof", new, by=LAN, at=MONDAY, instead=old)
    assert Draft.objects.get().papers == {"proof": [new]}


def test_a_program_cannot_file_more_either(definition):
    papers = {"proof": [a_file_of(60 * MB)], "letter": [a_file_of(41 * MB)]}
    with refused(TooMuchInAll) as refusal:
        file_dossier(Filing(definition, answers(), papers, "api:x", "1"), by=LAN, at=MONDAY)
    assert refusal.value.facts["size"] == 101


@pytest.fixture
def asked(file):
    """A filed dossier of which the proof, 60 MB, is asked again; its letter has 30 MB."""
    code = file(papers={"proof": [a_file_of(60 * MB)], "letter": [a_file_of(30 * MB)]}).code
    wanted = {"papers": ["proof", "letter"], "fields": []}
    why = "Giấy tờ bị mờ, không đọc được."
    take_step(code, Step.ASK_SUPPLEMENT, by=CLERK, at=MONDAY, reason=why, details=wanted)
    return code


def test_what_is_sent_again_takes_the_place_of_what_it_replaces(asked):
    better = a_file_of(70 * MB)
    for _ in range(2):
        attach_answer(asked, "proof", better, by=LAN, at=MONDAY)
    with refused(TooMuchInAll) as refusal:
        attach_answer(asked, "proof", a_file_of(1), by=LAN, at=MONDAY)
    assert refusal.value.facts["used"] == 100
    answer_supplement(asked, {}, by=LAN, at=MONDAY)
    assert dossier(asked, by=LAN, at=MONDAY).papers["proof"] == [better]


def test_taking_back_an_answer_does_not_smuggle_more_in(asked):
    small = a_file_of(1)
    attach_answer(asked, "proof", small, by=LAN, at=MONDAY)
    attach_answer(asked, "letter", a_file_of(90 * MB), by=LAN, at=MONDAY)
    detach_answer(asked, "proof", small, by=LAN, at=MONDAY)
    with refused(TooMuchInAll):
        answer_supplement(asked, {}, by=LAN, at=MONDAY)


@pytest.mark.django_db(transaction=True)
def test_files_attached_at_once_do_not_pass_the_limit_together(definition):
    mine = begin_draft(definition.code, by=LAN, at=MONDAY)
    files = [a_file_of(30 * MB) for _ in range(6)]
    papers = ["proof", "letter"]
    connection.close()
    said = at_once(6, lambda n: attach(mine, papers[n % 2], files[n], by=LAN, at=MONDAY))
    assert [each for each in said if each is None] == [None] * 3
    assert all(isinstance(each, TooMuchInAll | None) for each in said)
    assert sum(len(ids) for ids in Draft.objects.get().papers.values()) == 3
