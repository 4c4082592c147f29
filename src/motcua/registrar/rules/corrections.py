"""What becomes of a request to put a record right, as a table."""

from enum import StrEnum

from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_


class State(StrEnum):
    """Where a request stands."""

    RECEIVED = "received"
    EXAMINED = "examined"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Move(StrEnum):
    """What an official of the register's owner does with a request."""

    EXAMINE = "examine"
    ACCEPT = "accept"
    REFUSE = "refuse"


LIFECYCLE: dict[State, dict[Move, State]] = {
    State.RECEIVED: {Move.EXAMINE: State.EXAMINED},
    State.EXAMINED: {Move.ACCEPT: State.ACCEPTED, Move.REFUSE: State.REFUSED},
    State.ACCEPTED: {},
    State.REFUSED: {},
}
OPEN = (State.RECEIVED, State.EXAMINED)
"""States in which the citizen still waits."""


class AlreadyDecided(Conflict):
    code = "registrar.already-decided"
    message = N_("This request has moved on since you opened it. Look at it again.")


def after(state: State, move: Move) -> State:
    """
    Return the state that ``move`` leads to.

    :raises AlreadyDecided: if it leads nowhere from ``state``
    """
    try:
        return LIFECYCLE[state][move]
    except KeyError:
        raise AlreadyDecided from None
