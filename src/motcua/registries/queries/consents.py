"""For which filings somebody lets the registries be asked about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.backbone.looks import LookSeen, looks_under
from motcua.kernel.actors import Actor
from motcua.kernel.exports import Sheet, rows_of
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_
from motcua.registries.models import Consent, Objection

MOST = 50
OBJECTION = "register key field stated wished why by_name state told at moved_at"
CONSENT = "draft subject procedure registers wording text by_name given_at withdrawn_at"


@dataclass(frozen=True, slots=True)
class ConsentHeld:
    """
    A consent that holds. ``in_vain`` are the papers no registry stands for.

    Its values are ``unknown`` (to the register) or ``silent`` (it did not answer).
    """

    person: str
    registers: tuple[str, ...]
    text: str
    by_name: str
    given_at: datetime
    in_vain: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MyConsent:
    """One consent: for what, what was said, until when it held, and each look made under it."""

    id: UUID
    subject: str
    draft: str
    procedure: str
    registers: tuple[str, ...]
    text: str
    by: str
    by_name: str
    given_at: datetime
    withdrawn_at: datetime | None
    looks: tuple[LookSeen, ...]

    @property
    def filed(self) -> bool:
        """Tell whether what it was given for has become a dossier."""
        return self.subject != self.draft


@for_rooms
def consent_for(subject: str) -> ConsentHeld | None:
    """Return the consent that holds for a filing; the caller knows whose it is (one statement)."""
    row = Consent.objects.holding(subject).first()
    if row is None:
        return None
    return ConsentHeld(
        row.person, tuple(row.registers), row.text, row.by_name, row.given_at, dict(row.silent)
    )


def my_consents(*, by: Actor) -> tuple[MyConsent, ...]:
    """Return the actor's consents, the newest first, with their looks (two statements)."""
    rows = list(Consent.objects.visible_to(by).order_by("-given_at")[:MOST])
    looks = looks_under({row.draft for row in rows}, by=by)
    return tuple(_mine(row, looks.get(row.draft, ())) for row in rows)


def my_registries(*, by: Actor) -> tuple[Sheet, ...]:
    """Return the actor's consents and objections, for them to take away."""
    mine: dict[str, Any] = {"person": by.id}
    consents = Consent.objects.visible_to(by).order_by("given_at")
    objections = Objection.objects.filter(**mine).order_by("id")
    return (
        Sheet("dong-y", N_("What I let the registries be asked"), rows_of(consents, CONSENT)),
        Sheet("sai-sot", N_("What I said is wrong in registries"), rows_of(objections, OBJECTION)),
    )


def _mine(row: Consent, looks: Iterable[LookSeen]) -> MyConsent:
    return MyConsent(
        row.pk,
        row.subject,
        row.draft,
        row.procedure,
        tuple(row.registers),
        row.text,
        row.by,
        row.by_name,
        row.given_at,
        row.withdrawn_at,
        tuple(looks),
    )
