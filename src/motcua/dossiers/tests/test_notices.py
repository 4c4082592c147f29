"""The applicant is told of each step that concerns them, once, in their language."""

import pytest

from motcua.dossiers.events import DossierMoved
from motcua.dossiers.handlers.notices import MOVED, tell_moved
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import LAN, MONDAY
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def told(counter, who="lan"):
    page = counter.client(who).get("/thong-bao/")
    check_shape(page)
    return text_of(page)


def test_every_step_that_concerns_the_applicant_is_told(counter, work):
    code, paying = counter.file().code, counter.file(copies=1).code
    counter.walk(code, Step.ASK_SUPPLEMENT)
    work()
    text = told(counter)
    assert f"Bạn đã nộp hồ sơ {code}" in text
    assert f"{paying}: còn việc nộp phí" in text
    assert WHY in text
    assert code not in told(counter, "nam")


def test_what_stays_inside_the_agency_is_not_told(counter, work):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE)
    work()
    assert told(counter).count("Bộ phận Một cửa đã tiếp nhận") == 1
    assert "đề xuất" not in told(counter).lower()


def test_told_twice_it_is_one_notice(counter, work):
    code = counter.file().code
    counter.walk(code, Step.REFUSE)
    work()
    event = DossierMoved(
        subject=code,
        step=Step.REFUSE,
        before="new",
        state="refused",
        agency="",
        applicant=LAN.id,
        reason=WHY,
        due_at=MONDAY.isoformat(),
    )
    tell_moved(event, MONDAY)
    assert told(counter).count("Bộ phận Một cửa không tiếp nhận") == 1


def test_every_kind_says_what_to_do_next():
    assert {Step.FORWARD, Step.PROPOSE, Step.SEND_BACK}.isdisjoint(MOVED)
    assert all(kind.action and "{procedure}" in kind.body for kind in MOVED.values())
