"""
Everything that can be done to a dossier once it is filed, for a machine to try in any order.

Not here: filing and drafts; runs over many, each of which takes one of these steps dossier by
dossier (test_bulk.py); giving to a colleague, who has to hold a post (test_giving.py); linked
filings (test_linked_orders.py); carrying dossiers between portals.
"""

from datetime import timedelta
from decimal import Decimal
from string import ascii_uppercase

from django.apps import apps

from motcua.dossiers.models import Dossier, HandOver, Opinion, Question
from motcua.dossiers.operations.asking import answer, ask
from motcua.dossiers.operations.charging import BillLine, ask_payment
from motcua.dossiers.operations.claiming import claim
from motcua.dossiers.operations.expiring import expire
from motcua.dossiers.operations.handovers import (
    hand_over,
    settle_hand_over,
    take_off_lists,
)
from motcua.dossiers.operations.holding import release, take_in_hand
from motcua.dossiers.operations.opinions import (
    View,
    ask_opinion,
    close_opinions,
    give_opinion,
    recall_opinion,
)
from motcua.dossiers.operations.paying import forget_payment, record_payment, stop_asking
from motcua.dossiers.operations.rating import rate
from motcua.dossiers.operations.reappointing import reappoint
from motcua.dossiers.operations.remarks import Finding, check_paper, mark_paper, write_note
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.operations.supplement import answer_supplement, attach_answer, detach_answer
from motcua.dossiers.operations.transferring import transfer
from motcua.dossiers.operations.waiving import waive_fee
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.remarks import Box, Verdict
from motcua.dossiers.tests.conftest import (
    CLERK,
    LAN,
    LEADER,
    OTHER,
    SPECIALIST,
    SYSTEM,
    WARD,
    a_file,
    official,
)
from motcua.kernel.actors import Role
from motcua.kernel.money import Dong
from motcua.kernel.worktime import Limit, Unit
from motcua.payments.queries.bills import State as BillState
from motcua.payments.queries.bills import bills_under

WHY = "Cần xác minh thêm tại địa phương."
FEE = BillLine("Phí thẩm định", Dong(50_000), "Appraisal fee", "Thông tư 1/2020/TT-BTC")
DAY = Limit(Decimal(1), Unit.WORKING_DAYS)
ASKED = {"papers": ["proof"], "fields": ["full_name"]}
THERE = {role: official(role, OTHER) for role in (Role.CLERK, Role.SPECIALIST, Role.LEADER)}


def supply(code, at):
    attach_answer(code, "proof", a_file(), by=LAN, at=at)
    name = f"Nguyễn Thị Lan {ascii_uppercase[at.day % 26]}"
    answer_supplement(code, {"full_name": name}, by=LAN, at=at)


def pay(code, at):
    for bill in bills_under(code):
        if not bill.is_paid and bill.state is not BillState.CANCELLED:
            model = apps.get_model("payments", "Bill").objects.filter(pk=bill.id)
            model.update(state=BillState.PAID, received=bill.total.amount, paid_at=at)
            record_payment(bill.subject, by=SYSTEM, at=at, paid_at=at)


def opinion(code, at):
    for each in Opinion.objects.filter(dossier__code=code, state="open"):
        give_opinion(str(each.pk), WHY, View.AGREES, by=THERE[Role.LEADER], at=at)


def plain(step):
    def take(code, at, who):
        details = ASKED if step is Step.ASK_SUPPLEMENT else None
        take_step(code, step, by=who, at=at, reason=WHY, details=details)

    return take


def cash_back(code, at):
    """Let the cash for a paid bill go back, so that it is owed again; the news of it comes."""
    for bill in bills_under(code):
        if bill.is_paid and bill.state is not BillState.CANCELLED:
            model = apps.get_model("payments", "Bill").objects.filter(pk=bill.id)
            model.update(state=BillState.OPEN, received=0, paid_at=None)
            forget_payment(bill.subject, by=SYSTEM, at=at)


def confirm(code, at, who):
    for made in HandOver.objects.filter(items__dossier__code=code, settled_at=None):
        settle_hand_over(made.pk, [code], {}, by=who, at=at)


def take_over(code, at):
    """Take a dossier over that was filed at the counter for somebody without an account."""
    claim(code, Dossier.objects.get(code=code).claim, by=LAN, at=at)


def answer_all(code, at, who):
    for question in Question.objects.filter(dossier__code=code, answered_at=None):
        answer(code, question.pk, WHY, by=who, at=at)


def recall_all(code, at, who):
    for each in Opinion.objects.filter(dossier__code=code, state="open"):
        recall_opinion(str(each.pk), by=who, at=at)


def change_mind(code, at):
    """Put a file into the answer and take it out again."""
    file = a_file()
    attach_answer(code, "proof", file, by=LAN, at=at)
    detach_answer(code, "proof", file, by=LAN, at=at)


def mark(code, at, who):
    file = Dossier.objects.get(code=code).papers["proof"][0]
    mark_paper(code, file, Box(), WHY, by=who, at=at)


def by_anybody(do):
    return lambda code, at, _who: do(code, at)


MOVES = {
    **{f"{step}": plain(step) for step in Step if step is not Step.FILE},
    "supplied": by_anybody(supply),
    "paid": by_anybody(pay),
    "opinion": by_anybody(opinion),
    "result": lambda code, at, _who: issue_result(code, by=SYSTEM, at=at),
    "expired": lambda code, at, _who: expire(code, by=SYSTEM, at=at),
    "fee": lambda code, at, who: ask_payment(code, [FEE], reason=WHY, by=who, at=at),
    "waive fee": lambda code, at, who: waive_fee(code, reason=WHY, by=who, at=at),
    "appoint": lambda code, at, who: reappoint(
        code,
        (at + timedelta(days=28)).replace(hour=10),
        reason=WHY,
        by=who,
        at=at,
    ),
    "pass on": lambda code, at, who: transfer(code, OTHER, reason=WHY, by=who, at=at),
    "pass back": lambda code, at, who: transfer(code, WARD, reason=WHY, by=who, at=at),
    "ask opinion": lambda code, at, who: ask_opinion(code, OTHER, WHY, [], DAY, by=who, at=at),
    "stop asking": lambda code, at, _who: stop_asking(code, by=SYSTEM, at=at),
    "cash back": by_anybody(cash_back),
    "close opinions": lambda code, at, _who: close_opinions(code, by=SYSTEM, at=at),
    "hand over": lambda code, at, who: hand_over([code], "", by=who, at=at),
    "confirm": confirm,
    "off lists": lambda code, at, _who: take_off_lists(code, by=SYSTEM, at=at),
    "in hand": lambda code, at, who: take_in_hand(code, by=who, at=at),
    "take over": by_anybody(take_over),
    "ask": lambda code, at, _who: ask(code, WHY, by=LAN, at=at),
    "answer": answer_all,
    "recall": recall_all,
    "change mind": by_anybody(change_mind),
    "rate": lambda code, at, _who: rate(code, 3, by=LAN, at=at),
    "note": lambda code, at, who: write_note(code, WHY, by=who, at=at),
    "mark": mark,
    "check": lambda code, at, who: check_paper(code, "proof", Finding(Verdict.OK), by=who, at=at),
    "lay down": lambda code, at, who: release(code, by=who, at=at),
    "open again": lambda code, at, who: reopen(code, reason=WHY, by=who, at=at),
}
PEOPLE = [CLERK, SPECIALIST, LEADER, LAN, SYSTEM, *THERE.values()]
