"""What can be done to many dossiers at once, and how work is shared out."""

import heapq
from collections.abc import Mapping, Sequence
from enum import StrEnum

from motcua.dossiers.rules.access import STAGE_FOR
from motcua.dossiers.rules.lifecycle import OPEN, State, Step, may_follow
from motcua.kernel.actors import Role
from motcua.kernel.text import N_

MOST = 500
"""How many dossiers one run takes."""


class What(StrEnum):
    """What a run does to each of its dossiers."""

    ACCEPT = "accept"
    FORWARD = "forward"
    PROPOSE = "propose"
    ASSIGN = "assign"


STEP_OF: dict[What, Step] = {
    What.ACCEPT: Step.ACCEPT,
    What.FORWARD: Step.FORWARD,
    What.PROPOSE: Step.PROPOSE,
}
"""The step that a run takes; giving dossiers to a colleague is none."""

UNDOABLE = frozenset({What.ASSIGN})
"""What can be taken back: nobody outside the agency was told."""

BULK_WORDS: dict[What, str] = {
    What.ACCEPT: N_("Accept dossiers"),
    What.FORWARD: N_("Pass dossiers on for processing"),
    What.PROPOSE: N_("Propose decisions"),
    What.ASSIGN: N_("Give dossiers to a colleague"),
}

BULK_MEANS: dict[What, str] = {
    What.ACCEPT: N_("This cannot be undone: each applicant is told that the dossier is accepted."),
    What.FORWARD: N_("This cannot be undone: the specialists have the dossiers from then on."),
    What.PROPOSE: N_(
        "This cannot be undone by you: only the leader can send a dossier back. "
        "Propose only what you have checked; each approval stays the leader's own."
    ),
    What.ASSIGN: N_("This can be undone afterwards: each dossier goes back to who had it."),
}


def waits_for(what: What, state: State, stage: Role) -> bool:
    """Tell whether a dossier in a state, at a stage of this role, waits for what a run does."""
    if what is What.ASSIGN:
        return state in OPEN
    step = STEP_OF[what]
    return step in may_follow(state) and STAGE_FOR.get(step, stage) == stage


def share(codes: Sequence[str], loads: Mapping[str, int]) -> dict[str, str]:
    """
    Share dossiers out among colleagues: each goes to who has least in hand by then.

    :param loads: how many dossiers each colleague has in hand; not empty
    """
    heap = sorted((load, who) for who, load in loads.items())
    shared = {}
    for code in codes:
        load, who = heap[0]
        shared[code] = who
        heapq.heapreplace(heap, (load + 1, who))
    return shared
