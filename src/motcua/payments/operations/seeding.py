"""Bills of made-up dossiers, in bulk: what was asked, the money that came, the tills it lies in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from random import Random
from typing import NamedTuple

import msgspec
from django.db import connection

from motcua.backbone.copying import NULL, copy_rows, escaped, new_keys
from motcua.backbone.transactions import one_transaction
from motcua.payments.adapters.registry import VENDORS, provider_names
from motcua.payments.models.bills import Bill, Receipt
from motcua.payments.models.tills import CashTaken, Till
from motcua.payments.operations.billing import OPEN_FOR
from motcua.payments.operations.cash import CASH
from motcua.payments.rules.believable import (
    CHANGE,
    counted_in,
    outcome_of,
    put_down,
    words_of_transfer,
)
from motcua.payments.rules.lines import BillLine, lines_kept, purpose_key, purpose_of
from motcua.payments.rules.settling import Verdict
from motcua.payments.rules.tills import receipt_number

__all__ = ["BillLine", "MadeBill", "MadeFee", "MadeTill", "seed_bills"]

BILL = (
    "id subject payer agency lines total received refund_due purpose purpose_key state issued_at "
    "expires_at paid_at"
).split()
RECEIPT = (
    "id provider reference bill_id amount currency purpose verdict counted refund_due paid_at "
    "heard_at heard_by"
).split()
CASH_TAKEN = "agency number till_id bill_id receipt_id amount given at".split()
TILL = (
    "id agency office_id clerk clerk_name day start opened_at closed_at expected counted reason"
).split()
HEARD_LATER = 0.04
"""How many transfers are heard of by the bank's statement, its call-back having been lost."""

_RESERVE = """
INSERT INTO payments_receiptnumber (agency, year, last)
SELECT * FROM unnest(%s::text[], %s::int[], %s::int[]) ORDER BY 1, 2
ON CONFLICT (agency, year) DO UPDATE SET last = payments_receiptnumber.last + EXCLUDED.last
RETURNING agency, year, last
"""


class MadeFee:
    """What all bills of a kind ask for: their lines as they are kept, and what these come to."""

    def __init__(self, lines: Sequence[BillLine]) -> None:
        self.total = sum(line.amount.amount for line in lines)
        self.text = escaped(msgspec.json.encode(lines_kept(lines)).decode())


class MadeTill(NamedTuple):
    """Whose till at an office took the cash, and from when to when it was open that day."""

    office: int
    clerk: str
    clerk_name: str
    opened_at: datetime
    closed_at: datetime


class MadeBill(NamedTuple):
    """
    What somebody was asked for: as in `issue_bill`, with what became of it.

    Paid it was by transfer, or in cash into ``till``; ``given_up``, nobody asks for it any more,
    and what came has to go back. Moments are in local time.
    """

    subject: str
    payer: str
    agency: str
    fee: MadeFee
    issued_at: datetime
    paid_at: datetime | None
    till: MadeTill | None
    given_up: bool


@one_transaction
def seed_bills(bills: Sequence[MadeBill]) -> None:
    """
    Write made-up bills, the money that came for them, and the tills that cash lies in.

    Written by COPY, in a few statements for all. Receipts of cash have the next numbers of their
    agency and year, in the order of the moments; tills are closed and counted. Each call opens
    tills of its own, so a day of an agency belongs into one call. They tell nobody.
    """
    rng = Random(bills[0].subject if bills else "")  # noqa: S311
    paid: list[_Paid] = []
    lines = [_bill_line(bill, _new_id(rng), paid) for bill in bills]
    paid.sort(key=attrgetter("at"))
    copy_rows(Bill, BILL, lines)
    _write_money(rng, paid)


class _Paid(NamedTuple):
    """A bill that was paid, with what its receipt has to say."""

    at: datetime
    bill: MadeBill
    id: str
    purpose: str
    key: str
    refund_due: int


def _new_id(rng: Random) -> str:
    """Return a UUID of version 4; `UUID` itself takes much longer."""
    drawn = f"{rng.getrandbits(128):032x}"
    return f"{drawn[:12]}4{drawn[13:16]}a{drawn[17:]}"


def _bill_line(bill: MadeBill, id: str, paid: list[_Paid]) -> str:  # noqa: A002
    """Return the row of a bill, noting what came for it in ``paid``."""
    fee, total = bill.fee, bill.fee.total
    purpose = purpose_of(bill.subject, id)
    key = purpose_key(purpose)
    stands = outcome_of(
        total,
        issued_at=bill.issued_at,
        paid_at=bill.paid_at,
        given_up=bill.given_up,
        open_for=OPEN_FOR,
    )
    paid_at = NULL
    if bill.paid_at is not None:
        paid_at = bill.paid_at.isoformat()
        paid.append(_Paid(bill.paid_at, bill, id, purpose, key, stands.refund_due))
    return (
        f"{id}\t{bill.subject}\t{bill.payer}\t{bill.agency}\t{fee.text}\t{total}\t"
        f"{stands.received}\t{stands.refund_due}\t{purpose}\t{key}\t{stands.state.value}\t"
        f"{bill.issued_at.isoformat()}\t{stands.expires_at.isoformat()}\t{paid_at}"
    )


