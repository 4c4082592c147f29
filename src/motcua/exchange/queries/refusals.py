"""Calls that were refused: how many, by whom, why, and when last."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from motcua.exchange.models import RefusedCall
from motcua.exchange.queries.part import part_of
from motcua.exchange.rules.access import is_portal
from motcua.exchange.rules.refusals import BEGIN, REASON_OF, REASONS, Reason
from motcua.kernel.actors import Actor

__all__ = [
    "MOST",
    "REASONS",
    "REASON_OF",
    "Lately",
    "Reason",
    "Refused",
    "refused_calls",
    "refused_lately",
]

MOST = 100
_KEYS = ("member", "key", "provider", "service", "code")


@dataclass(frozen=True, slots=True)
class Refused:
    """
    Calls refused for one reason today, in the last 7 and in the last 30 days, today counted.

    ``member`` is who signed them or is said to, empty for nobody who takes part; ``key`` and
    ``service`` are empty where they are not known here. ``unproven`` of those in 30 days had no
    signature of that key that holds: somebody else may have sent them.
    """

    member: str
    key: str
    provider: str
    service: str
    code: str
    today: int
    week: int
    month: int
    unproven: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Lately:
    """A member whose calls were refused for one reason since yesterday, and how often."""

    member: str
    code: str
    calls: int
    last_at: datetime


def refused_calls(*, member: str = "", by: Actor, at: datetime) -> tuple[Refused, ...]:
    """
    Return what was refused here in 30 days, the latest first, at most ``MOST`` rows.

    Who runs the exchange sees all, others what their members sent or were sent. Two statements.

    :param member: narrows to what this one sent
    :raises NotOfTheExchange: if they have nothing to do with the exchange
    """
    today = localdate(at)
    rows = _seen(by).filter(day__gt=today - timedelta(days=30), day__lte=today)
    if member:
        rows = rows.filter(member=member)
    week = Q(day__gt=today - timedelta(days=7))
    found = rows.values(*_KEYS).annotate(
        today=Coalesce(Sum("calls", filter=Q(day=today)), 0),
        week=Coalesce(Sum("calls", filter=week), 0),
        month=Sum("calls"),
        unproven=Sum("calls") - Sum("proven"),
        last=Max("last_at"),
    )
    counted = ("today", "week", "month", "unproven", "last")
    return tuple(
        Refused(*row)
        for row in found.order_by("-last", *_KEYS).values_list(*_KEYS, *counted)[:MOST]
    )


def refused_lately(*, by: Actor, at: datetime) -> tuple[Lately, ...]:
    """
    Return which members' calls were refused often enough since yesterday to be told of.

    :raises NotOfTheExchange: if they have nothing to do with the exchange
    """
    since = localdate(at) - timedelta(days=1)
    found = _seen(by).filter(day__gte=since).exclude(member="").values("member", "code")
    counted = found.annotate(n=Sum("calls"), last=Max("last_at")).filter(n__gte=BEGIN)
    rows = counted.order_by("member", "code").values_list("member", "code", "n", "last")
    return tuple(Lately(*row) for row in rows)


def _seen(by: Actor) -> QuerySet[RefusedCall]:
    rows = RefusedCall.objects.all()
    if is_portal(by):
        return rows
    part = part_of(by=by)
    if part.operates:
        return rows
    return rows.filter(Q(member__in=part.members) | Q(provider__in=part.members))
