"""Measuring how good what a member told is: each night, and when somebody asks."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Min
from django.utils.timezone import localtime, make_aware

from motcua.backbone.jobs import jobs
from motcua.backbone.transactions import one_transaction
from motcua.catalogue.queries.procedures import procedures
from motcua.kernel.actors import Actor
from motcua.sync.models import Quality, Stream, measures
from motcua.sync.rules.access import check_reads
from motcua.sync.rules.mending import fields_in
from motcua.sync.rules.quality import (
    Finding,
    Kind,
    first_of_last_days,
    is_mass,
    score_of,
    unused_in,
    years_at,
)

__all__ = ["ask_to_measure", "measure_quality", "members_told"]


@one_transaction
def measure_quality(top: str, *, by: Actor, at: datetime) -> int | None:
    """
    Measure what a member told of this year and the last, and keep the score of the day.

    Where nothing was told of them there is nothing to judge, and no score.

    :param top: the member's first-level code
    :raises NotYourMember: if the actor may not look at it
    """
    check_reads(top, by=by)
    day, years = localtime(at).date(), years_at(localtime(at))
    counts = measures.counted_statuses(years, top)
    dossiers, persons = measures.counted_persons(years, top)
    findings = [
        *_of_persons(dossiers, persons),
        _of_unread(years, top),
        *_of_statuses(counts),
        *_of_times(years, top),
        _of_quarter_end(years, top, at=at),
        *_of_procedures(years, top),
    ]
    statuses = sum(counts.values())
    score = score_of(findings) if dossiers or statuses else None
    Quality.objects.update_or_create(
        member=top,
        day=day,
        defaults={
            "score": score,
            "dossiers": dossiers,
            "statuses": statuses,
            "findings": [[x.kind, x.count, x.total, list(x.examples)] for x in findings if x.count],
            "at": at,
        },
    )
    return score


def ask_to_measure(top: str, *, by: Actor) -> None:
    """
    Have a member measured by the worker as soon as it can.

    :raises NotYourMember: if the actor may not look at it
    """
    check_reads(top, by=by)
    jobs.configure_task("sync.measure-quality").defer(top=top)


def members_told() -> list[str]:
    """Return the first-level codes of the members that ever told us anything."""
    return list(Stream.objects.order_by("member").values_list("member", flat=True).distinct())


def _of_persons(total: int, persons: list[tuple[int, tuple[str, ...]]]) -> Iterator[Finding]:
    kinds = (Kind.DUMMY_PERSON, Kind.NO_PERSON, Kind.WRONG_PERSON)
    for kind, (count, examples) in zip(kinds, persons, strict=True):
        yield Finding(kind, count, total, examples)


def _of_unread(years: list[int], top: str) -> Finding:
    """Name the fields that could not be read, then dossiers that lack one."""
    (total, count, examples), marks = measures.values_unread(years, top)
    return Finding(Kind.UNREAD, count, total, (*fields_in(marks), *examples))


def _of_statuses(counts: dict[int, int]) -> Iterator[Finding]:
    unused = unused_in(counts)
    yield Finding(Kind.UNUSED_STATUS, len(unused), 10, tuple(map(str, unused)))


def _of_times(years: list[int], top: str) -> Iterator[Finding]:
    for kind, measure in (
        (Kind.NO_END, measures.ends_missing),
        (Kind.BACKWARDS, measures.going_backwards),
        (Kind.BEFORE_FILING, measures.statuses_before_filing),
        (Kind.FROM_FUTURE, measures.statuses_of_the_future),
        (Kind.NO_DOSSIER, measures.statuses_without_dossier),
    ):
        total, count, examples = measure(years, top)
        yield Finding(kind, count, total, examples)


def _of_quarter_end(years: list[int], top: str, *, at: datetime) -> Finding:
    """
    Look for dossiers known before that were changed by masses in a quarter's last days.

    What is told of a dossier at first is how it came to be here, be it years of it at once. A
    member that began in the quarter is judged by the days since.
    """
    since, until = first_of_last_days(localtime(at).date())
    _, quarter = first_of_last_days(since)
    total, count, examples = measures.changes_between(
        years, top, _midnight(since), _midnight(until), quarter=_midnight(quarter)
    )
    begun = Stream.objects.filter(member=top).aggregate(at=Min("begun_at"))["at"]
    first = max(quarter, localtime(begun).date()) if begun else quarter
    mass = count if is_mass(count, total, days=(until - first).days) else 0
    return Finding(Kind.QUARTER_END, mass, total, examples)


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))


def _of_procedures(years: list[int], top: str) -> Iterator[Finding]:
    """Compare with the catalogue; a province's own copy of a procedure carries its id behind."""
    told = measures.procedures_told(years, top)
    usual = {code: ".".join(code.split(".")[:2]) for code, *_ in told}
    known = {hit.code for hit in procedures(sorted({*usual, *usual.values()}))}
    odd = [row for row in told if row[0] not in known and usual[row[0]] not in known]
    count, total = sum(row[1] for row in odd), sum(row[1] for row in told)
    yield Finding(Kind.UNKNOWN_PROCEDURE, count, total, tuple(row[2] for row in odd[:5]))
