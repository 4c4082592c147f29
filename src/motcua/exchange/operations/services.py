"""What members offer each other."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from motcua.agencies.queries.agencies import agency
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.exchange.events import ServiceClosed, ServiceOpened
from motcua.exchange.models import Service
from motcua.exchange.operations.members import NoReason, check_administers, locked_member
from motcua.exchange.queries.agreements import forget_agreements
from motcua.exchange.rules.states import NoSuchService
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_

__all__ = ["NewService", "NoSuchService", "WrongService", "close_service", "open_service"]

_CODE = re.compile(r"[a-z][a-z0-9-]{0,30}\.v[1-9]\d?", re.ASCII)
WRONG_CODE = N_("Write a short name with its version, such as population.v1.")
WRONG_TITLE = N_("Write what the service is called.")
WRONG_OPENAPI = N_("The description is not an OpenAPI document: it lacks openapi, info or paths.")


class WrongService(Invalid):
    code = "exchange.wrong-service"
    message = N_("Some facts about this service are not right. Correct them and send them again.")


@dataclass(frozen=True, slots=True)
class NewService:
    """A service to offer; ``owner`` is the agency whose data it is, the provider's where empty."""

    provider: str
    code: str
    title: str
    openapi: Mapping[str, Any]
    title_en: str = ""
    owner: str = ""


@one_transaction
def open_service(new: NewService, *, by: Actor, at: datetime) -> None:
    """
    Offer a service, or change what it is; the same again changes nothing.

    :raises NoSuchMember: if there is no such provider
    :raises NotYourMember: if the actor does not administer it
    :raises WrongService: if the code, title or description is not right
    :raises NoSuchAgency: if the owner of a service of ours is no agency here
    """
    provider = locked_member(new.provider)
    check_administers(provider, by=by)
    _check(new)
    owner = new.owner or provider.agency
    if new.provider in settings.EXCHANGE_MEMBERS and owner != provider.agency:
        agency(owner)
    row = Service.objects.filter(provider=provider, code=new.code).first()
    row = row or Service(provider=provider, code=new.code, opened_at=at)
    facts = {
        "title": new.title.strip(),
        "title_en": new.title_en.strip(),
        "owner": owner,
        "openapi": dict(new.openapi),
        "closed_at": None,
        "closed_reason": "",
    }
    if row.pk and all(getattr(row, name) == value for name, value in facts.items()):
        return
    for name, value in facts.items():
        setattr(row, name, value)
    row.changed_at = at
    row.save()
    announce(ServiceOpened(subject=str(row), owner=owner), by=by, at=at)
    forget_agreements()


@one_transaction
def close_service(provider: str, code: str, *, reason: str, by: Actor, at: datetime) -> None:
    """
    Offer a service no longer: nobody new can ask for it, and no agreement lets a call through.

    :raises NoSuchMember: if there is no such provider
    :raises NotYourMember: if the actor does not administer it
    :raises NoReason: if no reason is given
    :raises NoSuchService: if it is not offered
    """
    check_administers(locked_member(provider), by=by)
    if not reason.strip():
        raise NoReason(problems=[{"at": "reason", "message": NoReason.message}])
    row = Service.objects.filter(provider=provider, code=code, closed_at__isnull=True).first()
    if row is None:
        raise NoSuchService(provider=provider, service=code)
    row.closed_at, row.closed_reason = at, reason.strip()[:500]
    row.save(update_fields=["closed_at", "closed_reason"])
    announce(ServiceClosed(subject=str(row), reason=row.closed_reason), by=by, at=at)
    forget_agreements()


def is_service_code(text: str) -> bool:
    """Tell whether a text is a service's code: a short name with its version."""
    return bool(_CODE.fullmatch(text))


def _check(new: NewService) -> None:
    wrong = [
        {"at": name, "message": message}
        for name, message, right in (
            ("code", WRONG_CODE, is_service_code(new.code)),
            ("title", WRONG_TITLE, 0 < len(new.title.strip()) <= 200 and len(new.title_en) <= 200),
            ("openapi", WRONG_OPENAPI, {"openapi", "info", "paths"} <= new.openapi.keys()),
        )
        if not right
    ]
    if wrong:
        raise WrongService(problems=wrong)
