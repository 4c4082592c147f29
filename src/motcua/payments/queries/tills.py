"""What is in a till, what went through it, and how each day came out."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, Sum

from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import NotFound
from motcua.kernel.money import Dong
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_
from motcua.payments.models.tills import CashTaken, Till, TillQuerySet
from motcua.payments.rules.tills import TillSums

__all__ = [
    "CashSeen",
    "NoSuchTill",
    "TillSeen",
    "cash_receipt",
    "my_open_till",
    "sums_of_till",
    "till",
    "tills_of",
]


class NoSuchTill(NotFound):
    code = "payments.no-such-till"
    message = N_("There is no such till, or it is a colleague's. Open the list of the day.")


@dataclass(frozen=True, slots=True)
class CashSeen:
    """Cash that was taken; given back where ``back_at`` says when."""

    number: str
    subject: str
    bill: str
    payer: str
    till: int
    back_from: int | None
    amount: Dong
    given: Dong
    at: datetime
    clerk_name: str
    back_at: datetime | None
    back_by_name: str
    back_reason: str

    @property
    def change(self) -> Dong:
        """Return what the payer got back at once."""
        return Dong(self.given.amount - self.amount.amount)


@dataclass(frozen=True, slots=True)
class TillSeen:
    """A till of one day; ``difference`` is there once it is closed, below nothing is missing."""

    id: int
    office: int
    clerk: str
    clerk_name: str
    day: date
    opened_at: datetime
    closed_at: datetime | None
    sums: TillSums
    counted: Dong | None
    difference: Dong | None
    reason: str
    lines: tuple[CashSeen, ...] = ()


def my_open_till(*, by: Actor) -> TillSeen | None:
    """Return the actor's own open till with what went through it, the latest first."""
    row = Till.objects.visible_to(by).filter(clerk=by.id, closed_at=None).first()
    return None if row is None else _seen([row], with_lines=True)[0]


def till(id: int, *, by: Actor) -> TillSeen:  # noqa: A002
    """
    Return a till and what went through it: one's own; any of the agency for those who oversee.

    :raises NoSuchTill: if there is none, or it is not the actor's to see
    """
    row = _allowed(by).filter(pk=id).first()
    if row is None:
        raise NoSuchTill
    return _seen([row], with_lines=True)[0]


def tills_of(day: date, *, by: Actor) -> tuple[TillSeen, ...]:
    """Return the agency's tills of a day with their sums, as they were opened; three statements."""
    return _seen(list(_allowed(by).filter(day=day).order_by("id")), with_lines=False)


def cash_receipt(number: str, *, by: Actor) -> CashSeen | None:
    """Return what was taken under a number by the actor's agency, if anything."""
    found = CashTaken.objects.visible_to(by).filter(number=number)
    row = found.select_related("bill", "till").first()
    return None if row is None else _cash(row)


@for_rooms
def sums_of_till(id: int) -> TillSums:  # noqa: A002
    """Return what went through a till so far; two statements."""
    return _sums(list(Till.objects.filter(pk=id)))[id]


def _allowed(by: Actor) -> TillQuerySet:
    """Keep one's own tills, and all of the agency for those who oversee it."""
    mine = Till.objects.visible_to(by)
    oversees = by.agency is not None and by.serves(by.agency, Role.LEADER, Role.AUDITOR)
    return mine if oversees else mine.filter(clerk=by.id)


def _seen(rows: list[Till], *, with_lines: bool) -> tuple[TillSeen, ...]:
    sums = _sums(rows)
    lines = _lines(rows) if with_lines else ()
    return tuple(
        TillSeen(
            id=row.pk,
            office=row.office_id,
            clerk=row.clerk,
            clerk_name=row.clerk_name,
            day=row.day,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            sums=sums[row.pk],
            counted=None if row.counted is None else Dong(row.counted),
            difference=None
            if row.counted is None or row.expected is None
            else Dong(row.counted - row.expected),
            reason=row.reason,
            lines=lines,
        )
        for row in rows
    )


def _lines(rows: list[Till]) -> tuple[CashSeen, ...]:
    """Return what came into tills, and what left them that had come into others."""
    ids = [row.pk for row in rows]
    through = CashTaken.objects.filter(Q(till__in=ids) | Q(back_from__in=ids))
    return tuple(_cash(x) for x in through.select_related("bill", "till").order_by("-id"))


def _sums(rows: list[Till]) -> dict[int, TillSums]:
    ids = [row.pk for row in rows]
    cash = CashTaken.objects.order_by()
    taken = cash.filter(till__in=ids).values("till").annotate(sum=Sum("amount"), count=Count("pk"))
    back = cash.filter(back_from__in=ids).values("back_from").annotate(sum=Sum("amount"))
    came = {x["till"]: (x["sum"], x["count"]) for x in taken}
    gone = {x["back_from"]: x["sum"] for x in back}
    return {
        row.pk: TillSums(
            Dong(row.start),
            Dong(came.get(row.pk, (0, 0))[0]),
            Dong(gone.get(row.pk, 0)),
            came.get(row.pk, (0, 0))[1],
        )
        for row in rows
    }


def _cash(row: CashTaken) -> CashSeen:
    return CashSeen(
        number=row.number,
        subject=row.bill.subject,
        bill=str(row.bill_id),
        payer=row.bill.payer,
        till=row.till_id,
        back_from=row.back_from_id,
        amount=Dong(row.amount),
        given=Dong(row.given),
        at=row.at,
        clerk_name=row.till.clerk_name,
        back_at=row.back_at,
        back_by_name=row.back_by_name,
        back_reason=row.back_reason,
    )
