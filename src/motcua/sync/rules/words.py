"""Statuses, refusals and findings in plain words; English keys, translated where they are shown."""

from motcua.kernel.text import N_
from motcua.sync.rules.quality import Kind, NoScore

STATUS_SAID: dict[int, str] = {
    1: N_("The dossier was registered"),
    2: N_("The agency received it"),
    3: N_("The agency did not receive it"),
    4: N_("The agency works on it"),
    5: N_("The agency asked for more papers"),
    6: N_("The agency asked for the fee"),
    7: N_("The applicant took it back"),
    8: N_("The agency stopped working on it"),
    9: N_("The agency finished it"),
    10: N_("The result was handed over"),
}
"""What a status says in a dossier's way."""

REASONS: dict[str, str] = {
    "json": N_("This is no JSON object."),
    "shape": N_("A field is missing, unknown or has a wrong value."),
    "code": N_("The code names no agency, so it cannot be told whose dossier it is."),
    "foreign": N_("The code is of another member. A member tells of its own dossiers only."),
    "time": N_("A time is before 1900 or after 2200."),
    "nul": N_("A text contains the character NUL."),
    "too-long": N_("The row is longer than 1 MB."),
    "status": N_("The status is none of the ten, 1 to 10."),
}
"""Why a row was not taken."""

NO_SCORE: dict[NoScore, str] = {
    NoScore.NOT_MEASURED: N_("Not measured yet: it is done each night, or when you ask."),
    NoScore.NOTHING_TOLD: N_(
        "Nothing to judge yet: no dossier and no status of this year or the last was told."
    ),
}
"""Why there is no score."""

FOUND: dict[Kind, tuple[str, str]] = {
    Kind.DUMMY_PERSON: (
        N_("Made-up personal numbers"),
        N_("Send the applicant's real number. With a made-up one they do not find their dossier."),
    ),
    Kind.NO_PERSON: (
        N_("No personal number"),
        N_("Send the applicant's number, or their old card's, so that they find their dossier."),
    ),
    Kind.WRONG_PERSON: (
        N_("Numbers that cannot be right"),
        N_("Check the number when it is typed: 12 digits, 9 digits, or a tax code."),
    ),
    Kind.UNREAD: (
        N_("Values that could not be read"),
        N_(
            "These dossiers were taken without them. Write moments as RFC 3339 with an offset, "
            "kinds and channels as numbers, and texts no longer than the schema says."
        ),
    ),
    Kind.UNUSED_STATUS: (
        N_("Statuses that never occur"),
        N_(
            "Ask your software's maker: often 5, 6 and 8 are sent as 9, which says “done” too soon."
        ),
    ),
    Kind.NO_END: (
        N_("Done, but without an end date"),
        N_("Send done_at with status 9, else nobody can tell whether it was in time."),
    ),
    Kind.BACKWARDS: (
        N_("Times that run backwards"),
        N_("Check clocks and the order of steps: nothing ends before it begins."),
    ),
    Kind.BEFORE_FILING: (
        N_("Statuses from before the dossier was filed"),
        N_("Send the time of the step itself, and the real time of filing: one of them is wrong."),
    ),
    Kind.FROM_FUTURE: (
        N_("Statuses from the future"),
        N_(
            "Set your clock right and send the time of the step. A status of more than a day ahead "
            "is kept, but a dossier stands where the one before it says."
        ),
    ),
    Kind.QUARTER_END: (
        N_("Masses of updates at the end of a quarter"),
        N_("Tell each status when it happens, not before the report is due."),
    ),
    Kind.NO_DOSSIER: (
        N_("Statuses of dossiers we were not told of"),
        N_("Send the dossier's record too, before its first status if you can."),
    ),
    Kind.UNKNOWN_PROCEDURE: (
        N_("Codes of procedures that the catalogue does not know"),
        N_("Use the codes of the national catalogue, such as 1.001193."),
    ),
}
"""What is odd, and what to do about it."""
