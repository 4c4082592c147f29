"""How good what members told is: the last score, its findings, the way it went."""

from dataclasses import dataclass
from datetime import date, datetime

from motcua.agencies.queries.first_level import first_level_name
from motcua.backbone.operators import operates
from motcua.kernel.actors import Actor
from motcua.sync.models import Quality, Stream
from motcua.sync.queries.streams import watched_top
from motcua.sync.rules.quality import Finding, Kind, NoScore

__all__ = [
    "Finding",
    "Kind",
    "MemberQuality",
    "NoScore",
    "QualityReport",
    "members_quality",
    "quality_of",
]

TREND = 90


@dataclass(frozen=True, slots=True)
class QualityReport:
    """
    A member's last score with what it is made of, and the scores of its days, oldest first.

    Where there is no ``score``, ``no_score`` says why; ``measured_at`` is None where nothing was
    measured yet.
    """

    member: str
    name: str
    score: int | None
    no_score: NoScore | None
    dossiers: int
    statuses: int
    findings: tuple[Finding, ...]
    trend: tuple[tuple[date, int], ...]
    measured_at: datetime | None


@dataclass(frozen=True, slots=True)
class MemberQuality:
    """A member in the list: its first-level code, name, last score and when it told last."""

    top: str
    name: str
    score: int | None
    no_score: NoScore | None
    dossiers: int
    statuses: int
    told_at: datetime | None


def quality_of(member: str, *, by: Actor) -> QualityReport:
    """
    Return how good what a member told is; one statement.

    :raises NotYourStreams: if the actor is another member or may not look at this one
    """
    top = watched_top(member, by=by)
    rows = list(Quality.objects.filter(member=top).order_by("-day")[:TREND])
    name, no_score = first_level_name(top), _no_score(rows[0] if rows else None)
    if not rows:
        return QualityReport(member, name, None, no_score, 0, 0, (), (), None)
    last = rows[0]
    return QualityReport(
        member=member,
        name=name,
        score=last.score,
        no_score=no_score,
        dossiers=last.dossiers,
        statuses=last.statuses,
        findings=tuple(
            Finding(Kind(kind), count, total, tuple(examples))
            for kind, count, total, examples in last.findings
        ),
        trend=tuple((row.day, row.score) for row in reversed(rows) if row.score is not None),
        measured_at=last.at,
    )


def members_quality(*, by: Actor) -> tuple[MemberQuality, ...]:
    """
    Return the members that ever told us anything and that the actor may look at; two statements.

    Who looks after the portal sees every member's score.
    """
    streams, scored = Stream.objects.all(), Quality.objects.all()
    if not operates(by):
        streams, scored = Stream.objects.visible_to(by), Quality.objects.visible_to(by)
    told = dict(streams.order_by("moved_at").values_list("member", "moved_at"))
    latest = scored.order_by("member", "-day").distinct("member")
    scores = {row.member: row for row in latest}
    found = []
    for top in sorted({*told, *scores}):
        row = scores.get(top)
        score = None if row is None else row.score
        dossiers, statuses = (0, 0) if row is None else (row.dossiers, row.statuses)
        name, last = first_level_name(top), told.get(top)
        why = _no_score(row)
        found.append(MemberQuality(top, name, score, why, dossiers, statuses, last))
    return tuple(found)


def _no_score(last: Quality | None) -> NoScore | None:
    if last is None:
        return NoScore.NOT_MEASURED
    return NoScore.NOTHING_TOLD if last.score is None else None
