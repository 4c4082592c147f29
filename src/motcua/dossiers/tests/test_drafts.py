"""What a person types is kept, on any device, until it is filed or thrown away."""

from uuid import uuid4

import pytest

from motcua.backbone.http.refusals import StaleVersion
from motcua.dossiers.models import Draft
from motcua.dossiers.operations.drafts import (
    AlreadyFiled,
    NoSuchPaper,
    NotOnline,
    TooManyFiles,
    attach,
    begin_draft,
    detach,
    discard_draft,
    save_answers,
)
from motcua.dossiers.operations.filing import NoSuchDraft, file_draft
from motcua.dossiers.queries.drafts import UnknownDraft, draft, my_drafts
from motcua.dossiers.tests.conftest import LAN, MONDAY, NAM, a_file, answers, refused
from motcua.files.queries.kept import NoSuchFile, content_of


@pytest.fixture
def mine(definition):
    return begin_draft(definition.code, by=LAN, at=MONDAY)


def test_answers_are_kept_beside_those_kept_before(mine):
    save_answers(mine, {"full_name": "Lan"}, by=LAN, at=MONDAY)
    version = save_answers(mine, {"copies": "two"}, by=LAN, at=MONDAY)
    kept = draft(mine, by=LAN)
    assert kept.answers == {"full_name": "Lan", "copies": "two"}
    assert kept.version == version == 3
    assert [each.id for each in my_drafts(by=LAN)] == [mine]


def test_another_device_s_answers_are_not_overwritten_unseen(mine):
    save_answers(mine, {"full_name": "Lan"}, by=LAN, at=MONDAY, seen=1)
    with refused(StaleVersion):
        save_answers(mine, {"full_name": "Mai"}, by=LAN, at=MONDAY, seen=1)


def test_a_draft_is_nobody_else_s(mine):
    for attempt in (
        lambda: save_answers(mine, {}, by=NAM, at=MONDAY),
        lambda: discard_draft(mine, by=NAM, at=MONDAY),
        lambda: file_draft(mine, by=NAM, at=MONDAY),
        lambda: file_draft(uuid4(), by=LAN, at=MONDAY),
    ):
        with refused(NoSuchDraft):
            attempt()
    with refused(UnknownDraft):
        draft(mine, by=NAM)
    assert my_drafts(by=NAM) == []


def test_a_procedure_without_a_pack_is_not_online(definition):
    with refused(NotOnline):
        begin_draft("0.000000", by=LAN, at=MONDAY)


def test_papers_are_put_under_what_is_asked_for_and_taken_away_again(mine):
    one, two = a_file(), a_file()
    attach(mine, "proof", one, by=LAN, at=MONDAY)
    attach(mine, "proof", two, by=LAN, at=MONDAY)
    detach(mine, "proof", one, by=LAN, at=MONDAY)
    detach(mine, "proof", one, by=LAN, at=MONDAY)
    assert draft(mine, by=LAN).papers == {"proof": [two]}
    with refused(NoSuchFile):
        content_of(one, by=LAN)
    with refused(NoSuchPaper):
        attach(mine, "passport", two, by=LAN, at=MONDAY)
    with refused(NoSuchFile):
        attach(mine, "letter", a_file(by=NAM), by=LAN, at=MONDAY)


def test_a_paper_has_a_most_of_files(mine, definition):
    most = next(paper.most_files for paper in definition.papers if paper.id == "proof")
    for _ in range(most):
        attach(mine, "proof", a_file(), by=LAN, at=MONDAY)
    with refused(TooManyFiles):
        attach(mine, "proof", a_file(), by=LAN, at=MONDAY)
    old, new = draft(mine, by=LAN).papers["proof"][0], a_file()
    attach(mine, "proof", new, by=LAN, at=MONDAY, instead=old)
    assert draft(mine, by=LAN).papers["proof"][-1] == new
    assert len(draft(mine, by=LAN).papers["proof"]) == most
    with refused(NoSuchFile):
        content_of(old, by=LAN)


def test_throwing_a_draft_away_takes_its_files_along(mine):
    file = a_file()
    attach(mine, "proof", file, by=LAN, at=MONDAY)
    discard_draft(mine, by=LAN, at=MONDAY)
    assert not Draft.objects.exists()
    with refused(NoSuchFile):
        content_of(file, by=LAN)


def test_a_filed_draft_is_closed(mine):
    save_answers(mine, answers(), by=LAN, at=MONDAY)
    attach(mine, "proof", a_file(), by=LAN, at=MONDAY)
    filed = file_draft(mine, by=LAN, at=MONDAY)
    assert file_draft(mine, by=LAN, at=MONDAY) == filed
    for attempt in (
        lambda: save_answers(mine, {}, by=LAN, at=MONDAY),
        lambda: discard_draft(mine, by=LAN, at=MONDAY),
    ):
        with refused(AlreadyFiled):
            attempt()
    assert my_drafts(by=LAN) == []
