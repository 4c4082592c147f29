"""What members offer each other."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from motcua.exchange.models import Service as ServiceRow
from motcua.exchange.rules.describing import Operation, dressed, operations_in
from motcua.exchange.rules.states import MemberState, NoSuchService
from motcua.kernel.scope import public

__all__ = [
    "NoSuchService",
    "Operation",
    "Service",
    "calls_of",
    "described",
    "service",
    "services",
]


@dataclass(frozen=True, slots=True)
class Service:
    """
    A service that is offered; ``owner`` is the agency whose data it is.

    ``provider_title`` and ``title`` are Vietnamese; the English ones may be empty.
    """

    provider: str
    provider_title: str
    provider_title_en: str
    code: str
    title: str
    title_en: str
    owner: str
    changed_at: datetime


@public
def services(provider: str | None = None) -> tuple[Service, ...]:
    """Return the services that active members offer, or one member does; one statement."""
    rows = _offered()
    if provider is not None:
        rows = rows.filter(provider=provider)
    return tuple(_value(row) for row in rows.defer("openapi"))


@public
def service(provider: str, code: str) -> Service:
    """
    Return a service that is offered.

    :raises NoSuchService: if it is not
    """
    row = _offered().filter(provider=provider, code=code).defer("openapi").first()
    if row is None:
        raise NoSuchService(provider=provider, service=code)
    return _value(row)


@public
def described(provider: str, code: str) -> dict[str, Any]:
    """
    Return the OpenAPI document of a service, with the address where it answers.

    :raises NoSuchService: if it is not offered
    """
    row = _described(provider, code)
    return dressed(row.openapi, f"{row.provider.address}/trao-doi/{provider}/{code}")


@public
def calls_of(provider: str, code: str) -> tuple[Operation, ...]:
    """
    Return what can be called of a service, without what all calls have in common.

    :raises NoSuchService: if it is not offered
    """
    return operations_in(_described(provider, code).openapi)


def _described(provider: str, code: str) -> ServiceRow:
    row = _offered().filter(provider=provider, code=code).first()
    if row is None:
        raise NoSuchService(provider=provider, service=code)
    return row


def _offered() -> QuerySet[ServiceRow]:
    rows = ServiceRow.objects.filter(closed_at__isnull=True, provider__state=MemberState.ACTIVE)
    return rows.select_related("provider").order_by("provider", "code")


def _value(row: ServiceRow) -> Service:
    return Service(
        row.provider_id,
        row.provider.title,
        row.provider.title_en,
        row.code,
        row.title,
        row.title_en,
        row.owner,
        row.changed_at,
    )
