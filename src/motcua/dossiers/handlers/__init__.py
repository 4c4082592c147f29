"""What dossiers does when something was announced."""

from motcua.dossiers.handlers import (
    calendars,
    desk,
    holding,
    linked,
    notices,
    objections,
    opinions,
    payments,
    proofs,
    questions,
    representing,
    results,
)

__all__ = [
    "calendars",
    "desk",
    "holding",
    "linked",
    "notices",
    "objections",
    "opinions",
    "payments",
    "proofs",
    "questions",
    "representing",
    "results",
]
