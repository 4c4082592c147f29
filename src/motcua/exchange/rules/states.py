"""The lives of members and of agreements, as tables."""

from enum import StrEnum

from motcua.kernel.errors import Conflict, NotFound
from motcua.kernel.text import N_


class MemberState(StrEnum):
    """What a member may do: only an active one is heard, and calls."""

    INVITED = "invited"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


MEMBERSHIP: dict[MemberState, frozenset[MemberState]] = {
    MemberState.INVITED: frozenset({MemberState.ACTIVE, MemberState.ENDED}),
    MemberState.ACTIVE: frozenset({MemberState.SUSPENDED, MemberState.ENDED}),
    MemberState.SUSPENDED: frozenset({MemberState.ACTIVE, MemberState.ENDED}),
    MemberState.ENDED: frozenset(),
}
"""Who has left for good comes back by a new invitation only, never by a step."""


class Standing(StrEnum):
    """Where an agreement stands; only one in force lets a call through."""

    ASKED = "asked"
    SECONDED = "seconded"
    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Step(StrEnum):
    """What people do with an agreement."""

    GRANT = "grant"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    RESUME = "resume"
    END = "end"


AGREEMENT: dict[Standing, dict[Step, Standing]] = {
    Standing.ASKED: {
        Step.GRANT: Standing.SECONDED,
        Step.REFUSE: Standing.REFUSED,
        Step.WITHDRAW: Standing.WITHDRAWN,
    },
    Standing.SECONDED: {
        Step.GRANT: Standing.IN_FORCE,
        Step.REFUSE: Standing.REFUSED,
        Step.WITHDRAW: Standing.WITHDRAWN,
    },
    Standing.IN_FORCE: {Step.SUSPEND: Standing.SUSPENDED, Step.END: Standing.ENDED},
    Standing.SUSPENDED: {Step.RESUME: Standing.IN_FORCE, Step.END: Standing.ENDED},
    Standing.REFUSED: {},
    Standing.WITHDRAWN: {},
    Standing.ENDED: {},
}
"""Two grants make an agreement: the first one only seconds it."""


class StepNotAllowed(Conflict):
    code = "exchange.step-not-allowed"
    message = N_(
        "This cannot be done with an agreement in this state. Reload the page to see how it stands."
    )


class MoveNotAllowed(Conflict):
    code = "exchange.move-not-allowed"
    message = N_("A member in this state cannot become that. Reload the page to see how it stands.")


class NoSuchAgreement(NotFound):
    code = "exchange.no-such-agreement"
    message = N_("There is no such agreement, or it is not for you to see. Open the list.")


class NoSuchService(NotFound):
    code = "exchange.no-such-service"
    message = N_(
        "{provider} offers no service {service} here. Check its code and version, or look in the "
        "list of services under /trao-doi/.well-known/."
    )


def after(standing: Standing, step: Step) -> Standing:
    """
    Return where a step leads.

    :raises StepNotAllowed: if it cannot be taken there
    """
    try:
        return AGREEMENT[standing][step]
    except KeyError:
        raise StepNotAllowed(standing=standing, step=step) from None


def check_move(before: MemberState, to: MemberState) -> None:
    """
    Check that a member may go from one state to another.

    :raises MoveNotAllowed: if not
    """
    if to not in MEMBERSHIP[before]:
        raise MoveNotAllowed(before=before, after=to)
