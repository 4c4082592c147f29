"""People, bills and bank messages for tests."""

from datetime import UTC, datetime, timedelta

from motcua.kernel.actors import Actor, Role
from motcua.kernel.money import Dong
from motcua.payments.operations.billing import BillLine, issue_bill
from motcua.payments.rules.messages import BankMessage

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
HUONG = Actor("huong", "Nguyễn Thị Hương")
NAM = Actor("nam", "Trần Văn Nam")
AGENCY = "000.00.16.H57"
CLERK = Actor("clerk", "Cán bộ", AGENCY, frozenset({Role.CLERK}))
LEADER = Actor("leader", "Lãnh đạo", AGENCY, frozenset({Role.LEADER}))
OTHER_CLERK = Actor("other", "Cán bộ", "000.00.17.H57", frozenset({Role.CLERK, Role.LEADER}))
BANK = Actor.system("payments.sandbox")
CODE = "000.00.16.H57-261122-0018"
LINES = [
    BillLine("Lệ phí cấp bản sao", Dong(16000), "Fee for copies"),
    BillLine("Phí gửi trả", Dong(8000)),
]


def bill(subject=CODE, payer="huong", **more):
    return issue_bill(subject, LINES, payer=payer, agency=AGENCY, **{"by": HUONG, "at": AT, **more})


def message(reference="T1", amount=24000, **more):
    facts = {"attempt": "", "currency": "VND", "purpose": CODE, "paid_at": AT + timedelta(hours=1)}
    return BankMessage(reference=reference, amount=Dong(amount), **{**facts, **more})
