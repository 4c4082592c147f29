"""When a call is covered by an agreement."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.exchange.rules.states import Standing
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_

PURPOSES: dict[str, str] = {
    "settle-dossier": N_("settle a dossier"),
    "prefill-form": N_("fill in a form for a person who asked for it"),
    "synchronise": N_("synchronise dossiers and their statuses"),
    "correct-data": N_("correct data"),
    "notify-change": N_("learn of changes"),
    "statistics": N_("make statistics"),
    "supervise": N_("supervise and inspect"),
    "witness": N_("witness the message log"),
}
"""What data may be asked for, by its code on the wire."""


class NoAgreement(Forbidden):
    code = "exchange.no-agreement"
    message = N_(
        "{consumer} has no agreement to call {service} of {provider}. "
        "Ask for one under /quan-tri/trao-doi/."
    )


class AgreementEnded(Forbidden):
    code = "exchange.agreement-ended"
    message = N_(
        "The agreement {agreement} does not hold now: it is {standing}. Ask for a renewal, "
        "or ask the provider why."
    )


class PurposeNotAgreed(Forbidden):
    code = "exchange.purpose-not-agreed"
    message = N_(
        "The agreement {agreement} is not for the purpose “{purpose}”. Use one that it names, "
        "or ask for an agreement for this purpose."
    )


@dataclass(frozen=True, slots=True)
class Terms:
    """What the gateway needs to know of an agreement; limits are ``None`` where there are none."""

    id: UUID
    consumer: str
    provider: str
    service: str
    purposes: frozenset[str]
    standing: Standing
    valid_from: datetime
    valid_until: datetime
    per_day: int | None
    per_minute: int | None


def holds(terms: Terms, *, at: datetime) -> bool:
    """Tell whether an agreement covers calls at a moment."""
    return terms.standing is Standing.IN_FORCE and terms.valid_from <= at < terms.valid_until


def check_covers(terms: Terms, purpose: str, *, at: datetime) -> None:
    """
    Check that an agreement covers a call for a purpose at a moment.

    :raises AgreementEnded: if it is not in force, not yet begun, or over
    :raises PurposeNotAgreed: if it is for other purposes
    """
    if not holds(terms, at=at):
        raise AgreementEnded(agreement=str(terms.id), standing=_said(terms, at))
    if purpose not in terms.purposes:
        raise PurposeNotAgreed(agreement=str(terms.id), purpose=purpose)


def _said(terms: Terms, at: datetime) -> str:
    if terms.standing is not Standing.IN_FORCE:
        return terms.standing
    return "expired" if at >= terms.valid_until else "not begun"
