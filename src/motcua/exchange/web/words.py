"""How states, steps and reasons of the exchange are said, and in which colour."""

from motcua.exchange.queries.agreements import PURPOSES
from motcua.exchange.queries.trust import REASONS
from motcua.kernel.text import N_

__all__ = [
    "KEYS",
    "LISTS",
    "MEMBERS",
    "OUTCOMES",
    "PURPOSES",
    "REASONS",
    "STANDINGS",
    "STEPS",
    "TAKEN",
]

Said = dict[str, tuple[str, str | None]]

MEMBERS: Said = {
    "invited": (N_("Invited, without a key yet"), "gold"),
    "active": (N_("Takes part"), "ok"),
    "suspended": (N_("Suspended"), "bad"),
    "ended": (N_("Has left"), None),
}
KEYS: Said = {
    "holds": (N_("Holds"), "ok"),
    "retires": (N_("Holds, replaced by a newer one"), "gold"),
    "expired": (N_("Ended"), None),
    "revoked": (N_("Revoked"), "bad"),
    "not-yet": (N_("Not yet"), "info"),
}
LISTS: Said = {
    "good": (N_("Read"), "ok"),
    "old": (N_("Not read in time"), "gold"),
    "too-old": (N_("Too old: keys are refused"), "bad"),
}
STANDINGS: Said = {
    "asked": (N_("Waits for two grants"), "gold"),
    "seconded": (N_("Waits for the second grant"), "gold"),
    "in-force": (N_("In force"), "ok"),
    "suspended": (N_("Suspended"), "bad"),
    "refused": (N_("Refused"), "bad"),
    "withdrawn": (N_("Withdrawn"), None),
    "ended": (N_("Ended"), None),
}
STEPS = {
    "grant": N_("Grant it"),
    "refuse": N_("Refuse it"),
    "withdraw": N_("Withdraw the request"),
    "suspend": N_("Suspend it"),
    "resume": N_("Let it go on"),
    "end": N_("End it for good"),
}
"""What is pressed."""

TAKEN = {
    "grant": N_("Granted"),
    "refuse": N_("Refused"),
    "withdraw": N_("Withdrawn"),
    "suspend": N_("Suspended"),
    "resume": N_("Let go on"),
    "end": N_("Ended"),
}
"""What was done."""

OUTCOMES: Said = {
    "answered": (N_("Answered"), "ok"),
    "refused": (N_("Refused"), "bad"),
    "unanswered": (N_("Without an answer"), "gold"),
    "open": (N_("Answer is waited for"), "info"),
}
"""How a call ended."""

TROUBLES = {
    "away": N_("Nobody answers at that address. See that the system runs and can be reached."),
    "slow": N_("The system did not answer in time. Wait longer, or see what holds it up."),
    "barred": N_(
        "That address leads into a private network, which is not allowed for this service. Confirm "
        "that it is meant, or give another."
    ),
}
"""What a test call met."""
