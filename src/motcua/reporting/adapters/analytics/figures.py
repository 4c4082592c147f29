"""
Form 06, what was served and where work stands, as Ibis expressions over the exported files.

They say the same as ``dossiers/queries/milestones.py`` and ``reporting/queries/load.py`` say to
PostgreSQL, and run unchanged on DuckDB, Spark and whatever else Ibis speaks to. Days are whole
days in Việt Nam, both ends included.
"""

from collections.abc import Collection
from datetime import date, datetime

import ibis
from ibis import Table, _
from ibis.expr.types import BooleanValue, IntegerScalar, StringValue

from motcua.reporting.adapters.analytics.engines import Tables

ONLINE = 2
"""The channel's number in national exchange."""
RECALLED = "recall"
"""The step by which the question for an opinion is taken back: it ends no work."""
ENDS_OPINION = (RECALLED, "consulted")
"""Steps after which a dossier stands as before, and waits as before where it waits."""


def form_06(
    tables: Tables, *, first: date, last: date, agencies: Collection[str] | None = None
) -> Table:
    """
    Return the eight counts of form 06, a line an agency and procedure.

    :param agencies: only these agencies, all where it is left out
    """
    stays = _settled_between(tables, first, last).union(_pending_after(tables, last))
    if agencies is not None:
        stays = stays.filter(_.agency.isin(list(agencies)))
    return stays.group_by("agency", "procedure").agg(
        online=_count((_.came_day >= first) & (_.channel == ONLINE)),
        direct=_count((_.came_day >= first) & (_.channel != ONLINE)),
        carried=_count(_.came_day < first),
        early=_count(_.stands == "early"),
        on_time=_count(_.stands == "on_time"),
        late=_count(_.stands == "late"),
        within=_count(_.stands == "within"),
        overdue=_count(_.stands == "overdue"),
    )


def form_06_by_field(tables: Tables, *, first: date, last: date, until: datetime) -> Table:
    """Return form 06, a line an agency and field; fields as they were just before ``until``."""
    lines = form_06(tables, first=first, last=last)
    fields = fields_at(tables, until)
    named = lines.left_join(fields, "procedure").mutate(field=_.field.fill_null(""))
    counts = ("online", "direct", "carried", "early", "on_time", "late", "within", "overdue")
    return named.group_by("agency", "field").agg(**{name: named[name].sum() for name in counts})


def served(tables: Tables) -> Table:
    """Return what was settled early, on time and late, by agency, procedure, reporting month."""
    return (
        _ended(tables)
        .group_by("agency", "procedure", month=_.ended_month)
        .agg(
            settled=_.count(),
            early=_count(_.stands == "early"),
            on_time=_count(_.stands == "on_time"),
            late=_count(_.stands == "late"),
        )
    )


def filed(tables: Tables) -> Table:
    """Return how many dossiers were filed, by agency, procedure and reporting month."""
    return (
        tables.steps.filter(_.step == "file")
        .group_by("agency", "procedure", month=_.reporting_month)
        .agg(filed=_.count())
    )


def bottlenecks(tables: Tables, *, agency: str, since: datetime) -> Table:
    """
    Return, for each work of an agency, the working time it took in dossiers settled since then.

    ``median`` and ``ninety`` are microseconds within which half and nine tenths were done (nearest
    rank).
    """
    steps = tables.steps.filter(_.step != RECALLED)
    settled = steps.filter(steps.settles & (steps.agency == agency) & (steps.at >= _moment(since)))
    walked = steps.semi_join(settled, "dossier").mutate(
        begun=_.worked.lag().over(_in_order()), worked=_.worked
    )
    spans = walked.filter((_.work != "") & (_.agency == agency) & _.begun.notnull()).mutate(
        took=ibis.greatest(_.worked - _.begun, ibis.literal(0, "int64"))
    )
    by_length = ibis.window(group_by="work", order_by=["took", "id"])
    ranked = spans.mutate(
        rank=ibis.row_number().over(by_length) + 1,
        of=_.count().over(ibis.window(group_by="work")),
    )
    return ranked.group_by("work").agg(
        done=_.count(),
        median=_.took.max(where=(_.rank - 1) * 2 < _.of),
        ninety=_.took.max(where=(_.rank - 1) * 10 < _.of * 9),
    )


