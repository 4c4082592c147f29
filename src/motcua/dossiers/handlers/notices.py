"""Each step that concerns the applicant is told: what happened, why, and what to do next."""

from datetime import datetime

from django.utils.timezone import localtime

from motcua.backbone.journal import listen
from motcua.dossiers.events import DossierFiled, DossierMoved, DueTimesMoved, PapersHandedBack
from motcua.dossiers.handlers.kinds import (
    APPOINTMENT,
    DUE_MOVED,
    FEE_LESS,
    FEE_MORE,
    FILED,
    MOVED,
    PAID,
    PAPERS_BACK,
    READY,
    REMINDED,
    REMINDED_FEE,
    TO_PAY,
)
from motcua.dossiers.queries.telling import Told, number_of_step, told_of, told_of_many
from motcua.dossiers.rules.lifecycle import Step
from motcua.notices.operations.kinds import Kind
from motcua.notices.operations.telling import tell
from motcua.payments.events import BillPaid


@listen(DossierFiled)
def tell_filed(event: DossierFiled, now: datetime) -> None:
    """Tell the applicant that the dossier is filed, and what to pay."""
    kind = TO_PAY if event.fee else FILED
    _tell(told_of(event.subject), kind, at=now, amount=str(event.fee))


@listen(BillPaid)
def tell_paid(event: BillPaid, now: datetime) -> None:
    """Tell the applicant that the fee has arrived."""
    told = told_of(event.subject.partition("/")[0])
    _tell(told, PAID, at=now, amount=str(event.amount), source=event.bill)


def _is_told(event: DossierMoved) -> bool:
    return Step(event.step) in MOVED


@listen(DossierMoved, when=_is_told)
def tell_moved(event: DossierMoved, now: datetime) -> None:
    """Tell the applicant of a step that concerns them."""
    step = Step(event.step)
    source = str(number_of_step(event.subject, step, event.reason))
    told = told_of(event.subject)
    facts = {"reason": event.reason, "due": event.due_at}
    _tell(told, MOVED[step], at=now, source=source, **facts)
    if changed := event.details.get("fee_changed"):
        more = int(changed[0])
        kind = FEE_MORE if more > 0 else FEE_LESS
        _tell(told, kind, at=now, source=source, amount=str(abs(more)))


@listen(DueTimesMoved)
def tell_due_times_moved(event: DueTimesMoved, now: datetime) -> None:
    """Tell each applicant that the calendar of the agency moved the due time."""
    for code, told in told_of_many(event.dossiers).items():
        due = event.dossiers[code]
        _tell(told, DUE_MOVED, at=now, source=due, due=due)


@listen(PapersHandedBack)
def tell_papers_back(event: PapersHandedBack, now: datetime) -> None:
    """Tell the applicant that the papers of a dossier that came to nothing went back."""
    _tell(told_of(event.subject), PAPERS_BACK, at=now)


def remind(told: Told, days: int, *, at: datetime) -> None:
    """Remind an applicant who is waited for; once for each number of ``days`` left."""
    assert told.wait_until is not None
    until = localtime(told.wait_until).isoformat()
    kind = REMINDED_FEE if told.awaits_fee else REMINDED
    _tell(told, kind, at=at, source=f"{until}:{days}", until=until)


def remind_of_appointment(told: Told, *, at: datetime) -> None:
    """Remind an applicant of an appointment, once for each due time."""
    _tell(told, READY if told.is_done else APPOINTMENT, at=at, source=told.due_at.isoformat())


def _tell(told: Told, kind: Kind, *, at: datetime, source: str = "", **facts: str) -> None:
    known = {
        "code": told.code,
        "procedure": told.title,
        "procedure_en": told.title_en,
        "due": localtime(told.due_at).isoformat(),
    }
    place = "bo-sung/" if kind is MOVED[Step.ASK_SUPPLEMENT] else ""
    for person in told.whom:
        tell(
            person,
            kind.name,
            subject=told.code,
            facts=known | facts,
            link=f"/ho-so/{told.code}/{place}",
            at=at,
            source=source,
        )
