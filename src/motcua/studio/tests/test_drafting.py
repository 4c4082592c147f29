"""A draft of a pack: every change is kept, any can be taken back, nobody overwrites another."""

from datetime import UTC, datetime

import pytest

from motcua.backbone.http.refusals import StaleVersion
from motcua.kernel.actors import Actor, Role
from motcua.studio.operations.drafting import (
    NoSuchDraft,
    NothingToUndo,
    TooLarge,
    begin,
    drop,
    undo,
    write,
)
from motcua.studio.queries.drafts import UnknownDraft, changes_of, draft, drafts_of, open_drafts
from motcua.studio.rules.stages import NotAnAuthor, NotThisStage, OwnWork, check_may_publish

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)
LAN = Actor("lan", "Lê Lan", "H46", frozenset({Role.ADMINISTRATOR}))
MAI = Actor("mai", "Mai Mai", "H46", frozenset({Role.ADMINISTRATOR}))
CLERK = Actor("minh", "Minh", "H46", frozenset({Role.CLERK}))
FILES = {"procedure.yaml": "code: '1'\n", "form.yaml": "steps: []\n"}


@pytest.fixture
def begun():
    return begin("1.000001", "Cấp thẻ", FILES, by=LAN, at=NOON)


def test_a_change_is_kept_and_taken_back(begun):
    seen = write(begun, {"form.yaml": "steps: [1]\n"}, what="form", seen=0, by=MAI, at=NOON)
    assert seen == 1
    assert draft(begun, by=LAN).files["form.yaml"] == "steps: [1]\n"
    assert undo(begun, seen=1, by=LAN, at=NOON) == 2
    assert draft(begun, by=LAN).files == FILES
    assert [c.what for c in changes_of(begun, by=LAN)] == ["undo:1", "form"]
    with pytest.raises(NothingToUndo):
        undo(begun, seen=2, by=LAN, at=NOON)


def test_a_file_taken_away_comes_back_by_undoing(begun):
    write(begun, {"form.yaml": None, "a.typ": "= A"}, what="two", seen=0, by=LAN, at=NOON)
    assert draft(begun, by=LAN).files == {"procedure.yaml": FILES["procedure.yaml"], "a.typ": "= A"}
    undo(begun, seen=1, by=LAN, at=NOON)
    assert draft(begun, by=LAN).files == FILES


def test_the_same_text_again_is_no_change(begun):
    assert write(begun, {"form.yaml": "steps: []\n"}, what="x", seen=0, by=LAN, at=NOON) == 0
    assert changes_of(begun, by=LAN) == ()


def test_two_who_write_at_once_do_not_overwrite_each_other(begun):
    write(begun, {"form.yaml": "a"}, what="a", seen=0, by=LAN, at=NOON)
    with pytest.raises(StaleVersion):
        write(begun, {"form.yaml": "b"}, what="b", seen=0, by=MAI, at=NOON)
    with pytest.raises(StaleVersion):
        undo(begun, seen=0, by=MAI, at=NOON)
    assert draft(begun, by=LAN).files["form.yaml"] == "a"


def test_nobody_publishes_what_they_wrote(begun):
    write(begun, {"form.yaml": "a"}, what="a", seen=0, by=MAI, at=NOON)
    assert not draft(begun, by=LAN).may_publish
    assert not draft(begun, by=MAI).may_publish
    with pytest.raises(OwnWork):
        check_may_publish(by=LAN, writers=["lan"])
    other = Actor("hoa", "Hoa", "H46", frozenset({Role.ADMINISTRATOR}))
    assert draft(begun, by=other).may_publish


def test_only_administrators_see_and_write_drafts(begun):
    assert open_drafts(by=CLERK) == ()
    with pytest.raises(UnknownDraft):
        draft(begun, by=CLERK)
    with pytest.raises(UnknownDraft):
        changes_of(begun, by=CLERK)
    for refused in (
        lambda: begin("1", "x", FILES, by=CLERK, at=NOON),
        lambda: write(begun, {"form.yaml": "b"}, what="b", seen=0, by=CLERK, at=NOON),
        lambda: drop(begun, by=CLERK, at=NOON),
    ):
        with pytest.raises(NotAnAuthor):
            refused()


def test_a_dropped_draft_is_written_no_more_but_stays_in_the_history(begun):
    drop(begun, by=LAN, at=NOON)
    assert open_drafts(by=LAN) == ()
    assert [each.id for each in drafts_of("1.000001", by=LAN)] == [begun]
    with pytest.raises(NotThisStage):
        write(begun, {"form.yaml": "b"}, what="b", seen=0, by=LAN, at=NOON)


def test_what_is_too_large_is_refused_and_named(begun):
    with pytest.raises(TooLarge):
        write(begun, {"big.typ": "x" * 1_000_001}, what="x", seen=0, by=LAN, at=NOON)
    many = {f"t{n}.typ": "x" for n in range(101)}
    with pytest.raises(TooLarge):
        begin("1", "x", many, by=LAN, at=NOON)


def test_a_draft_that_is_not_there_is_named_so():
    with pytest.raises(NoSuchDraft):
        drop("0196f1d0-0000-7000-8000-000000000000", by=LAN, at=NOON)
