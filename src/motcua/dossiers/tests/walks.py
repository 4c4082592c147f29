"""Dossiers that walk through the lifecycle at any moment and agency, and the slow way to count."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from motcua.dossiers.models import Dossier, DueMove, Transition
from motcua.dossiers.rules.clock import Timing, day_of, timing
from motcua.dossiers.rules.lifecycle import (
    BRINGS_IN,
    ENDS_OPINION,
    SETTLES,
    WAITING,
    State,
    Step,
    after,
)
from motcua.kernel.actors import Actor

WALKER = Actor("walker", "Người đi bộ")


@dataclass
class Walk:
    """One stored dossier and what it needs to take its next step."""

    dossier: Dossier
    waiting_from: State | None = None
    steps: list[Transition] = field(default_factory=list)
    moves: list[DueMove] = field(default_factory=list)

    @property
    def state(self):
        return State(self.dossier.state)

    def take(self, step, *, at, due_in=timedelta(0), agency="", late=False):
        """Take a step as the lifecycle has it, with what it changes besides the state."""
        before, target = self.state, after(self.state, step, waiting_from=self.waiting_from)
        if step not in ENDS_OPINION:
            self.waiting_from = before if target in WAITING else None
        dossier = self.dossier
        dossier.state = target
        dossier.agency = agency or dossier.agency
        dossier.due_at += due_in
        dossier.counted_late = dossier.counted_late or late
        if step is Step.APPROVE:
            dossier.done_at = at
        dossier.save()
        self.steps.append(_written(dossier, step, before=before, at=at))

    def move_due(self, due_in, *, at):
        """Move the due time as a changed calendar does: without a step."""
        self.dossier.due_at += due_in
        self.dossier.save()
        moved = DueMove.objects.create(dossier=self.dossier, at=at, due_at=self.dossier.due_at)
        self.moves.append(moved)


def filed(code, *, agency, at, due_at, channel=2, procedure="p1", arrived=None):
    """Keep a dossier as filing does; a letter may have ``arrived`` before."""
    dossier = Dossier.objects.create(
        code=code,
        agency=agency,
        procedure=procedure,
        title=f"Thủ tục {procedure}",
        pack="p",
        applicant="a",
        applicant_name="Nguyễn Thị Hương",
        filer="a",
        filer_name="Nguyễn Thị Hương",
        channel=channel,
        answers={},
        state=State.NEW,
        stage_role="clerk",
        limit={},
        source="test",
        reference=code,
        filed_at=arrived or at,
        entered_at=at if arrived else None,
        promised_at=due_at,
        due_at=due_at,
    )
    return Walk(dossier, steps=[_written(dossier, Step.FILE, before="", at=at)])


def _written(dossier, step, *, before, at):
    taken = Transition.of(dossier, step, by=WALKER, at=at, before=before)
    taken.save()
    return taken


def columns_of(walk: Walk, agencies, *, since: datetime, until: datetime):
    """
    Yield ``(came, stands, agency, procedure)`` of each stay that counts, from the whole history.

    The slow way, straight from the words of the law: what was known before ``until``, stay by
    stay; one that a transfer ended before then is no longer the old agency's. The end of an opinion
    changes nothing that counts.
    """
    known = [step for step in walk.steps if step.at < until and step.step not in ENDS_OPINION]
    begun: Transition | None = None
    for step in known:
        if Step(step.step) in BRINGS_IN:
            begun = step
        elif Step(step.step) in SETTLES and begun is not None:
            if step.at >= since and begun.agency in agencies:
                days = day_of(step.at), day_of(step.due_at)
                stands = timing(*days, counted_late=step.counted_late)
                yield _came(begun, since), stands.value, begun.agency, begun.procedure
            begun = None
    if begun is not None and begun.agency in agencies:
        stands = "overdue" if _overdue(walk, known[-1], until) else "within"
        yield _came(begun, since), stands, begun.agency, begun.procedure


def _came(begun, since):
    if begun.at < since:
        return "carried"
    return "online" if begun.channel == 2 else "direct"


def _overdue(walk, last, until):
    moved = [move.due_at for move in walk.moves if last.at <= move.at < until]
    due = moved[-1] if moved else last.due_at
    day = day_of(last.at if State(last.state) in WAITING else until)
    return timing(day, day_of(due), counted_late=last.counted_late) is Timing.LATE
