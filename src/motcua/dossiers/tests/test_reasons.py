"""A reason is words: what shows as nothing gives none."""

import pytest

from motcua.dossiers.operations.asking import ask
from motcua.dossiers.operations.opinions import OpinionUnclear, check_opinion
from motcua.dossiers.operations.remarks import Finding, RemarkNeeded, check_paper, write_note
from motcua.dossiers.operations.remarks import WordsNeeded as NoteNeeded
from motcua.dossiers.operations.step_checks import ReasonNeeded
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.questions import WordsNeeded
from motcua.dossiers.rules.remarks import Verdict
from motcua.dossiers.tests.conftest import MONDAY, refused
from motcua.dossiers.tests.counter import Counter
from motcua.kernel.text import letters

NOTHING = ("\u200b" * 20, "." * 20, "\u00a0" * 20, "- " * 10, "\u2060\ufeff" * 10)


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def test_letters_are_what_can_be_read():
    assert [letters(each) for each in NOTHING] == [0] * len(NOTHING)
    assert letters("Mờ, số 5.") == 5


@pytest.mark.parametrize("nothing", NOTHING, ids=ascii)
def test_nothing_is_no_reason_question_opinion_or_note(counter, nothing):
    code, clerk, lan = counter.file().code, counter.actor("clerk"), counter.actor("lan")
    with refused(ReasonNeeded):
        take_step(code, Step.REFUSE, by=clerk, at=MONDAY, reason=nothing)
    with refused(WordsNeeded):
        ask(code, nothing, by=lan, at=MONDAY)
    with refused(OpinionUnclear):
        check_opinion(nothing, 0)
    with refused(NoteNeeded):
        write_note(code, nothing, by=clerk, at=MONDAY)
    with refused(RemarkNeeded):
        check_paper(code, "proof", Finding(Verdict.WRONG, remark=nothing), by=clerk, at=MONDAY)
