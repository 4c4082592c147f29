"""
The states of a dossier and the steps between them.

The ten states are those exchanged with the national portal, with its numbers. ``docs/states``
draws its diagram from this table.
"""

from enum import StrEnum

from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_


class State(StrEnum):
    """Where a dossier stands."""

    NEW = "new"
    RECEIVED = "received"
    REFUSED = "refused"
    IN_PROCESS = "in_process"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    DONE = "done"
    RETURNED = "returned"


NATIONAL_NUMBER: dict[State, int] = {state: n for n, state in enumerate(State, start=1)}
"""The number each state has in messages to and from the national portal."""

WAITING = frozenset({State.SUPPLEMENT, State.PAYMENT})
"""States in which the applicant must act, so the agency's clock stands still."""

OPEN = frozenset({State.NEW, State.RECEIVED, State.IN_PROCESS, State.DONE} | WAITING)
"""States in which somebody still has something to do."""

UNSETTLED = OPEN - {State.DONE}
"""States in which the answer is still owed."""

ENDED = frozenset(State) - OPEN
"""States in which nobody has anything to do any more, unless a leader opens it again."""


CAME_TO_NOTHING = frozenset({State.REFUSED, State.STOPPED, State.WITHDRAWN})
"""States in which it ended without a result."""


class Step(StrEnum):
    """What can be done to a dossier."""

    FILE = "file"
    ACCEPT = "accept"
    REFUSE = "refuse"
    FORWARD = "forward"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLY = "supply"
    ASK_PAYMENT = "ask_payment"
    PAY = "pay"
    WAIVE = "waive"
    APPROVE = "approve"
    STOP = "stop"
    WITHDRAW = "withdraw"
    RETURN = "return"
    REAPPOINT = "reappoint"
    TRANSFER = "transfer"
    CONSULT = "consult"
    CONSULTED = "consulted"
    RECALL = "recall"
    EXPIRE = "expire"
    REOPEN = "reopen"


BACK = None
"""Where a wait leads: back to the state it began in."""

_ASK = {Step.ASK_SUPPLEMENT: State.SUPPLEMENT, Step.ASK_PAYMENT: State.PAYMENT}
_GIVE_UP = {
    Step.EXPIRE: State.STOPPED,
    Step.STOP: State.STOPPED,
    Step.WITHDRAW: State.WITHDRAWN,
}

LIFECYCLE: dict[State, dict[Step, State | None]] = {
    State.NEW: {
        Step.ACCEPT: State.RECEIVED,
        Step.REFUSE: State.REFUSED,
        Step.WAIVE: State.NEW,
        Step.WITHDRAW: State.WITHDRAWN,
        Step.TRANSFER: State.NEW,
        **_ASK,
    },
    State.RECEIVED: {
        Step.FORWARD: State.IN_PROCESS,
        Step.REAPPOINT: State.RECEIVED,
        Step.WAIVE: State.RECEIVED,
        Step.TRANSFER: State.NEW,
        Step.STOP: State.STOPPED,
        Step.WITHDRAW: State.WITHDRAWN,
        **_ASK,
    },
    State.IN_PROCESS: {
        Step.PROPOSE: State.IN_PROCESS,
        Step.SEND_BACK: State.IN_PROCESS,
        Step.APPROVE: State.DONE,
        Step.CONSULT: State.IN_PROCESS,
        Step.CONSULTED: State.IN_PROCESS,
        Step.RECALL: State.IN_PROCESS,
        Step.REAPPOINT: State.IN_PROCESS,
        Step.WAIVE: State.IN_PROCESS,
        Step.TRANSFER: State.NEW,
        Step.STOP: State.STOPPED,
        Step.WITHDRAW: State.WITHDRAWN,
        **_ASK,
    },
    State.SUPPLEMENT: {
        Step.SUPPLY: BACK,
        Step.CONSULTED: State.SUPPLEMENT,
        Step.RECALL: State.SUPPLEMENT,
        **_GIVE_UP,
    },
    State.PAYMENT: {
        Step.PAY: BACK,
        Step.WAIVE: BACK,
        Step.CONSULTED: State.PAYMENT,
        Step.RECALL: State.PAYMENT,
        **_GIVE_UP,
    },
    State.DONE: {
        Step.RETURN: State.RETURNED,
        Step.WAIVE: State.DONE,
        Step.REOPEN: State.IN_PROCESS,
    },
    State.RETURNED: {Step.REOPEN: State.IN_PROCESS},
    State.REFUSED: {Step.REOPEN: State.RECEIVED},
    State.STOPPED: {Step.REOPEN: State.RECEIVED},
    State.WITHDRAWN: {},
}

NEEDS_REASON = frozenset(
    {
        Step.REFUSE,
        Step.STOP,
        Step.SEND_BACK,
        Step.ASK_SUPPLEMENT,
        Step.ASK_PAYMENT,
        Step.WAIVE,
        Step.REAPPOINT,
        Step.TRANSFER,
        Step.CONSULT,
        Step.REOPEN,
    }
)
"""Nothing goes back to anybody, or on to somebody else, without saying why."""

SETTLES = frozenset({Step.APPROVE, Step.REFUSE, Step.WITHDRAW, Step.STOP, Step.EXPIRE})
"""Steps by which a dossier counts as settled (form 06): its state is no longer unsettled."""

ENDS_OPINION = frozenset({Step.CONSULTED, Step.RECALL})
"""Steps by which another agency is asked no more: nothing moves, and a wait goes on as it was."""

BRINGS_IN = frozenset({Step.FILE, Step.TRANSFER, Step.REOPEN})
"""Steps by which an agency has a dossier to settle; a transfer takes it from another one."""


class StepNotAllowed(Conflict):
    code = "dossiers.step-not-allowed"
    message = N_("This dossier is no longer where this step starts. Reload it to see where it is.")


def after(state: State, step: Step, *, waiting_from: State | None) -> State:
    """
    Return the state that ``step`` leads to.

    :param waiting_from: for a waiting state, the state in which the wait began
    :raises StepNotAllowed: if the step cannot be taken from ``state``
    """
    if step not in LIFECYCLE[state]:
        raise StepNotAllowed(state=state.value, step=step.value)
    target = LIFECYCLE[state][step]
    if target is not BACK:
        return target
    if waiting_from is None:
        raise StepNotAllowed(state=state.value, step=step.value)
    return waiting_from


def may_follow(state: State) -> frozenset[Step]:
    """Return the steps that start in ``state``."""
    return frozenset(LIFECYCLE[state])
