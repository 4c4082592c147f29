"""Forget what the gateway needs no more, and make room for the months to come."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.timezone import localdate

from motcua.exchange.models import Nonce, RefusedCall, Usage

MINUTES_KEPT = timedelta(days=2)
REFUSED_KEPT = timedelta(days=31)
MONTHS_AHEAD = 3


def forget_old(*, at: datetime) -> int:
    """
    Delete signatures that have expired anyway, and counts of what is long over; return how many.

    Counts by the minute are kept for two days, those of refused calls for a month.
    """
    used = Nonce.objects.filter(until__lt=at).delete()[0]
    counts = Usage.objects.filter(period="m", starts__lt=at - MINUTES_KEPT).delete()[0]
    refused = RefusedCall.objects.filter(day__lt=localdate(at) - REFUSED_KEPT).delete()[0]
    return used + counts + refused


def make_months(*, at: datetime) -> list[str]:
    """Make the log's partitions of this month and the three after it; return the new ones."""
    made = list[str]()
    first = at.year * 12 + at.month - 1
    with connection.cursor() as cursor:
        for month in range(first, first + MONTHS_AHEAD + 1):
            name = f"exchange_logentry_{month // 12}_{month % 12 + 1:02}"
            cursor.execute("SELECT to_regclass(%s) IS NULL", [name])
            (missing,) = cursor.fetchone() or (False,)
            if missing:
                cursor.execute(_month(name, month))
                made.append(name)
    return made


def _month(name: str, month: int) -> str:
    since, until = (f"{each // 12}-{each % 12 + 1:02}-01 00:00+00" for each in (month, month + 1))
    return (
        f"CREATE TABLE {name} PARTITION OF exchange_logentry "
        f"FOR VALUES FROM ('{since}') TO ('{until}') WITH (fillfactor = 70)"
    )
