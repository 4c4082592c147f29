"""What waits to be handed on, for those who look after the portal."""

from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.operators import check_operates
from motcua.exchange.queries.members import titles_of
from motcua.forwarding.models import Handed
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor

__all__ = ["PAGE", "Waiting", "waiting"]

PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be handed on: since when, how often it was tried, and what went wrong last."""

    id: int
    code: str
    agency_name: str
    member: str
    member_name: str
    filed_at: datetime
    tries: int
    trouble: str
    trouble_words: str
    trouble_at: datetime | None


def waiting(*, by: Actor, before: int | None = None) -> tuple[Waiting, ...]:
    """
    Return what waits to be handed on, the oldest first, at most 51.

    :param before: the id that the page before ended at
    :raises OperatorsOnly: if the actor does not look after the portal
    """
    check_operates(by)
    rows = Handed.objects.filter(handing=Handing.WAITING, id__gt=before or 0).defer("manifest")
    found = list(rows.order_by("id")[: PAGE + 1])
    agencies = names_of({row.agency for row in found})
    members = titles_of({row.member for row in found})
    return tuple(
        Waiting(
            id=row.pk,
            code=row.code,
            agency_name=agencies.get(row.agency, row.agency),
            member=row.member,
            member_name=members.get(row.member, (row.member, ""))[0],
            filed_at=row.filed_at,
            tries=row.tries,
            trouble=row.trouble,
            trouble_words=row.trouble_words,
            trouble_at=row.trouble_at,
        )
        for row in found
    )
