"""Where an objection stands, and what a registry's owner may answer to it."""

from enum import StrEnum


class Standing(StrEnum):
    """Where an objection stands; the last three are answers of the registry's owner."""

    MADE = "made"
    SENT = "sent"
    EXAMINED = "examined"
    ACCEPTED = "accepted"
    REFUSED = "refused"


CLOSED = (Standing.ACCEPTED, Standing.REFUSED)
ANSWERS = frozenset({Standing.EXAMINED, *CLOSED})


def answer_in(told: object) -> Standing | None:
    """Return the answer that a registry's feed tells as text, ``None`` where it is none."""
    return Standing(told) if isinstance(told, str) and told in ANSWERS else None
