"""A dossier in any state has a whole page on both sides of the counter, in both languages."""

import pytest

from motcua.dossiers.handlers.notices import tell_paid
from motcua.dossiers.handlers.payments import go_on_when_paid
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.queries.dossiers import dossier
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of
from motcua.payments.events import BillPaid

WAYS = {
    State.NEW: (),
    State.RECEIVED: (Step.ACCEPT,),
    State.REFUSED: (Step.REFUSE,),
    State.IN_PROCESS: (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.SEND_BACK),
    State.SUPPLEMENT: (Step.ACCEPT, Step.FORWARD, Step.ASK_SUPPLEMENT),
    State.STOPPED: (Step.ACCEPT, Step.STOP),
    State.DONE: (Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE),
}


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def open_both(counter, code, *more):
    for language in ("vi", "en"):
        for who, address in [
            ("lan", f"/ho-so/{code}/"),
            ("clerk", f"/ban-lam-viec/{code}/"),
            *more,
        ]:
            client = counter.client(who)
            client.cookies["motcua_language"] = language
            page = client.get(address)
            assert page.status_code == 200, address
            check_shape(page)


@pytest.mark.parametrize("state", WAYS)
def test_a_dossier_in_any_state_opens_on_both_sides(counter, state):
    code = counter.file().code
    for step in WAYS[state]:
        if state is State.SUPPLEMENT and step is Step.ASK_SUPPLEMENT:
            by = counter.actor("specialist")
            details = {"papers": ["letter"], "fields": ["office"]}
            take_step(code, step, by=by, at=MONDAY, reason=WHY, details=details)
        else:
            counter.walk(code, step)
    assert dossier(code, by=counter.actor("lan"), at=MONDAY).state is state
    more = [("lan", f"/ho-so/{code}/bo-sung/")] if state is State.SUPPLEMENT else []
    open_both(counter, code, *more)


def test_waiting_for_the_fee_and_what_happens_when_it_arrives(counter, work):
    code = counter.file(copies=2).code
    counter.walk(code, Step.ASK_PAYMENT)
    open_both(counter, code)
    page = counter.client("lan").get(f"/ho-so/{code}/")
    assert "Thanh toán 16.000 đồng" in text_of(page)
    paid = BillPaid(subject=code, bill="b", amount=16000, paid_at=MONDAY.isoformat())
    for _twice in range(2):
        go_on_when_paid(paid, MONDAY)
        tell_paid(paid, MONDAY)
    work()
    assert dossier(code, by=counter.actor("lan"), at=MONDAY).state is State.NEW
    assert text_of(counter.client("lan").get("/thong-bao/")).count("đã nhận 16.000 đồng") == 1
    open_both(counter, code)


def test_an_approved_dossier_gets_its_result_made_and_returned(counter, work):
    code = counter.file().code
    counter.walk(code, *WAYS[State.DONE])
    work()
    issue_result(code, by=SYSTEM, at=MONDAY)
    clerk = counter.client("clerk")
    assert "Trả kết quả" in text_of(clerk.get(f"/ban-lam-viec/{code}/"))
    seen = dossier(code, by=counter.actor("clerk"), at=MONDAY).version
    clerk.post(f"/ban-lam-viec/{code}/tra-ket-qua/", {"seen": seen})
    open_both(counter, code)
    result = dossier(code, by=counter.actor("lan"), at=MONDAY).result
    assert clerk.get(f"/ho-so/{code}/tep/{result}/").content.startswith(b"%PDF")
