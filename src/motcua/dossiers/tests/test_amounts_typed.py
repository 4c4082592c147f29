"""Amounts are read as people write them, and what could be meant otherwise is refused."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils.timezone import now

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.charging import BillLine, FeeTooDear, ask_payment
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.tests.conftest import MONDAY, refused
from motcua.dossiers.tests.counter import WHY, Counter, check_shape, text_of
from motcua.kernel.money import Dong
from motcua.payments.queries.bills import bill_to_pay

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def ask(counter, code, amount):
    typed = {"fee-1": "Phí thẩm định", "amount-1": amount, "legal-1": "TT 1/2020/TT-BTC"}
    seen = {"seen": Dossier.objects.get(code=code).version, "reason": WHY}
    return counter.client("clerk").post(f"/ban-lam-viec/{code}/yeu-cau-nop-phi/", typed | seen)


@pytest.mark.parametrize(
    "typed", ["50000", "50.000", "50 000", "50\u00a0000", "50.000 đồng", "50.000đ"]
)
def test_an_amount_is_read_as_people_write_it(counter, typed):
    code = counter.file().code
    assert ask(counter, code, typed).status_code == 302
    kept = Dossier.objects.get(code=code)
    assert (kept.fee, kept.state) == (50_000, State.PAYMENT)


@pytest.mark.parametrize(
    "typed",
    ["1.5", "12.50", "1.50.000", "50.0000", "1.000 000", "50,5", "1,500", "-5", "٥٠٠٠", "5e3"],
)
def test_an_amount_that_could_be_another_is_refused_with_a_sentence(counter, typed):
    code = counter.file().code
    answer = ask(counter, code, typed)
    assert answer.status_code == 422
    assert "như 50.000" in text_of(answer)
    assert Dossier.objects.get(code=code).fee == 0


def test_no_fee_is_dearer_than_any_there_is_nor_are_several_together(counter):
    code, clerk = counter.file().code, counter.actor("clerk")
    for amounts in ([10**9 + 1], [600_000_000] * 2):
        lines = [BillLine("Phí thẩm định", Dong(each), "", "TT 1/2020") for each in amounts]
        with refused(FeeTooDear):
            ask_payment(code, lines, reason=WHY, by=clerk, at=MONDAY)
    lines = [BillLine("Phí thẩm định", Dong(10**9), "", "TT 1/2020")]
    assert ask_payment(code, lines, reason=WHY, by=clerk, at=MONDAY).state is State.PAYMENT
    code = counter.file().code
    assert "một tỷ đồng" in text_of(ask(counter, code, "1.000.000.001"))


def test_who_is_to_pay_reads_the_text_of_law_behind_it(counter):
    code = counter.file().code
    assert ask(counter, code, "50.000").status_code == 302
    apps.get_model("payments", "Bill").objects.update(expires_at=now() + timedelta(days=1))
    lan = counter.client("lan")
    bill = bill_to_pay(code, by=counter.actor("lan"))
    dossier, to_pay = lan.get(f"/ho-so/{code}/"), lan.get(f"/thanh-toan/{bill.id}/")
    assert "Phí thẩm định: 50.000 đồng, theo TT 1/2020/TT-BTC." in text_of(dossier)
    assert "TT 1/2020/TT-BTC" in text_of(to_pay)
    check_shape(to_pay)
