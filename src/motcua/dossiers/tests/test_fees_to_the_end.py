"""No fee is lost, asked for twice or kept wrongly, whatever a dossier goes through."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils.timezone import now

from motcua.dossiers.models import Dossier
from motcua.dossiers.operations import results
from motcua.dossiers.operations.charging import BillLine, ask_payment
from motcua.dossiers.operations.claiming import NotForThemToClaim, claim
from motcua.dossiers.operations.expiring import expire
from motcua.dossiers.operations.filing import Filing, file_dossier
from motcua.dossiers.operations.paying import forget_payment, stop_asking
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.representing import end_authority
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.transferring import transfer
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM, a_file, answers, refused
from motcua.dossiers.tests.counter import WHY, Counter, text_of
from motcua.dossiers.tests.test_supplement_follows import pay
from motcua.identity.operations.parties import register_party
from motcua.kernel.money import Dong
from motcua.payments.queries.bills import State, bill_for, bill_to_pay, bills_under

pytestmark = pytest.mark.django_db
BORN = date(2020, 5, 4)
MORE = BillLine("Phí thẩm định", Dong(50_000), "Appraisal fee", "Thông tư 1/2020/TT-BTC")


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def stop_and_open_again(counter, code, step=Step.STOP):
    by = counter.actor("specialist" if step is Step.STOP else "clerk")
    take_step(code, step, by=by, at=MONDAY, reason=WHY)
    stop_asking(code, by=SYSTEM, at=MONDAY)
    reopen(code, reason=WHY, by=counter.actor("leader"), at=MONDAY)


def owed(code):
    return [bill.total.amount for bill in bills_under(code) if bill.state is State.OPEN]


def test_opened_again_and_again_it_owes_the_fee_once(counter):
    code = counter.file(copies=1).code
    fee = Dossier.objects.get(code=code).fee
    stop_and_open_again(counter, code, Step.REFUSE)
    assert owed(code) == [fee]
    take_step(code, Step.STOP, by=counter.actor("clerk"), at=MONDAY, reason=WHY)
    stop_asking(code, by=SYSTEM, at=MONDAY)
    reopen(code, reason=WHY, by=counter.actor("leader"), at=MONDAY)
    assert owed(code) == [fee]


def test_a_further_fee_not_paid_is_asked_again_beside_the_one_that_was(counter):
    code = counter.file(copies=1).code
    pay(code)
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    specialist = counter.actor("specialist")
    ask_payment(code, [MORE], reason=WHY, by=specialist, at=MONDAY)
    assert bill_to_pay(code, by=counter.actor("lan")).subject == f"{code}/2"
    page = counter.client("lan").get(f"/ho-so/{code}/").content.decode()
    assert f"/thanh-toan/{bill_to_pay(code, by=counter.actor('lan')).id}/" in page
    stop_and_open_again(counter, code)
    assert owed(code) == [50_000]


def test_what_was_paid_and_goes_back_is_owed_again(counter):
    code = counter.file(copies=1).code
    fee = pay(code)
    stop_and_open_again(counter, code, Step.REFUSE)
    assert owed(code) == [fee]
    assert Dossier.objects.get(code=code).paid_at is None
    assert bills_under(code)[0].refund_due.amount == fee


def test_what_is_paid_does_not_expire_while_the_news_of_it_is_on_its_way(counter):
    code = counter.file().code
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    ask_payment(code, [MORE], reason=WHY, by=counter.actor("specialist"), at=MONDAY)
    late = Dossier.objects.get(code=code).wait_until + timedelta(hours=1)
    bill = apps.get_model("payments", "Bill").objects.filter(subject=code)
    bill.update(state="paid", received=50_000)
    assert not expire(code, by=SYSTEM, at=late)
    bill.update(state="open", received=0)
    assert expire(code, by=SYSTEM, at=late)


def test_a_fee_not_paid_is_owed_to_the_agency_a_dossier_was_passed_to(counter):
    code, there = counter.file(copies=1).code, counter.actor("stranger")
    transfer(code, there.agency, reason=WHY, by=counter.actor("clerk"), at=MONDAY)
    assert bill_to_pay(code, by=there).subject == code
    assert bill_to_pay(code, by=counter.actor("clerk")) is None


def party(counter):
    clerk = counter.actor("clerk")
    return register_party(
        "person", "001220000456", "Nguyễn Gia Bảo", born=BORN, by=clerk, at=MONDAY
    )


def file_for(counter, whose):
    lan = counter.actor("lan")
    filing = Filing(counter.definition, answers(1), {"proof": [a_file(lan)]}, "test", "for")
    made = file_dossier(filing, by=lan, at=MONDAY)
    facts = {"applicant": whose, "agent": lan.id, "filer": lan.id, "claim": "ABC234"}
    Dossier.objects.filter(code=made.code).update(**facts)
    return made.code


def test_who_acts_for_another_never_makes_the_dossier_their_own(counter):
    code = file_for(counter, party(counter).id)
    with refused(NotForThemToClaim):
        claim(code, "ABC234", by=counter.actor("lan"), at=MONDAY)
    Dossier.objects.update(agent="", filer="")
    with refused(NotForThemToClaim):
        claim(code, "ABC234", by=counter.actor("nam"), at=MONDAY)


def test_who_takes_a_dossier_over_is_asked_for_what_is_still_to_be_paid(counter):
    code, nam = counter.file(copies=1).code, counter.actor("nam")
    Dossier.objects.update(claim="ABC234")
    claim(code, "ABC234", by=nam, at=MONDAY)
    assert bill_to_pay(code, by=nam).subject == code


def test_what_was_paid_for_a_person_is_theirs_to_see_once_they_take_it_over(counter):
    code, nam = counter.file(copies=1).code, counter.actor("nam")
    pay(code)
    Dossier.objects.update(claim="ABC234")
    claim(code, "ABC234", by=nam, at=MONDAY)
    seen = bill_for(code, by=nam)
    assert seen is not None
    assert seen.is_paid
    assert bill_for(code, by=counter.actor("lan")) is None


def test_nobody_is_asked_again_for_a_dossier_that_came_to_nothing(counter):
    code = counter.file(copies=1).code
    pay(code)
    counter.walk(code, Step.ACCEPT, Step.FORWARD)
    take_step(code, Step.STOP, by=counter.actor("specialist"), at=MONDAY, reason=WHY)
    stop_asking(code, by=SYSTEM, at=MONDAY)
    apps.get_model("payments", "Bill").objects.update(state=State.OPEN, received=0)
    for _told_twice in range(2):
        forget_payment(code, by=SYSTEM, at=MONDAY)
        assert [bill.state for bill in bills_under(code)] == [State.CANCELLED]
    assert Dossier.objects.get(code=code).paid_at is None


def test_the_fee_is_said_to_lead_to_acceptance_only_before_it(counter):
    fresh, known = counter.file(copies=1).code, counter.file(copies=1).code
    pay(known)
    counter.walk(known, Step.ACCEPT, Step.FORWARD)
    ask_payment(known, [MORE], reason=WHY, by=counter.actor("specialist"), at=now())
    apps.get_model("payments", "Bill").objects.update(expires_at=now() + timedelta(days=1))
    for place in ("", "giay-hen/"):
        words = [text_of(counter.client("lan").get(f"/ho-so/{x}/{place}")) for x in (fresh, known)]
        assert ["tiếp nhận sau khi phí đến nơi" in each for each in words] == [True, False]
    known_page = text_of(counter.client("lan").get(f"/ho-so/{known}/"))
    assert "Bạn có thể thanh toán đến" in known_page


def test_once_nobody_acts_for_the_applicant_they_are_asked_themselves(counter):
    code, nam = counter.file(copies=1).code, counter.actor("nam")
    number = uuid4()
    facts = {"applicant": nam.id, "agent": counter.actor("lan").id, "authority": number}
    Dossier.objects.filter(code=code).update(**facts)
    assert end_authority(str(number), agent=counter.actor("lan").id) == 1
    assert bill_to_pay(code, by=nam).subject == code
    assert bill_to_pay(code, by=counter.actor("lan")) is None


def test_a_result_drawn_while_the_leader_opens_it_again_is_not_kept(counter, monkeypatch):
    code, leader, drawn = counter.file().code, counter.actor("leader"), []
    counter.walk(code, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
    draw = results.paper_of

    def slowly(*facts):
        if not drawn:
            reopen(code, reason=WHY, by=leader, at=MONDAY)
        drawn.append(code)
        return draw(*facts)

    monkeypatch.setattr(results, "paper_of", slowly)
    results.issue_result(code, by=SYSTEM, at=MONDAY)
    assert Dossier.objects.get(code=code).result is None
    counter.walk(code, Step.PROPOSE, Step.APPROVE)
    results.issue_result(code, by=SYSTEM, at=MONDAY)
    assert Dossier.objects.get(code=code).result is not None
    assert len(drawn) == 2
