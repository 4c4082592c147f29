"""Each step that concerns the applicant is told: what happened, why, and what to do next."""

from datetime import datetime

from django.utils.timezone import localtime

from motcua.backbone.journal import listen
from motcua.dossiers.events import DossierFiled, DossierMoved
from motcua.dossiers.queries.telling import Told, number_of_step, told_of
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell
from motcua.payments.events import BillPaid

OPEN_IT = N_("Open the dossier")

FILED = Kind(
    "dossiers.filed",
    N_("You filed {code}"),
    N_("{procedure}: the result is promised for {due:moment}. You will be told about each step."),
    OPEN_IT,
)
TO_PAY = Kind(
    "dossiers.filed-to-pay",
    N_("You filed {code}: pay the fee next"),
    N_("{procedure}: pay {amount:dong}, then the one-stop desk can accept the dossier."),
    N_("Pay the fee"),
)
PAID = Kind(
    "dossiers.paid",
    N_("The fee of {code} has arrived"),
    N_("{procedure}: {amount:dong} has arrived. You need not do anything now."),
    OPEN_IT,
)
MOVED: dict[Step, Kind] = {
    Step.ACCEPT: Kind(
        "dossiers.accepted",
        N_("{code} was accepted"),
        N_("{procedure}: the one-stop desk accepted it. The result is promised for {due:moment}."),
        OPEN_IT,
    ),
    Step.REFUSE: Kind(
        "dossiers.refused",
        N_("{code} was not accepted"),
        N_("{procedure}: the one-stop desk did not accept it. It writes: {reason}"),
        OPEN_IT,
    ),
    Step.ASK_SUPPLEMENT: Kind(
        "dossiers.supplement-asked",
        N_("{code}: the agency needs something from you"),
        N_("{procedure}: {reason} Until you answer, the time limit stands still."),
        N_("Send it now"),
    ),
    Step.SUPPLY: Kind(
        "dossiers.supplied",
        N_("{code}: the agency has what you sent"),
        N_("{procedure}: the clock runs again. The result is promised for {due:moment}."),
        OPEN_IT,
        mail=False,
    ),
    Step.ASK_PAYMENT: Kind(
        "dossiers.payment-asked",
        N_("{code}: the agency asks for the fee"),
        N_("{procedure}: {reason} Until it arrives, the time limit stands still."),
        N_("Pay the fee"),
    ),
    Step.APPROVE: Kind(
        "dossiers.approved",
        N_("{code} was approved"),
        N_("{procedure}: the leader approved it. The one-stop desk returns the result next."),
        OPEN_IT,
    ),
    Step.STOP: Kind(
        "dossiers.stopped",
        N_("{code}: the agency stopped processing it"),
        N_("{procedure}: the agency stopped. It writes: {reason}"),
        OPEN_IT,
    ),
    Step.WITHDRAW: Kind(
        "dossiers.withdrawn",
        N_("You withdrew {code}"),
        N_("{procedure}: nothing more happens to it. You may file again at any time."),
        OPEN_IT,
        mail=False,
    ),
    Step.RETURN: Kind(
        "dossiers.returned",
        N_("The result of {code} is here"),
        N_("{procedure}: download your result, and tell the agency how satisfied you are."),
        N_("Download your result"),
    ),
}
"""Steps that the applicant is told of; the others are the agency's own."""

register_kinds(FILED, TO_PAY, PAID, *MOVED.values())


@listen(DossierFiled)
def tell_filed(event: DossierFiled, now: datetime) -> None:
    """Tell the applicant that the dossier is filed, and what to pay."""
    kind = TO_PAY if event.fee else FILED
    _tell(event.subject, kind, told_of(event.subject), at=now, amount=str(event.fee))


@listen(BillPaid)
def tell_paid(event: BillPaid, now: datetime) -> None:
    """Tell the applicant that the fee has arrived."""
    told = told_of(event.subject)
    _tell(event.subject, PAID, told, at=now, amount=str(event.amount), source=event.bill)


def _is_told(event: DossierMoved) -> bool:
    return Step(event.step) in MOVED


@listen(DossierMoved, when=_is_told)
def tell_moved(event: DossierMoved, now: datetime) -> None:
    """Tell the applicant of a step that concerns them."""
    step = Step(event.step)
    source = str(number_of_step(event.subject, step, event.reason))
    told = told_of(event.subject)
    facts = {"reason": event.reason, "due": event.due_at}
    _tell(event.subject, MOVED[step], told, at=now, source=source, **facts)


def _tell(
    code: str, kind: Kind, told: Told, *, at: datetime, source: str = "", **facts: str
) -> None:
    known = {
        "code": code,
        "procedure": told.title,
        "procedure_en": told.title_en,
        "due": localtime(told.due_at).isoformat(),
    }
    place = "bo-sung/" if kind is MOVED[Step.ASK_SUPPLEMENT] else ""
    tell(
        told.applicant,
        kind.name,
        subject=code,
        facts=known | facts,
        link=f"/ho-so/{code}/{place}",
        at=at,
        source=source,
    )
