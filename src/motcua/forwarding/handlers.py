"""What becomes of dossiers handed on is told to their applicants here."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, override

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.journal import listen
from motcua.dossiers.operations.linked_going import go_on_after
from motcua.dossiers.queries.elsewhere import STATE_WORDS, State, state_numbered
from motcua.forwarding.events import (
    AnsweredAtDesk,
    DossierHandedIn,
    HandedBilled,
    HandedMoved,
    HandedPaid,
    HandedResult,
    HandingOnRefused,
    ResultGivenOut,
)
from motcua.forwarding.queries.handed import Named, named
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell

LINKED = Actor.system("linked")
ENDED_WITHOUT = frozenset({State.REFUSED, State.STOPPED, State.WITHDRAWN})
OPEN_IT = N_("Open the dossier")
FILED = Kind(
    "forwarding.handed-in",
    N_("You filed {code}"),
    N_("{procedure}: it is handed to {agency}, which processes it. You can follow it here."),
    OPEN_IT,
)
REFUSED = Kind(
    "forwarding.refused",
    N_("{code} could not be taken as it is"),
    N_("{procedure}: {reason} Nothing is lost: correct it and file it again."),
    OPEN_IT,
)
MOVED = Kind(
    "forwarding.moved",
    N_("{code}: {state}"),
    N_("{procedure}: {agency} has gone a step further. Open the dossier to see what to do."),
    OPEN_IT,
)
BILLED = Kind(
    "forwarding.billed",
    N_("{code}: pay {amount:dong}"),
    N_("{procedure}: {agency} asks for {amount:dong} by {until:moment}. You can pay it here."),
    N_("Pay the fee"),
)
PAID = Kind(
    "forwarding.paid",
    N_("The fee of {code} has arrived"),
    N_("{procedure}: {amount:dong} has arrived. You need not do anything now."),
    OPEN_IT,
)
RESULT = Kind(
    "forwarding.result",
    N_("The result of {code} is here"),
    N_("{procedure}: {agency} sent the result. It was compared with its digest; download it here."),
    N_("Download your result"),
)
CORRECTED = Kind(
    "forwarding.result-corrected",
    N_("The result of {code} was corrected"),
    N_("{procedure}: {agency} sent a result that replaces the one before. Use only the new one."),
    N_("Download your result"),
)
ANSWERED = Kind(
    "forwarding.answered-at-desk",
    N_("{desk} sent what {code} was asked for"),
    N_("{procedure}: a clerk took it from who came in your name. If nobody did, tell that desk."),
    OPEN_IT,
)
GIVEN = Kind(
    "forwarding.given-out",
    N_("{desk} gave the result of {code} out"),
    N_("{procedure}: a clerk gave it to who came in your name. If nobody did, tell that desk."),
    OPEN_IT,
)
register_kinds(FILED, REFUSED, MOVED, BILLED, PAID, RESULT, CORRECTED, ANSWERED, GIVEN)


@listen(DossierHandedIn)
def tell_filed(event: DossierHandedIn, now: datetime) -> None:
    """Tell the applicant that it is filed."""
    _tell(named(event.subject), FILED, at=now)


@listen(HandingOnRefused)
def tell_refused(event: HandingOnRefused, now: datetime) -> None:
    """Tell the applicant what the unit finds wrong."""
    _tell(named(event.subject), REFUSED, at=now, reason=event.reason)


def _says_more_than_the_bill(event: HandedMoved) -> bool:
    return not (event.billed and state_numbered(event.number) is State.PAYMENT)


@listen(HandedMoved, when=_says_more_than_the_bill)
def tell_moved(event: HandedMoved, now: datetime) -> None:
    """Tell the applicant that it has come to another state."""
    words = STATE_WORDS[state_numbered(event.number)]
    with override("vi"):
        said = gettext(words)
    facts = {"state": said, "state_en": words}
    _tell(named(event.subject), MOVED, at=now, source=str(event.steps), **facts)


@listen(HandedBilled)
def tell_billed(event: HandedBilled, now: datetime) -> None:
    """Tell the applicant what the unit asks for, until when, and lead them to pay."""
    known = named(event.subject)
    link = reverse("forwarding:pay", kwargs={"code": known.code, "bill": event.bill})
    more = {"amount": str(event.amount), "until": event.until}
    _tell(known, BILLED, at=now, source=f"{event.bill}:{event.until}", link=link, **more)


@listen(HandedPaid)
def tell_paid(event: HandedPaid, now: datetime) -> None:
    """Tell the applicant that their money is there."""
    _tell(named(event.subject), PAID, at=now, source=event.bill, amount=str(event.amount))


@listen(HandedResult)
def tell_result(event: HandedResult, now: datetime) -> None:
    """Tell the applicant that a result is here, or that one replaces another."""
    kind = CORRECTED if event.corrected else RESULT
    _tell(named(event.subject), kind, at=now, source=event.result)


@listen(AnsweredAtDesk)
def tell_answered(event: AnsweredAtDesk, now: datetime) -> None:
    """Tell the applicant that a desk took the answer in their name."""
    _tell(named(event.subject), ANSWERED, at=now, source=str(event.round), desk=_desk(event.desk))


@listen(ResultGivenOut)
def tell_given_out(event: ResultGivenOut, now: datetime) -> None:
    """Tell the applicant that a desk gave their result out."""
    _tell(named(event.subject), GIVEN, at=now, source=event.result, desk=_desk(event.desk))


def _desk(agency: str) -> str:
    return names_of([agency]).get(agency, agency)


def _ends_it(event: HandedMoved) -> bool:
    return state_numbered(event.number) in ENDED_WITHOUT


@listen(HandedMoved, when=_ends_it)
def drop_what_waited(event: HandedMoved, now: datetime) -> None:
    """Drop the parts of a linked filing that waited for what came to nothing."""
    go_on_after(event.subject, by=LINKED, at=now)


@listen(HandingOnRefused)
def drop_what_cannot_be(event: HandingOnRefused, now: datetime) -> None:
    """Drop the parts of a linked filing that waited for what the unit does not take."""
    go_on_after(event.subject, by=LINKED, at=now)


@listen(HandedResult)
def open_what_waited(event: HandedResult, now: datetime) -> None:
    """Open the parts of a linked filing that waited for this result."""
    go_on_after(event.subject, by=LINKED, at=now)


def _tell(
    known: Named, kind: Kind, *, at: datetime, source: str = "", link: str = "", **more: str
) -> None:
    agency = names_of([known.agency]).get(known.agency, known.agency)
    facts = {"code": known.code, "procedure": known.title, "agency": agency} | more
    link = link or reverse("forwarding:show", kwargs={"code": known.code})
    for person in known.whom:
        tell(person, kind.name, subject=known.code, source=source, facts=facts, link=link, at=at)
