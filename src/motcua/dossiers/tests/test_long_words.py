"""A word without an end is whole on every paper of the desk: what is cut off is lost in print."""

import pytest

from motcua.backbone.tests.sheets import letters_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.handovers import hand_over, settle_hand_over
from motcua.dossiers.operations.reappointing import reappoint
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY
from motcua.dossiers.tests.counter import Counter

LONG, NAME = "Khôngthểđọcđược" * 25, "Nguyễnthịlan" * 12
DESK = "/ban-lam-viec/"


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def code(counter):
    code = counter.file().code
    Dossier.objects.filter(code=code).update(applicant_name=NAME)
    return code


def check_whole(counter, path, *words, size=""):
    answer = counter.client("clerk").get(path, {"kho": size} if size else {})
    said = letters_of(answer.content)
    for each in words:
        assert each in said


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_the_reason_of_a_paper_is_whole(counter, code, size):
    clerk = counter.actor("clerk")
    check_whole(counter, f"/ho-so/{code}/giay-hen.pdf/", NAME, size=size)
    take_step(code, Step.ACCEPT, by=clerk, at=MONDAY)
    due = dossier(code, by=clerk, at=MONDAY).due_at
    later = due.astimezone(MONDAY.tzinfo).replace(hour=16, day=due.day + 7)
    reappoint(code, later, reason=LONG, by=clerk, at=MONDAY)
    check_whole(counter, f"/ho-so/{code}/giay/xin-loi-1.pdf/", NAME, LONG, size=size)
    asked = {"papers": ["proof"], "fields": ["full_name"]}
    take_step(code, Step.ASK_SUPPLEMENT, by=clerk, at=MONDAY, reason=LONG, details=asked)
    check_whole(counter, f"/ho-so/{code}/giay/bo-sung-1.pdf/", NAME, LONG, size=size)


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_a_refusal_s_reason_is_whole(counter, code, size):
    take_step(code, Step.REFUSE, by=counter.actor("clerk"), at=MONDAY, reason=LONG)
    check_whole(counter, f"/ho-so/{code}/giay/tu-choi-1.pdf/", NAME, LONG, size=size)


def test_names_and_remarks_in_tables_are_whole(counter, code):
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    made = hand_over([code], "", by=counter.actor("clerk"), at=MONDAY)
    settle_hand_over(made, [], {code: LONG}, by=counter.actor("specialist"), at=MONDAY)
    check_whole(counter, f"{DESK}{code}/kiem-soat.pdf/", NAME)
    check_whole(counter, f"{DESK}ban-giao/{made}.pdf/", NAME, LONG)
    day = f"{MONDAY:%Y-%m-%d}"
    check_whole(counter, f"{DESK}so-theo-doi.pdf/?tu={day}&den={day}", NAME)
