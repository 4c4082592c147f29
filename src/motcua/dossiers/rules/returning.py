"""How a result gets to its applicant."""

from collections.abc import Mapping
from enum import IntEnum

from motcua.kernel.text import N_


class ReturnBy(IntEnum):
    """How the applicant wants the result; the numbers go into national exchange."""

    ON_THE_SPOT = 0
    BY_POST = 1
    ONLINE = 2


ADDRESS = ("name", "phone", "address")
"""What a letter needs: who receives it, how to reach them, and where."""

LONGEST = 300
_MISSING = {
    "name": N_("Write who receives the letter."),
    "phone": N_("Write a phone number for the postman."),
    "address": N_("Write the whole address: house, street, commune, province."),
}
_SHORTEST = {"name": 2, "phone": 8, "address": 10}


ASKED, ASKED_WHERE = "delivery", "delivery_address"
"""The fields by which a form asks how the paper comes, and where to; then the portal does not."""

_ASKED = {"counter": ReturnBy.ON_THE_SPOT, "post": ReturnBy.BY_POST}


def way_in(answers: Mapping[str, object]) -> ReturnBy | None:
    """Return how the result is to come as the form's own answers say it, where they do."""
    return _ASKED.get(str(answers.get(ASKED, "")))


def address_problems(way: ReturnBy, to: Mapping[str, str] | None) -> dict[str, str]:
    """Return what is missing for a result to go by post, by part of the address; else nothing."""
    if way is not ReturnBy.BY_POST:
        return {}
    given = to or {}
    return {
        part: _MISSING[part]
        for part in ADDRESS
        if not _SHORTEST[part] <= len(given.get(part, "").strip()) <= LONGEST
    }


TO_WHOM = N_("Write the name of the person who received it.")
DOCUMENT = N_("Write which identity paper was shown, or by what authority they came.")
CARRIER = N_("Write who carries the letter.")
TRACKING = N_("Write the tracking number of the letter.")
ADDRESS_OF = N_("Write the address it was sent to.")


def problems_of_return(how: ReturnBy, details: Mapping[str, str]) -> dict[str, str]:
    """Return what is missing to know where a result went, by name of the detail; else nothing."""
    needed = {
        ReturnBy.ON_THE_SPOT: {"to_whom": TO_WHOM, "document": DOCUMENT},
        ReturnBy.BY_POST: {"carrier": CARRIER, "tracking": TRACKING, "address": ADDRESS_OF},
        ReturnBy.ONLINE: {},
    }[how]
    return {
        name: words
        for name, words in needed.items()
        if not 2 <= len(details.get(name, "")) <= LONGEST
    }
