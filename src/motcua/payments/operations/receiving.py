"""Hear that money came, once however often it is told, and lose none of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.events import Event
from motcua.kernel.money import Dong
from motcua.payments.adapters.registry import provider as provider_named
from motcua.payments.events import BillPaid, BillPartPaid, MoneyUnmatched, RefundDue
from motcua.payments.models.bills import Attempt, Bill, Receipt
from motcua.payments.rules.lines import purpose_keys
from motcua.payments.rules.messages import BankMessage
from motcua.payments.rules.settling import SETTLED, Settled, State, Verdict, settle

log = structlog.get_logger("motcua.payments")


@dataclass(frozen=True, slots=True)
class Heard:
    """What hearing a message did: ``new`` is false when we knew it already."""

    verdict: Verdict
    new: bool


def hear_call_back(
    provider: str, headers: Mapping[str, str], body: bytes, *, by: Actor, at: datetime
) -> Heard:
    """
    Write down what a call-back says, if its bank sent it now and nobody changed it.

    :raises NoSuchProvider: if this portal does not use the provider
    :raises CallBackNotTrusted: if it is forged, altered or old
    :raises BadMessage: if the bank sent something else
    """
    message = provider_named(provider).read_call_back(headers, body, at=at)
    return record_receipt(provider, message, heard_by="call-back", by=by, at=at)


@one_transaction
def record_receipt(
    provider: str, message: BankMessage, *, heard_by: str, by: Actor, at: datetime
) -> Heard:
    """
    Write down money that a bank says came, and count it towards its bill.

    It is matched by our reference where the payer came through the bank's page, or by the
    purpose on the transfer. What fits no bill, or is not in dong, is kept and shown to officials.
    The same ``provider`` and reference told again changes nothing.

    :param heard_by: ``call-back``, ``statement`` or ``till``
    """
    bill = _bill_of(provider, message)
    known = Receipt.objects.filter(provider=provider, reference=message.reference).first()
    if known is not None:
        return Heard(Verdict(known.verdict), new=False)
    if bill is None:
        return _keep_unmatched(provider, message, heard_by=heard_by, by=by, at=at)
    return count_receipt(bill, provider, message, heard_by=heard_by, by=by, at=at)


def count_receipt(
    bill: Bill, provider: str, message: BankMessage, *, heard_by: str, by: Actor, at: datetime
) -> Heard:
    """Count new money towards a bill that the caller holds locked, and tell what it did."""
    before = State(bill.state)
    settled = settle(bill.standing, message.amount, paid_at=message.paid_at)
    bill.take(settled)
    if settled.state in SETTLED and before not in SETTLED:
        bill.paid_at = message.paid_at
    bill.save(update_fields=["state", "received", "refund_due", "paid_at"])
    facts = _facts(message, heard_by, at, settled, bill)
    Receipt.objects.create(provider=provider, reference=message.reference, **facts)
    for event in _news(bill, before, settled):
        announce(event, by=by, at=at)
    log.info("payments.heard", provider=provider, reference=message.reference, by=heard_by)
    return Heard(settled.verdict, new=True)


def _bill_of(provider: str, message: BankMessage) -> Bill | None:
    if message.currency != "VND":
        return None
    locked = Bill.objects.select_for_update()
    if message.attempt:
        tried = Attempt.objects.filter(provider=provider, reference=message.attempt)
        if (bill := locked.filter(pk__in=tried.values("bill")).first()) is not None:
            return bill
    found = list(locked.filter(purpose_key__in=purpose_keys(message.purpose))[:2])
    return found[0] if len(found) == 1 else None


def _keep_unmatched(
    provider: str, message: BankMessage, *, heard_by: str, by: Actor, at: datetime
) -> Heard:
    nothing = Settled(State.OPEN, Verdict.UNMATCHED, Dong(0), message.amount)
    facts = _facts(message, heard_by, at, nothing, None)
    kept, new = Receipt.objects.get_or_create(
        provider=provider, reference=message.reference, defaults=facts
    )
    if not new:
        return Heard(Verdict(kept.verdict), new=False)
    log.warning("payments.unmatched", provider=provider, reference=message.reference)
    subject = f"{provider}:{message.reference}"[:80]
    announce(MoneyUnmatched(subject=subject, amount=kept.amount), by=by, at=at)
    return Heard(Verdict.UNMATCHED, new=True)


def _facts(
    message: BankMessage, heard_by: str, at: datetime, settled: Settled, bill: Bill | None
) -> dict[str, Any]:
    return {
        "bill": bill,
        "attempt": message.attempt,
        "amount": message.amount.amount,
        "currency": message.currency,
        "purpose": message.purpose,
        "verdict": settled.verdict,
        "counted": settled.counted.amount,
        "refund_due": settled.refund_due.amount,
        "paid_at": message.paid_at,
        "heard_at": at,
        "heard_by": heard_by,
    }


def _news(bill: Bill, before: State, settled: Settled) -> list[Event]:
    subject, id = bill.subject, str(bill.pk)  # noqa: A001
    news: list[Event] = []
    if bill.paid_at is not None and before not in SETTLED and settled.state in SETTLED:
        paid_at = bill.paid_at.isoformat()
        news.append(BillPaid(subject=subject, bill=id, amount=bill.total, paid_at=paid_at))
    if settled.verdict is Verdict.PART:
        left = bill.total - bill.received
        part = BillPartPaid(subject=subject, bill=id, received=bill.received, outstanding=left)
        news.append(part)
    if settled.refund_due > Dong(0):
        due, why = settled.refund_due.amount, settled.verdict.value
        news.append(RefundDue(subject=subject, bill=id, amount=due, reason=why))
    return news
