"""
States and steps in plain words: one place, so that both sides of the counter read the same.

The words are English keys, translated where they are shown.
"""

from motcua.dossiers.rules.lifecycle import State, Step
from motcua.kernel.actors import Role
from motcua.kernel.text import N_

STATE_WORDS: dict[State, str] = {
    State.NEW: N_("Filed, waiting to be accepted"),
    State.RECEIVED: N_("Accepted for processing"),
    State.REFUSED: N_("Not accepted"),
    State.IN_PROCESS: N_("Being processed"),
    State.SUPPLEMENT: N_("Waiting for more papers or answers"),
    State.PAYMENT: N_("Waiting for the fee"),
    State.WITHDRAWN: N_("Withdrawn by the applicant"),
    State.STOPPED: N_("Processing stopped"),
    State.DONE: N_("Approved, result to be returned"),
    State.RETURNED: N_("Result returned"),
}
"""Where a dossier stands."""

STATE_LOOK: dict[State, str] = {
    State.NEW: "info",
    State.RECEIVED: "info",
    State.REFUSED: "bad",
    State.IN_PROCESS: "info",
    State.SUPPLEMENT: "gold",
    State.PAYMENT: "gold",
    State.WITHDRAWN: "",
    State.STOPPED: "bad",
    State.DONE: "ok",
    State.RETURNED: "ok",
}
"""How the tag of a state looks; its words say it all."""

STATE_MEANS: dict[State, str] = {
    State.NEW: N_("The one-stop desk checks that everything is there, then accepts it."),
    State.RECEIVED: N_("The one-stop desk has accepted it and passes it on for processing."),
    State.REFUSED: N_("The agency did not accept it. The reason is below; you may file again."),
    State.IN_PROCESS: N_("The agency is working on it."),
    State.SUPPLEMENT: N_("The agency waits for you. Until then its time limit stands still."),
    State.PAYMENT: N_("The agency waits for the fee. Until then its time limit stands still."),
    State.WITHDRAWN: N_("The applicant took it back. Nothing more happens to it."),
    State.STOPPED: N_("The agency stopped working on it. The reason is below."),
    State.DONE: N_("The leader has approved it. The one-stop desk returns the result next."),
    State.RETURNED: N_("The result has been returned. Nothing more needs to be done."),
}
"""What a state means for the applicant and what comes next."""

HAPPENED: dict[Step, str] = {
    Step.FILE: N_("The dossier was filed"),
    Step.ACCEPT: N_("The one-stop desk accepted it"),
    Step.REFUSE: N_("The one-stop desk did not accept it"),
    Step.FORWARD: N_("It was passed on for processing"),
    Step.PROPOSE: N_("It was checked and a decision proposed"),
    Step.SEND_BACK: N_("It was sent back to be looked at again"),
    Step.ASK_SUPPLEMENT: N_("More papers or answers were asked for"),
    Step.SUPPLY: N_("What was asked for was sent"),
    Step.ASK_PAYMENT: N_("The fee was asked for"),
    Step.PAY: N_("The fee was paid"),
    Step.WAIVE: N_("A fee asked for by mistake was taken back"),
    Step.APPROVE: N_("The leader approved it"),
    Step.STOP: N_("The agency stopped processing it"),
    Step.WITHDRAW: N_("The applicant withdrew it"),
    Step.RETURN: N_("The result was returned"),
    Step.REAPPOINT: N_("The agency apologised and set a new date"),
    Step.TRANSFER: N_("It was passed to the competent agency"),
    Step.CONSULT: N_("Another agency was asked for its opinion"),
    Step.CONSULTED: N_("The other agency gave its opinion"),
    Step.RECALL: N_("The request for an opinion was recalled"),
    Step.EXPIRE: N_("The time to answer went by, so processing stopped"),
    Step.REOPEN: N_("The leader opened it again"),
}
"""What a step of the history says."""

YOU_DID: dict[Step, str] = {
    Step.FILE: N_("You filed the dossier"),
    Step.SUPPLY: N_("You sent what was asked for"),
    Step.WITHDRAW: N_("You withdrew the dossier"),
}
"""The same, said to the applicant who took the step."""

ACTIONS: dict[Step, str] = {
    Step.ACCEPT: N_("Accept the dossier"),
    Step.REFUSE: N_("Refuse, with the reason"),
    Step.FORWARD: N_("Pass on for processing"),
    Step.PROPOSE: N_("Propose a decision"),
    Step.SEND_BACK: N_("Send back to be looked at again"),
    Step.ASK_SUPPLEMENT: N_("Ask for more papers or answers"),
    Step.ASK_PAYMENT: N_("Ask for the fee"),
    Step.WAIVE: N_("Take back a fee asked by mistake"),
    Step.APPROVE: N_("Approve and issue the result"),
    Step.STOP: N_("Stop processing, with the reason"),
    Step.RETURN: N_("Return the result"),
    Step.REAPPOINT: N_("Apologise and set a new date"),
    Step.TRANSFER: N_("Pass to the competent agency"),
    Step.CONSULT: N_("Ask another agency for its opinion"),
    Step.REOPEN: N_("Open again"),
}
"""What an official's button says."""

TOLD_TO_APPLICANT = frozenset(
    {
        *(Step.REFUSE, Step.STOP, Step.ASK_SUPPLEMENT, Step.ASK_PAYMENT, Step.WAIVE),
        *(Step.SUPPLY, Step.WITHDRAW, Step.REAPPOINT, Step.TRANSFER, Step.EXPIRE, Step.REOPEN),
    }
)
"""Steps whose reason is for the applicant's eyes; others keep it among officials."""


def may_read_reason(step: str, *, own: bool) -> bool:
    """Tell whether a dossier's applicant reads a step's reason, given whether it is their own."""
    return own or step in TOLD_TO_APPLICANT


ROLE_WORDS: dict[Role, str] = {
    Role.CLERK: N_("One-stop desk"),
    Role.SPECIALIST: N_("Specialist"),
    Role.LEADER: N_("Leader"),
    Role.AUDITOR: N_("Auditor"),
    Role.ADMINISTRATOR: N_("Administrator"),
}

CHANNEL_WORDS: dict[int, str] = {1: N_("At the desk"), 2: N_("Online"), 3: N_("By post")}
"""How a dossier came in, by the channel's number in national exchange."""

RETURN_WORDS: dict[int, str] = {
    0: N_("at the one-stop desk"),
    1: N_("by post"),
    2: N_("in your account on this portal, or at the desk"),
}
"""How the result is to be returned, by its number in national exchange."""

RATING_WORDS: dict[int, str] = {
    3: N_("Very satisfied"),
    2: N_("Satisfied"),
    1: N_("Not satisfied"),
}

REPLY_WORDS: dict[str, str] = {"yes": N_("Yes"), "partly": N_("Partly"), "no": N_("No")}
"""Answers to a pack's own questions about satisfaction."""
