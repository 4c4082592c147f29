"""What can become of a ticket, as a table."""

from enum import StrEnum

from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_


class State(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    DONE = "done"
    ABSENT = "absent"


class Move(StrEnum):
    """What an official does with a ticket."""

    CALL = "call"
    START = "start"
    ABSENT = "absent"
    FINISH = "finish"
    PASS_ON = "pass-on"


LIFECYCLE: dict[State, dict[Move, State]] = {
    State.WAITING: {Move.CALL: State.CALLED},
    State.CALLED: {
        Move.CALL: State.CALLED,
        Move.START: State.SERVING,
        Move.ABSENT: State.ABSENT,
        Move.PASS_ON: State.WAITING,
    },
    State.SERVING: {Move.FINISH: State.DONE, Move.PASS_ON: State.WAITING},
    State.ABSENT: {Move.CALL: State.CALLED},
    State.DONE: {},
}
AT_WINDOW = frozenset({State.CALLED, State.SERVING})
"""States in which a ticket has its holder at a window, or on the way to one."""


class MoveNotAllowed(Conflict):
    code = "queues.move-not-allowed"
    message = N_("Number {number} has moved on since you opened this. Look at the list again.")


def after(state: State, move: Move, *, number: str) -> State:
    """
    Return the state that ``move`` leads to.

    :raises MoveNotAllowed: if it leads nowhere from ``state``
    """
    try:
        return LIFECYCLE[state][move]
    except KeyError:
        raise MoveNotAllowed(number=number) from None