def _write_money(rng: Random, paid: Sequence[_Paid]) -> None:
    """Write the receipts of what came, and the tills that have the cash among it."""
    books, bank = _Books(rng, paid), next(iter([*provider_names(), *VENDORS]))
    receipts = [
        _transfer_line(rng, bank, key, each)
        if each.bill.till is None
        else books.cash_line(key, each, each.bill.till)
        for key, each in zip(new_keys(Receipt, len(paid)), paid, strict=True)
    ]
    copy_rows(Receipt, RECEIPT, receipts)
    copy_rows(Till, TILL, books.till_lines())
    copy_rows(CashTaken, CASH_TAKEN, books.taken)


def _transfer_line(rng: Random, bank: str, key: int, paid: _Paid) -> str:
    if rng.random() < HEARD_LATER:
        heard_by, after = "statement", rng.randint(20, 70)
    else:
        heard_by, after = "call-back", rng.randint(1, 4)
    heard_at = (paid.at + timedelta(seconds=after)).isoformat()
    reference, words = f"FT{key:012}", words_of_transfer(rng, paid.key)
    return _receipt_line(key, f"{bank}\t{reference}", words, f"{heard_at}\t{heard_by}", paid)


def _receipt_line(key: int, told: str, purpose: str, heard: str, paid: _Paid) -> str:
    total = paid.bill.fee.total
    return (
        f"{key}\t{told}\t{paid.id}\t{total}\tVND\t{purpose}\t{Verdict.WHOLE.value}\t{total}\t"
        f"{paid.refund_due}\t{paid.at.isoformat()}\t{heard}"
    )


class _Book:
    """A till of a day while it fills."""

    def __init__(self, key: int, agency: str, till: MadeTill, start: int) -> None:
        self.key, self.agency, self.till, self.start = key, agency, till, start
        self.expected = start


class _Books:
    """The tills that cash lies in, by agency, clerk and day, and the numbers of its receipts."""

    def __init__(self, rng: Random, paid: Iterable[_Paid]) -> None:
        """Open the tills that are needed, and reserve the numbers."""
        cash = [(x.bill.agency, x.bill.till, x.at) for x in paid if x.bill.till is not None]
        wanted = {_place(agency, till): till for agency, till, _at in cash}
        keys = new_keys(Till, len(wanted))
        self.rng = rng
        self.books = {
            place: _Book(key, place[0], till, rng.choice(CHANGE))
            for key, (place, till) in zip(keys, wanted.items(), strict=True)
        }
        self.numbers = _numbers_before(Counter((agency, at.year) for agency, _till, at in cash))
        self.taken: list[str] = []

    def cash_line(self, key: int, paid: _Paid, till: MadeTill) -> str:
        """Return the receipt of what was taken, putting it into its till."""
        bill, at = paid.bill, paid.at.isoformat()
        book, total = self.books[_place(bill.agency, till)], bill.fee.total
        self.numbers[bill.agency, paid.at.year] += 1
        number = receipt_number(paid.at.year, self.numbers[bill.agency, paid.at.year])
        book.expected += total
        self.taken.append(
            f"{bill.agency}\t{number}\t{book.key}\t{paid.id}\t{key}\t{total}\t"
            f"{put_down(self.rng, total)}\t{at}"
        )
        told = f"{CASH}\t{bill.agency}:{number}"
        return _receipt_line(key, told, paid.purpose, f"{at}\ttill", paid)

    def till_lines(self) -> list[str]:
        """Return the rows of the tills, counted and closed."""
        return [self._till_line(book) for book in self.books.values()]

    def _till_line(self, book: _Book) -> str:
        till, (counted, reason) = book.till, counted_in(self.rng, book.expected)
        return (
            f"{book.key}\t{book.agency}\t{till.office}\t{till.clerk}\t{till.clerk_name}\t"
            f"{till.opened_at.date()}\t{book.start}\t{till.opened_at.isoformat()}\t"
            f"{till.closed_at.isoformat()}\t{book.expected}\t{counted}\t{reason}"
        )


def _place(agency: str, till: MadeTill) -> tuple[str, str, datetime]:
    return agency, till.clerk, till.opened_at


def _numbers_before(wanted: Counter[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """Reserve so many numbers of an agency and a year; return those before the first of them."""
    if not wanted:
        return {}
    rows = [(*place, count) for place, count in wanted.items()]
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, [list(column) for column in zip(*rows, strict=True)])
        return {
            (agency, year): last - wanted[agency, year] for agency, year, last in cursor.fetchall()
        }
