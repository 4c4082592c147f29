"""Requests to withdraw published versions."""

from dataclasses import dataclass, fields
from datetime import datetime

from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_
from motcua.studio.models import Withdrawal


class UnknownWithdrawal(NotFound):
    code = "studio.unknown-withdrawal"
    message = N_("Nobody asks to withdraw this. See the history of the procedure.")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request; ``confirmed`` is None as long as it is open."""

    id: int
    version: str
    code: str
    reason: str
    asked_by: str
    asked_by_name: str
    asked_at: datetime
    confirmed: bool | None
    decided_by_name: str
    decided_at: datetime | None
    note: str


_NAMES = tuple(field.name for field in fields(Asked))


def withdrawal(number: int, *, by: Actor) -> Asked:
    """
    Return a request.

    :raises UnknownWithdrawal: if there is none the actor may see
    """
    row = Withdrawal.objects.visible_to(by).filter(pk=number).values_list(*_NAMES).first()
    if row is None:
        raise UnknownWithdrawal
    return Asked(*row)


def open_withdrawals(*, by: Actor, limit: int = 50) -> tuple[Asked, ...]:
    """Return the requests that wait for a second administrator, the oldest first."""
    rows = Withdrawal.objects.visible_to(by).open().order_by("asked_at")
    return tuple(Asked(*row) for row in rows.values_list(*_NAMES)[:limit])


def withdrawals_of(code: str, *, by: Actor, limit: int = 50) -> tuple[Asked, ...]:
    """Return all requests about the versions of a procedure's pack, the latest first."""
    rows = Withdrawal.objects.visible_to(by).filter(code=code).order_by("-asked_at", "-id")
    return tuple(Asked(*row) for row in rows.values_list(*_NAMES)[:limit])
