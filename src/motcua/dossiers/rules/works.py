"""The stretches of work in a dossier's way through an agency, and the steps that end them."""

from enum import StrEnum

from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.text import N_

__all__ = ["ENDED_BY", "WORK_WORDS", "Work"]


class Work(StrEnum):
    """A stretch of work in a dossier's way through an agency."""

    ACCEPT = "accept"
    HAND_ON = "hand_on"
    WORK_OUT = "work_out"
    APPROVE = "approve"
    OPINION = "opinion"
    RETURN = "return"


ENDED_BY = {
    Step.ACCEPT: Work.ACCEPT,
    Step.REFUSE: Work.ACCEPT,
    Step.FORWARD: Work.HAND_ON,
    Step.PROPOSE: Work.WORK_OUT,
    Step.SEND_BACK: Work.APPROVE,
    Step.APPROVE: Work.APPROVE,
    Step.CONSULTED: Work.OPINION,
    Step.RETURN: Work.RETURN,
}
"""The work that a step ends; other steps, such as asking for papers, end none."""

WORK_WORDS = {
    Work.ACCEPT: N_("Receiving"),
    Work.HAND_ON: N_("Handing on to a specialist"),
    Work.WORK_OUT: N_("Working out"),
    Work.APPROVE: N_("Approving"),
    Work.OPINION: N_("Opinion of another agency"),
    Work.RETURN: N_("Returning the result"),
}
