"""A fee asked by mistake is taken back by the leader: nobody pays it, and it never comes again."""

import json

import pytest

from motcua.backbone.http import bearer
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.charging import BillLine, ask_payment
from motcua.dossiers.operations.steps import ReasonNeeded
from motcua.dossiers.operations.waiving import AnotherAwaited, NoSuchFee, waive_fee
from motcua.dossiers.rules.access import NotYourStep
from motcua.dossiers.rules.lifecycle import State, Step
from motcua.dossiers.tests.conftest import MONDAY, refused
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of
from motcua.dossiers.tests.test_fees_to_the_end import owed, stop_and_open_again
from motcua.dossiers.tests.test_supplement_follows import pay
from motcua.kernel.money import Dong
from motcua.notices.queries.mine import unread
from motcua.payments.queries.bills import State as BillState
from motcua.payments.queries.bills import bills_under

pytestmark = pytest.mark.django_db
MORE = BillLine("Phí thẩm định", Dong(50_000), "Appraisal fee", "Thông tư 1/2020/TT-BTC")
RIGHT = BillLine("Phí trích lục", Dong(8_000), "Extract fee", "Thông tư 2/2020/TT-BTC")
MISTAKE = "Ghi nhầm: hồ sơ này được miễn phí thẩm định."


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


@pytest.fixture
def code(counter):
    code = counter.file(copies=1).code
    pay(code)
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    return code


def ask(counter, code, line=MORE):
    ask_payment(code, [line], reason=WHY, by=counter.actor("specialist"), at=MONDAY)


def waive(counter, code, bill="", *, who="leader", reason=MISTAKE):
    return waive_fee(code, bill, reason=reason, by=counter.actor(who), at=MONDAY)


def stored(code):
    return Dossier.objects.get(code=code)


def test_a_fee_not_paid_is_cancelled_and_the_dossier_goes_on(counter, code, work):
    fee = stored(code).fee
    ask(counter, code)
    work()
    before = unread(by=counter.actor("lan"))
    assert waive(counter, code).state is State.IN_PROCESS
    work()
    assert unread(by=counter.actor("lan")) == before + 1
    kept = stored(code)
    assert (kept.fee, kept.wait_until, owed(code)) == (fee, None, [])
    assert kept.paid_at is not None
    page = text_of(counter.client("lan").get(f"/ho-so/{code}/"))
    assert MISTAKE in page
    assert "Không phải nộp nữa: Phí thẩm định, 50.000 đồng." in page


def test_what_was_paid_for_it_has_to_go_back(counter, code):
    ask(counter, code)
    pay(f"{code}/2")
    assert stored(code).state == State.IN_PROCESS
    waive(counter, code)
    gone = bills_under(code)[-1]
    assert (gone.state, gone.refund_due) == (BillState.CANCELLED, Dong(50_000))
    assert stored(code).paid_at is not None
    page = text_of(counter.client("lan").get(f"/ho-so/{code}/"))
    assert "50.000 đồng đã nộp cho khoản này sẽ được hoàn lại." in page


def test_opened_again_it_is_not_asked_for_again_but_what_is_owed_is(counter, code):
    fee = stored(code).fee
    ask(counter, code)
    waive(counter, code)
    ask(counter, code, RIGHT)
    stop_and_open_again(counter, code)
    assert owed(code) == [8_000]
    assert stored(code).fee == fee + 8_000
    waive(counter, code)
    assert owed(code) == []
    with refused(NoSuchFee):
        waive(counter, code)


def test_what_was_taken_back_is_not_taken_for_what_is_owed_still(counter):
    code = counter.file(copies=1).code
    fee = stored(code).fee
    small = BillLine("Phí nhầm", Dong(1), "Mistake", "Thông tư 3/2020/TT-BTC")
    ask_payment(code, [small], reason=WHY, by=counter.actor("clerk"), at=MONDAY)
    waive(counter, code)
    stop_and_open_again(counter, code, Step.REFUSE)
    assert (owed(code), stored(code).fee) == ([fee], fee)


def test_a_further_fee_stays_one_after_a_re_opening(counter, code):
    ask(counter, code)
    pay(f"{code}/2")
    ask(counter, code, RIGHT)
    stop_and_open_again(counter, code)
    waive(counter, code, f"{code}/2")
    assert owed(code) == [8_000]
    assert stored(code).paid_at is None
    waive(counter, code)
    assert (owed(code), stored(code).paid_at is None) == ([], False)


def test_one_of_several_is_taken_back_and_the_wait_for_another_is_not_ended_by_it(counter, code):
    ask(counter, code)
    pay(f"{code}/2")
    ask(counter, code, RIGHT)
    with refused(AnotherAwaited):
        waive(counter, code, f"{code}/2")
    pay(f"{code}/3")
    waive(counter, code, f"{code}/2")
    assert [bill.state for bill in bills_under(code)][1:] == [BillState.CANCELLED, BillState.PAID]


def test_the_fee_of_the_filing_is_none_and_only_the_leader_does_it_with_a_reason(counter):
    code = counter.file(copies=1).code
    with refused(NoSuchFee):
        waive(counter, code)
    ask_payment(code, [MORE], reason=WHY, by=counter.actor("clerk"), at=MONDAY)
    with refused(NoSuchFee):
        waive(counter, code, code)
    with refused(NotYourStep):
        waive(counter, code, who="clerk")
    with refused(ReasonNeeded):
        waive(counter, code, reason="nhầm")
    assert waive(counter, code).state is State.NEW
    assert stored(code).paid_at is None


def test_the_leader_s_page_names_each_fee_and_takes_the_chosen_one_back(counter, code):
    ask(counter, code)
    pay(f"{code}/2")
    ask(counter, code, RIGHT)
    pay(f"{code}/3")
    leader, path = counter.client("leader"), f"/ban-lam-viec/{code}/thoi-thu-phi/"
    assert path in leader.get(f"/ban-lam-viec/{code}/").content.decode()
    assert path not in counter.client("specialist").get(f"/ban-lam-viec/{code}/").content.decode()
    form = leader.get(path)
    check_shape(form)
    assert "Phí thẩm định: 50.000 đồng, đã nộp: phải hoàn lại" in text_of(form)
    typed = {"seen": stored(code).version, "reason": MISTAKE, "bill": f"{code}/2"}
    assert leader.post(path, typed).status_code == 302
    assert [bill.state for bill in bills_under(code)][1:] == [BillState.CANCELLED, BillState.PAID]


def test_a_program_of_the_leader_s_takes_it_back(counter, code, client, monkeypatch):
    ask(counter, code)
    leader = counter.actor("leader")
    monkeypatch.setattr(bearer, "_resolvers", [lambda _secret, _scope, _at: leader])
    headers = {
        "Authorization": "Bearer x",
        "Idempotency-Key": "k",
        "If-Match": f'"{stored(code).version}"',
    }
    told = client.get(f"/api/v1/dossiers/{code}", headers=headers).json()
    assert "waive" in told["may"]
    done = client.post(
        f"/api/v1/dossiers/{code}/waivers",
        json.dumps({"reason": MISTAKE}),
        content_type="application/json",
        headers=headers,
    )
    assert done.json()["state"] == "in_process"
    assert "waive" not in client.get(f"/api/v1/dossiers/{code}", headers=headers).json()["may"]
