"""When an agency's calendar changes, what is still open there is due by the new one."""

from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime

from motcua.agencies.queries.calendars import calendar_of
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import AnswersOwedMoved, DueTimesMoved
from motcua.dossiers.models import Dossier, DueMove, Opinion, Question
from motcua.dossiers.operations.waiting import (
    answer_until_again,
    due_again,
    stage_due_again,
    wait_until_again,
)
from motcua.dossiers.rules.clock import limit_from
from motcua.dossiers.rules.lifecycle import UNSETTLED, State
from motcua.dossiers.rules.opinions import OpinionState
from motcua.dossiers.rules.questions import ANSWERED_WITHIN
from motcua.kernel.actors import Actor
from motcua.kernel.worktime import WorkingCalendar, due_at
from motcua.payments.operations.billing import let_pay_until

BATCH = 500


def follow_calendar(agency: str, *, by: Actor, at: datetime) -> int:
    """
    Work out again when every open dossier of ``agency`` is due; return how many moved.

    Limits of stages, of answers to filings and of waits for applicants follow, too, and so do the
    opinions asked of the agency and the questions it has not answered. Batches of 500, each one
    transaction and one journal entry; doing it again moves nothing.
    """
    moved, last = 0, 0
    while True:
        seen, changed, last = _batch(agency, last, by=by, at=at)
        moved += changed
        if seen < BATCH:
            break
    opinion: UUID | None = UUID(int=0)
    while opinion is not None:
        opinion = _opinions(agency, opinion, by=by, at=at)
    question: int | None = 0
    while question is not None:
        question = _questions(agency, question, by=by, at=at)
    return moved


@one_transaction
def _batch(agency: str, after: int, *, by: Actor, at: datetime) -> tuple[int, int, int]:
    open_there = Dossier.objects.filter(agency=agency, state__in=[s.value for s in UNSETTLED])
    rows = list(open_there.filter(id__gt=after).order_by("id").select_for_update()[:BATCH])
    calendar = calendar_of(agency)
    changed, others, was = [], [], {}
    for dossier in rows:
        due, inner = due_again(dossier, calendar), _inner(dossier, calendar)
        if inner != (dossier.stage_due_at, dossier.wait_until, dossier.answer_until):
            _let_pay(dossier, until=inner[1])
            dossier.stage_due_at, dossier.wait_until, dossier.answer_until = inner
            others.append(dossier)
        if due != dossier.due_at:
            was[dossier.pk], dossier.due_at = dossier.due_at, due
            dossier.version += 1
            changed.append(dossier)
    if others:
        Dossier.objects.bulk_update(others, ["stage_due_at", "wait_until", "answer_until"])
    if changed:
        Dossier.objects.bulk_update(changed, ["due_at", "version"])
        DueMove.objects.bulk_create(
            DueMove(dossier=d, at=at, was_due_at=was[d.pk], due_at=d.due_at, version=d.version)
            for d in changed
        )
        due_times = {d.code: localtime(d.due_at).isoformat() for d in changed}
        announce(DueTimesMoved(subject=agency, dossiers=due_times), by=by, at=at)
    return len(rows), len(changed), rows[-1].pk if rows else after


@one_transaction
def _opinions(agency: str, after: UUID, *, by: Actor, at: datetime) -> UUID | None:
    """Let the next opinions asked of it follow; return the last of them, None after the last."""
    asked = Opinion.objects.filter(agency=agency, state=OpinionState.OPEN, pk__gt=after)
    rows = list(asked.order_by("pk").select_for_update()[:BATCH])
    calendar, moved = calendar_of(agency), []
    for opinion in rows:
        until = due_at(localtime(opinion.asked_at), limit_from(opinion.limit), calendar)
        if until > opinion.due_at:
            opinion.due_at = until
            moved.append(opinion)
    if moved:
        Opinion.objects.bulk_update(moved, ["due_at"])
        by_id = {str(each.pk): localtime(each.due_at).isoformat() for each in moved}
        announce(AnswersOwedMoved(subject=agency, opinions=by_id), by=by, at=at)
    return rows[-1].pk if rows else None


@one_transaction
def _questions(agency: str, after: int, *, by: Actor, at: datetime) -> int | None:
    """Let the next questions it has to answer follow; return the last, None after the last."""
    asked = Question.objects.filter(dossier__agency=agency, answered_at=None, pk__gt=after)
    rows = list(asked.order_by("pk").select_for_update(of=("self",))[:BATCH])
    calendar, moved = calendar_of(agency), []
    for question in rows:
        until = due_at(localtime(question.at), ANSWERED_WITHIN, calendar)
        if until > question.answer_by:
            question.answer_by = until
            moved.append(question)
    if moved:
        Question.objects.bulk_update(moved, ["answer_by"])
        by_number = {str(each.pk): localtime(each.answer_by).isoformat() for each in moved}
        announce(AnswersOwedMoved(subject=agency, questions=by_number), by=by, at=at)
    return rows[-1].pk if rows else None


def _let_pay(dossier: Dossier, *, until: datetime | None) -> None:
    """Let who is waited for because of a fee pay it for as long."""
    if until is not None and until != dossier.wait_until and dossier.state == State.PAYMENT:
        let_pay_until(dossier.code, until)


def _inner(dossier: Dossier, calendar: WorkingCalendar) -> tuple[datetime | None, ...]:
    """Return by when its stage is over, its applicant answers, and its filing is answered."""
    return (
        stage_due_again(dossier, calendar),
        wait_until_again(dossier, calendar),
        answer_until_again(dossier, calendar),
    )
