"""Where a service is really answered, for those whose data it is."""

from dataclasses import dataclass
from datetime import datetime

from motcua.exchange.models import Service, Upstream
from motcua.exchange.rules.access import NotYourService, check_may_decide
from motcua.exchange.rules.states import NoSuchService
from motcua.kernel.actors import Actor

__all__ = ["Behind", "NotYourService", "behind", "may_decide"]


@dataclass(frozen=True, slots=True)
class Behind:
    """A system behind a service; ``most`` in bytes, ``timeout`` in seconds."""

    url: str
    timeout: float
    most: int
    inside: bool
    changed_at: datetime


def behind(provider: str, service: str, *, by: Actor) -> Behind | None:
    """
    Return the system behind a service, nothing where this portal answers; two statements.

    :raises NoSuchService: if the member offers no such service
    :raises NotYourService: unless a leader or administrator of the data's owner asks
    """
    row = Service.objects.filter(provider=provider, code=service).first()
    if row is None:
        raise NoSuchService(provider=provider, service=service)
    check_may_decide(row.owner, by=by)
    known = Upstream.objects.filter(service=row).first()
    if known is None:
        return None
    return Behind(known.url, known.timeout, known.most, known.inside, known.changed_at)


def may_decide(owner: str, *, by: Actor) -> bool:
    """Tell whether the actor decides about a service of this owner."""
    try:
        check_may_decide(owner, by=by)
    except NotYourService:
        return False
    return True
