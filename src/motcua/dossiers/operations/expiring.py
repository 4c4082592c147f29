"""Stopping what its applicant let lie: the portal does it, with the reason."""

from datetime import datetime

from django.utils.timezone import localtime

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.charging import all_paid
from motcua.dossiers.operations.moving import locked, move
from motcua.dossiers.rules.lifecycle import WAITING, State, Step
from motcua.kernel.actors import Actor
from motcua.payments.queries.bills import bills_under

WHY = {
    State.SUPPLEMENT: "Đã quá ngày {day} mà người nộp chưa bổ sung hồ sơ theo yêu cầu.",
    State.PAYMENT: "Đã quá ngày {day} mà người nộp chưa nộp đủ phí, lệ phí.",
}
"""Why a dossier is stopped, as its applicant and its history read it: data of the dossier."""


@one_transaction
def expire(code: str, *, by: Actor, at: datetime) -> bool:
    """
    Stop a dossier whose applicant did not answer or pay in time; return whether it was.

    One that was answered meanwhile, or still has time, is left alone: asking again is harmless.
    So is one whose money has come, though the news of it is still on its way.

    :param by: the portal itself
    :raises NoSuchDossier: if there is none with this code
    """
    dossier = locked(code, by=by)
    state = State(dossier.state)
    if state not in WAITING or dossier.wait_until is None or at <= dossier.wait_until:
        return False
    bills = bills_under(code) if state is State.PAYMENT else ()
    if any(bill.is_paid for bill in bills) and all_paid(bills):
        return False
    day = localtime(dossier.wait_until).date()
    move(dossier, Step.EXPIRE, by=by, at=at, reason=WHY[state].format(day=f"{day:%d/%m/%Y}"))
    return True
