"""A paper keeps saying what its own agency said, whoever has the dossier by now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.agencies.queries.agencies import agency, names_of
from motcua.dossiers.models import Dossier, DueMove
from motcua.dossiers.operations.reappointing import reappoint
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.transferring import transfer
from motcua.dossiers.queries.filing import receipt
from motcua.dossiers.queries.slips import Kind, control_slip, slip
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, OTHER, WARD, official
from motcua.dossiers.tests.counter import Counter
from motcua.dossiers.web.paper_sizes import Size
from motcua.dossiers.web.receipt import on_paper, rows_of
from motcua.dossiers.web.slips import sheets
from motcua.kernel.actors import Role

WHY = "Thẩm quyền thuộc nơi khác theo địa giới mới."
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATER = MONDAY + 21 * DAY


@pytest.fixture
def counter(definition):
    """Open a counter at which somebody also stands in for the leader."""
    counter = Counter(definition).open()
    lent = replace(counter.actor("specialist"), roles=frozenset({Role.SPECIALIST, Role.LEADER}))
    counter.people["lent"] = lent
    return counter


def pass_on(counter, code):
    transfer(code, OTHER, reason=WHY, by=counter.actor("clerk"), at=MONDAY + HOUR)


def said(counter, code):
    """Return all that the receipt says, on paper and on its page."""
    found = receipt(code, by=counter.actor("lan"), at=LATER)
    return on_paper(found, size=Size.A4), rows_of(found), found.agency


def reappointed(counter, code, *, by="clerk"):
    take_step(code, Step.ACCEPT, by=counter.actor("clerk"), at=MONDAY)
    due = (Dossier.objects.get(code=code).due_at.astimezone(MONDAY.tzinfo) + 7 * DAY).replace(
        hour=16
    )
    reappoint(code, due, reason=WHY, by=counter.actor(by), at=MONDAY)


def sheet_of(monkeypatch, counter, code, kind):
    """Return all that a paper of a step is made of."""
    made = []
    monkeypatch.setattr(sheets, "sheet", lambda *said, **more: made.append((said, more)) or b"")
    sheets.of_step(slip(code, kind, 1, by=counter.actor("lan"), at=LATER), size=Size.A4)
    return made[0]


@pytest.mark.parametrize("steps", [[], [Step.ACCEPT]])
def test_a_transfer_changes_nothing_of_a_receipt_until_the_new_agency_accepts(counter, steps):
    code = counter.file().code
    counter.walk(code, *steps)
    before = said(counter, code)
    pass_on(counter, code)
    Dossier.objects.filter(code=code).update(due_at=LATER)
    assert said(counter, code) == before
    take_step(code, Step.ACCEPT, by=counter.actor("stranger"), at=MONDAY + DAY)
    received = receipt(code, by=counter.actor("lan"), at=LATER).received
    assert received.agency == OTHER
    assert received.by_name == counter.actor("stranger").name
    assert (received.at, received.due_at) == (MONDAY + DAY, LATER)


def test_a_calendar_that_changed_before_the_transfer_is_on_the_receipt(counter):
    code = counter.file().code
    row = Dossier.objects.get(code=code)
    row.due_at += DAY
    row.save()
    DueMove.objects.create(dossier=row, at=MONDAY, due_at=row.due_at)
    before = said(counter, code)
    pass_on(counter, code)
    Dossier.objects.filter(code=code).update(due_at=LATER)
    assert said(counter, code) == before


def test_an_agency_that_opens_again_what_it_refused_has_received_it(counter):
    code, leader = counter.file().code, official(Role.LEADER, OTHER)
    pass_on(counter, code)
    take_step(code, Step.REFUSE, by=counter.actor("stranger"), at=MONDAY + DAY, reason=WHY)
    assert receipt(code, by=counter.actor("lan"), at=LATER).received.agency == WARD
    reopen(code, reason=WHY, by=leader, at=MONDAY + DAY)
    received = receipt(code, by=counter.actor("lan"), at=LATER).received
    assert (received.agency, received.by_name, received.at) == (OTHER, "", MONDAY + DAY)


@pytest.mark.parametrize("kind", [Kind.SUPPLEMENT, Kind.APOLOGY])
def test_a_transfer_changes_nothing_of_a_paper_that_was_given_out(counter, monkeypatch, kind):
    code = counter.file().code
    if kind is Kind.APOLOGY:
        reappointed(counter, code)
    else:
        counter.walk(code, Step.ASK_SUPPLEMENT)
        Dossier.objects.filter(code=code).update(
            state="new", waiting_from="", waiting_since=None, wait_until=None
        )
    before = sheet_of(monkeypatch, counter, code, kind)
    assert before[0] == (agency(WARD),)
    pass_on(counter, code)
    assert sheet_of(monkeypatch, counter, code, kind) == before


def test_an_apology_names_its_signer_only_where_a_leader_drew_it_up(counter, monkeypatch):
    codes = [counter.file().code for _ in range(3)]
    for code, who in zip(codes, ["clerk", "leader", "lent"], strict=True):
        reappointed(counter, code, by=who)
    signed = [
        sheet_of(monkeypatch, counter, code, Kind.APOLOGY)[1]["signatures"][-1] for code in codes
    ]
    head = "Thủ trưởng cơ quan, đơn vị"
    assert signed == [(head, ""), (head, counter.actor("leader").name), (head, "")]


def test_a_paper_of_the_new_agency_says_when_the_dossier_came_there(counter):
    code = counter.file().code
    pass_on(counter, code)
    take_step(code, Step.REFUSE, by=counter.actor("stranger"), at=MONDAY + DAY, reason=WHY)
    found = slip(code, Kind.REFUSAL, 1, by=counter.actor("lan"), at=LATER)
    assert (found.agency, found.came_at) == (agency(OTHER), MONDAY + HOUR)


def test_each_row_of_the_control_slip_is_of_the_agency_that_had_the_dossier(counter, monkeypatch):
    code = counter.file().code
    take_step(code, Step.ACCEPT, by=counter.actor("clerk"), at=MONDAY)
    pass_on(counter, code)
    found = control_slip(code, by=counter.actor("stranger"), at=LATER)
    assert [leg.agency for leg in found.legs] == [WARD, OTHER]
    made = []
    monkeypatch.setattr(sheets, "sheet", lambda *_said, **more: made.append(more) or b"")
    sheets.of_control(found, at=LATER)
    rows = made[0]["blocks"][1]["rows"]
    names = names_of([WARD, OTHER])
    assert [row[1].split("\n")[0] for row in rows] == [names[WARD], names[OTHER]]
