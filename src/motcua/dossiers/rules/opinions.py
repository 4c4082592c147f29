"""Opinions that one agency asks of another."""

from enum import StrEnum

from motcua.kernel.text import N_


class OpinionState(StrEnum):
    """Where an opinion asked for stands."""

    OPEN = "open"
    GIVEN = "given"
    RECALLED = "recalled"


class View(StrEnum):
    """What the agency asked thinks."""

    AGREES = "agrees"
    CONDITIONS = "conditions"
    DISAGREES = "disagrees"


VIEW_WORDS: dict[View, str] = {
    View.AGREES: N_("Agrees"),
    View.CONDITIONS: N_("Agrees, on conditions"),
    View.DISAGREES: N_("Does not agree"),
}

OPINION_WORDS: dict[OpinionState, str] = {
    OpinionState.OPEN: N_("Waiting for the opinion"),
    OpinionState.GIVEN: N_("Opinion given"),
    OpinionState.RECALLED: N_("Recalled"),
}
