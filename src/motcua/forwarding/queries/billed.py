"""The bills of a dossier that was handed on to us, as its applicant elsewhere may pay them."""

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import names_of
from motcua.forwarding.rules.answers import Account, BillTold, FeeLine
from motcua.kernel.scope import for_rooms
from motcua.payments.queries.bills import PAYABLE, BillSeen, bills_under
from motcua.payments.queries.ways import way_to_pay

__all__ = ["bills_told"]


@for_rooms
def bills_told(code: str) -> list[BillTold]:
    """Return every bill of a dossier of ours, the oldest first, with where to transfer to."""
    bills = bills_under(code)
    names = names_of({bill.agency for bill in bills}) if bills else {}
    return [_told(bill, names.get(bill.agency, bill.agency)) for bill in bills]


def _told(bill: BillSeen, payee: str) -> BillTold:
    return BillTold(
        id=bill.id,
        subject=bill.subject,
        payee=payee,
        total=bill.total.amount,
        state=bill.state.value,
        issued_at=localtime(bill.issued_at),
        expires_at=localtime(bill.expires_at),
        received=bill.received.amount,
        refund_due=bill.refund_due.amount,
        purpose=bill.purpose,
        paid_at=localtime(bill.paid_at) if bill.paid_at else None,
        lines=[FeeLine(x.title, x.amount.amount, x.title_en, x.legal) for x in bill.lines],
        account=_account(bill) if bill.state in PAYABLE else None,
    )


def _account(bill: BillSeen) -> Account | None:
    way = way_to_pay(bill)
    if way is None:
        return None
    to = way.account
    return Account(to.bin, to.bank, to.number, to.holder, way.code, way.origin)
