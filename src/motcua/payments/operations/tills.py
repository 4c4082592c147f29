"""Begin a day with cash, and count it at the end."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import NoSuchOffice
from motcua.agencies.queries.agencies import office as office_named
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.money import Dong
from motcua.kernel.text import N_
from motcua.payments.events import TillClosed, TillOpened
from motcua.payments.models.tills import Till
from motcua.payments.queries.tills import sums_of_till

__all__ = ["Closed", "close_till", "open_till"]


class NoTillForYou(Forbidden):
    code = "payments.no-till-for-you"
    message = N_("Only the clerks of the one-stop desk take cash. Sign in with that post.")


class TillOpenAlready(Conflict):
    code = "payments.till-open-already"
    message = N_("Your till of {day} is still open. Count and close it first.")


class NoOpenTill(NotFound):
    code = "payments.no-open-till"
    message = N_("You have no open till. Open yours first.")


class NegativeCash(Invalid):
    code = "payments.negative-cash"
    message = N_("Give the amount in whole dong, from 0 on.")


class DifferenceUnexplained(Invalid):
    code = "payments.difference-unexplained"
    message = N_(
        "{expected:dong} should be in the till and {counted:dong} were counted. "
        "Count again, or say why they differ."
    )


@dataclass(frozen=True, slots=True)
class Closed:
    """How closing a till came out; a ``difference`` below nothing is missing."""

    till: int
    expected: Dong
    counted: Dong
    difference: Dong


@one_transaction
def open_till(office: int, start: Dong, *, by: Actor, at: datetime) -> int:
    """
    Open one's till at an office with what lies there to change; return its number.

    :raises NoTillForYou: if the actor is no clerk
    :raises NoSuchOffice: if the office is not one of the actor's agency
    :raises NegativeCash: if ``start`` is below nothing
    :raises TillOpenAlready: if an earlier one was not closed
    """
    if by.agency is None or not by.serves(by.agency, Role.CLERK):
        raise NoTillForYou
    if office_named(office).agency != by.agency:
        raise NoSuchOffice
    if start < Dong(0):
        raise NegativeCash
    new = Till(
        agency=by.agency,
        office_id=office,
        clerk=by.id,
        clerk_name=by.name,
        day=localtime(at).date(),
        start=start.amount,
        opened_at=at,
    )
    Till.objects.bulk_create([new], ignore_conflicts=True)
    till = my_till(by)
    if (till.office_id, till.opened_at) != (office, at):
        raise TillOpenAlready(day=f"{till.day:%d/%m/%Y}")
    opened = TillOpened(subject=till.agency, till=till.pk, office=office, start=till.start)
    announce(opened, by=by, at=at)
    return till.pk


@one_transaction
def close_till(counted: Dong, *, reason: str = "", by: Actor, at: datetime) -> Closed:
    """
    Close one's till with what was counted in it; a difference is told, explained and kept.

    :raises NoOpenTill: if one has none, or it was just closed
    :raises NegativeCash: if ``counted`` is below nothing
    :raises DifferenceUnexplained: if it is not what must be there and no reason is given
    """
    till = my_till(by)
    if counted < Dong(0):
        raise NegativeCash
    sums = sums_of_till(till.pk)
    difference = sums.difference(counted)
    reason = " ".join(reason.split())[:300]
    if difference != Dong(0) and not reason:
        raise DifferenceUnexplained(expected=sums.expected.amount, counted=counted.amount)
    till.closed_at, till.reason = at, reason
    till.expected, till.counted = sums.expected.amount, counted.amount
    till.save(update_fields=["closed_at", "reason", "expected", "counted"])
    closed = TillClosed(
        subject=till.agency,
        till=till.pk,
        expected=sums.expected.amount,
        counted=counted.amount,
        difference=difference.amount,
        reason=reason,
    )
    announce(closed, by=by, at=at)
    return Closed(till.pk, sums.expected, counted, difference)


def my_till(by: Actor) -> Till:
    """
    Return the actor's open till, held locked.

    :raises NoOpenTill: if there is none
    """
    till = Till.objects.visible_to(by).select_for_update().filter(clerk=by.id, closed_at=None)
    found = till.first()
    if found is None:
        raise NoOpenTill
    return found
