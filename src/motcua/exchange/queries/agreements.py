"""Who may call what."""

from datetime import datetime

from motcua.backbone.remembered import Remembered
from motcua.exchange.models import Agreement
from motcua.exchange.rules.agreements import (
    PURPOSES,
    AgreementEnded,
    NoAgreement,
    PurposeNotAgreed,
    Terms,
    check_covers,
    holds,
)
from motcua.exchange.rules.states import Standing
from motcua.kernel.scope import for_rooms

__all__ = [
    "PURPOSES",
    "AgreementEnded",
    "NoAgreement",
    "PurposeNotAgreed",
    "Standing",
    "Terms",
    "agreement_for",
    "check_covers",
    "forget_agreements",
    "holds",
]

_known: "Remembered[tuple[str, str, str], tuple[Terms, ...]]" = Remembered(seconds=5)


@for_rooms
def agreement_for(
    consumer: str,
    service: str,
    provider: str,
    *,
    at: datetime,
    id: str = "",  # noqa: A002
    purpose: str = "",
) -> Terms:
    """
    Return the agreement by which a consumer calls a service, as it was five seconds ago at most.

    One in force is returned, for the purpose where there is one; where there is none, the latest,
    so that the caller can be told what became of it. Whether it covers the call, ``check_covers``
    tells.

    :param id: only this one will do: the caller has named it
    :param purpose: the code of what the call is for
    :raises NoAgreement: if none was ever granted
    """
    found = _known.get((consumer, service, provider), lambda: _read(consumer, service, provider))
    found = tuple(terms for terms in found or () if id in {"", str(terms.id)})
    if not found:
        raise NoAgreement(consumer=consumer, service=service, provider=provider)
    return max(found, key=lambda terms: (holds(terms, at=at), purpose in terms.purposes))


@for_rooms
def forget_agreements() -> None:
    """Ask again which agreements there are: this process has changed one."""
    _known.forget()


def _read(consumer: str, service: str, provider: str) -> tuple[Terms, ...]:
    rows = Agreement.objects.filter(
        consumer=consumer,
        service__code=service,
        service__provider=provider,
        service__closed_at__isnull=True,
        standing__in=[Standing.IN_FORCE, Standing.SUSPENDED, Standing.ENDED],
    )
    return tuple(
        Terms(
            row.id,
            consumer,
            provider,
            service,
            frozenset(row.purposes),
            Standing(row.standing),
            row.valid_from,
            row.valid_until,
            row.per_day,
            row.per_minute,
        )
        for row in rows.order_by("-valid_until", "-second_at")[:20]
    )
