"""What an official has to do with the exchange."""

from django.conf import settings
from django.db.models import Exists, Q

from motcua.exchange.models import Member, Service
from motcua.exchange.rules.access import READERS, NotOfTheExchange, Part
from motcua.kernel.actors import Actor, Role

__all__ = ["NotOfTheExchange", "Part", "part_of"]


def part_of(*, by: Actor) -> Part:
    """
    Return what the actor has to do with the exchange; one statement.

    :raises NotOfTheExchange: if nothing: their agency takes no part, or their posts do not
    """
    agency = by.agency
    if agency is None or not by.serves(agency, *READERS):
        raise NotOfTheExchange
    first = settings.EXCHANGE_MEMBERS[:1]
    owned = Exists(Service.objects.filter(owner=agency, closed_at__isnull=True))
    rows = Member.objects.filter(Q(agency=agency) | Q(pk__in=first)).annotate(owned=owned)
    found = list(rows.order_by("id").values_list("id", "agency", "owned"))
    members = tuple(id_ for id_, of, _ in found if of == agency)
    owns = any(owned for _, _, owned in found)
    serves_both_ways = by.serves(agency, Role.ADMINISTRATOR, Role.AUDITOR)
    if not (owns or (members and serves_both_ways)):
        raise NotOfTheExchange
    return Part(
        operates=serves_both_ways and any(id_ in members for id_ in first),
        members=members if serves_both_ways else (),
        owns=owns,
        writes=by.serves(agency, Role.ADMINISTRATOR),
    )
