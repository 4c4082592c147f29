"""Counting what the public may know, beforehand, so that no page has to."""

from collections import defaultdict
from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries.trees import levels_of_all
from motcua.backbone.transactions import one_transaction
from motcua.catalogue.queries.fields import fields_at
from motcua.dossiers.queries.milestones import tallies
from motcua.kernel.actors import Actor
from motcua.reporting.models import PublicMonth
from motcua.reporting.rules.periods import Period, last_months
from motcua.reporting.rules.served import Served


def count_public_months(*, by: Actor, at: datetime, again: bool = False) -> int:
    """
    Count the last twelve reporting months that are not final yet; return how many.

    :param again: count the final ones too, after dossiers of the past were added by hand
    """
    months = last_months(localtime(at).date())
    final = {month.last for month in months if not again and _is_final(month)}
    due = [month for month in months if month.last not in final]
    for month in due:
        _count(month, by=by, at=at)
    return len(due)


def _is_final(month: Period) -> bool:
    return PublicMonth.objects.filter(last=month.last, counted_at__gte=month.until).exists()


@one_transaction
def _count(month: Period, *, by: Actor, at: datetime) -> None:  # noqa: ARG001
    """Count one month; its rows are replaced whole, and a month without any gets one of zeros."""
    levels, until = levels_of_all(), min(month.until, at)
    found = tallies(list(levels), since=month.since, until=until)
    fields = fields_at(sorted({tally.procedure for tally in found}), at=until)
    sums: dict[tuple[str, str], Served] = defaultdict(Served)
    sums["", ""] = Served()
    for each in found:
        served = Served(
            received=each.online + each.direct,
            early=each.early,
            on_time=each.on_time,
            late=each.late,
            took=each.took,
        )
        sums[levels[each.agency], fields.get(each.procedure, "")] += served
    PublicMonth.objects.filter(last=month.last).delete()
    PublicMonth.objects.bulk_create(
        PublicMonth(
            last=month.last,
            level=level,
            field=field,
            received=served.received,
            early=served.early,
            on_time=served.on_time,
            late=served.late,
            took=served.took,
            counted_at=at,
        )
        for (level, field), served in sums.items()
    )