def fields_at(tables: Tables, until: datetime) -> Table:
    """
    Return each procedure's field just before ``until``; of a later one its first.

    Two windows instead of one order: the latest version before, else the earliest of all.
    """
    known = tables.fields.mutate(before=_.valid_from.cast("timestamp('UTC')") < _moment(until))
    latest = _first(known.filter(_.before), [ibis.desc("valid_from")])
    earliest = _first(known, [ibis.asc("valid_from")]).anti_join(latest, "procedure")
    return latest.union(earliest)


def _moment(at: datetime) -> ibis.Value:
    return ibis.literal(at.isoformat()).cast("timestamp('UTC')")


def _first(versions: Table, order: list[ibis.Value]) -> Table:
    window = ibis.window(group_by="procedure", order_by=order)
    ranked = versions.mutate(place=ibis.row_number().over(window))
    return ranked.filter(_.place == 0).select("procedure", "field")


def _count(condition: BooleanValue) -> IntegerScalar:
    return condition.ifelse(1, 0).sum()


def _in_order() -> ibis.expr.builders.WindowBuilder:
    return ibis.window(group_by="dossier", order_by=["at", "id"])


def _stays(tables: Tables, last: date | None = None) -> Table:
    """Return each time at an agency, from what began it to what came next; ``last`` cuts off."""
    steps = tables.steps.filter(_.brings_in | _.settles)
    if last is not None:
        steps = steps.filter(_.day <= last)
    after = _in_order()
    walked = steps.mutate(
        settled=_.settles.lead().over(after),
        ended_day=_.day.lead().over(after),
        ended_month=_.reporting_month.lead().over(after),
        ended_due=_.due_day.lead().over(after),
        ended_late=_.counted_late.lead().over(after),
    )
    return walked.filter(_.brings_in)


def _ended(tables: Tables, last: date | None = None) -> Table:
    stays = _stays(tables, last).filter(_.settled.notnull() & _.settled)
    return stays.mutate(stands=_timing(stays))


def _timing(stays: Table) -> StringValue:
    return ibis.cases(
        (stays.ended_late | (stays.ended_day > stays.ended_due), "late"),
        (stays.ended_day < stays.ended_due, "early"),
        else_="on_time",
    )


def _settled_between(tables: Tables, first: date, last: date) -> Table:
    found = _ended(tables, last).filter(_.ended_day >= first)
    return found.select("agency", "procedure", "channel", "stands", came_day=_.day)


def _pending_after(tables: Tables, last: date) -> Table:
    """Return the stays open at the end of a day, with how they stand to their due day."""
    open_ = _stays(tables, last).filter(_.settled.isnull())
    stays = open_.select("dossier", "agency", "procedure", "channel", came_day=_.day)
    newest = ibis.window(group_by="dossier", order_by=[ibis.desc("at"), ibis.desc("id")])
    told = tables.steps.filter((_.day <= last) & _.step.notin(ENDS_OPINION))
    steps = told.mutate(place=ibis.row_number().over(newest))
    now = steps.filter(_.place == 0).select(
        "dossier",
        "waits",
        stepped_at=_.at,
        stepped_day=_.day,
        step_due=_.due_day,
        late=_.counted_late,
    )
    moves = tables.moves.filter(_.day <= last).mutate(place=ibis.row_number().over(newest))
    moved = moves.filter(_.place == 0).select("dossier", moved_at=_.at, moved_due=_.due_day)
    known = stays.inner_join(now, "dossier").left_join(moved, "dossier")
    later = known.moved_at.notnull() & (known.moved_at >= known.stepped_at)
    due = later.ifelse(known.moved_due, known.step_due)
    overdue = known.late | known.waits.ifelse(known.stepped_day > due, due <= ibis.literal(last))
    return known.select(
        "agency",
        "procedure",
        "channel",
        stands=overdue.ifelse("overdue", "within"),
        came_day=known.came_day,
    )
