"""The kinds of notices about dossiers: what happened, why, and what to do next."""

from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds

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
    Step.WAIVE: Kind(
        "dossiers.fee-waived",
        N_("{code}: the agency takes back a fee it asked for"),
        N_(
            "{procedure}: {reason} You need not pay it; what you paid of it goes back to you. "
            "The result is due {due:moment}."
        ),
        OPEN_IT,
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
    Step.REAPPOINT: Kind(
        "dossiers.reappointed",
        N_("{code}: the agency apologises, the result comes later"),
        N_("{procedure}: {reason} The new appointment is {due:moment}. We are sorry."),
        OPEN_IT,
    ),
    Step.TRANSFER: Kind(
        "dossiers.transferred",
        N_("{code} was passed to another agency"),
        N_("{procedure}: {reason} You need not do anything. The result is due {due:moment}."),
        OPEN_IT,
    ),
    Step.EXPIRE: Kind(
        "dossiers.expired",
        N_("{code}: the time to answer went by"),
        N_("{procedure}: {reason} Processing stopped. You may file again at any time."),
        OPEN_IT,
    ),
    Step.REOPEN: Kind(
        "dossiers.reopened",
        N_("{code} was opened again"),
        N_("{procedure}: {reason} The result is due {due:moment}."),
        OPEN_IT,
    ),
}
"""Steps that the applicant is told of; the others are the agency's own."""

FEE_MORE = Kind(
    "dossiers.fee-more",
    N_("{code}: the fee has become {amount:dong} more"),
    N_("{procedure}: your corrections change the fee. Pay {amount:dong} more to get the result."),
    N_("Pay the fee"),
)
FEE_LESS = Kind(
    "dossiers.fee-less",
    N_("{code}: {amount:dong} of the fee come back to you"),
    N_("{procedure}: your corrections change the fee. The agency returns what was paid too much."),
    OPEN_IT,
)
REMINDED = Kind(
    "dossiers.reminded",
    N_("{code}: the agency still waits for you"),
    N_("{procedure}: answer until {until:moment}. After that, processing stops."),
    N_("See what is asked"),
    reminder="supplement",
)
REMINDED_FEE = Kind(
    "dossiers.reminded-fee",
    N_("{code}: the fee is still awaited"),
    N_("{procedure}: pay until {until:moment}. After that, processing stops."),
    N_("Pay the fee"),
    reminder="fee",
)
APPOINTMENT = Kind(
    "dossiers.appointment",
    N_("{code}: your appointment is tomorrow"),
    N_("{procedure}: it is on {due:moment}. Bring the receipt and your identity card."),
    OPEN_IT,
    reminder="appointment",
)
READY = Kind(
    "dossiers.appointment-ready",
    N_("{code}: your result is ready, the appointment is tomorrow"),
    N_("{procedure}: come until {due:moment}. Bring the receipt and your identity card."),
    OPEN_IT,
    reminder="appointment",
)
DUE_MOVED = Kind(
    "dossiers.due-moved",
    N_("{code}: the result comes at another time"),
    N_("{procedure}: the agency's working days have changed. The result is due {due:moment}."),
    OPEN_IT,
    mail=False,
)
PAPERS_BACK = Kind(
    "dossiers.papers-back",
    N_("The papers of {code} were handed back"),
    N_("{procedure}: the agency has handed your papers back. Open the dossier to see how."),
    OPEN_IT,
)

register_kinds(FILED, TO_PAY, PAID, *MOVED.values())
register_kinds(FEE_MORE, FEE_LESS, REMINDED, REMINDED_FEE, APPOINTMENT, READY)
register_kinds(DUE_MOVED, PAPERS_BACK)
