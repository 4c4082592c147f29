"""What waits to be sent to other portals, for those who look after this one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.operators import check_operates
from motcua.dossiers.queries.elsewhere import cursor_at, place_at
from motcua.exchange.queries.members import titles_of
from motcua.forwarding.models import Given, Handed, Supplement
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_

__all__ = ["PAGE", "Waiting", "waiting"]

PAGE = 50
_KINDS: tuple[tuple[Any, str, str, str], ...] = (
    (Handed, "", "filed_at", N_("The dossier")),
    (Supplement, "handed__", "at", N_("The answer to what the agency asked for")),
    (Given, "handed__", "at", N_("That its result was given out here")),
)
"""The tables that are outboxes, how one leads to the dossier, since when it waits, what it is."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    What waits to be sent: since when, how often it was tried, and what went wrong last.

    ``what`` of the dossier it is, in words; ``cursor`` its place in the list.
    """

    what: str
    code: str
    agency_name: str
    member_name: str
    since: datetime
    tries: int
    trouble: str
    trouble_words: str
    trouble_at: datetime | None
    cursor: str


def waiting(*, by: Actor, after: str = "") -> tuple[Waiting, ...]:
    """
    Return what waits to be sent, the oldest first, at most 51 (five statements).

    :param after: the cursor of the last one on the page before
    :raises OperatorsOnly: if the actor does not look after the portal
    """
    check_operates(by)
    rows = [row for kind in _KINDS for row in _first(*kind, *place_at(after))]
    found = sorted(rows, key=lambda row: (row[4], row[1]))[: PAGE + 1]
    agencies = names_of({row[2] for row in found})
    members = titles_of({row[3] for row in found})
    return tuple(
        Waiting(
            what=what,
            code=code,
            agency_name=agencies.get(agency, agency),
            member_name=members.get(member, (member, ""))[0],
            since=since,
            cursor=cursor_at(since, code),
            **dict(zip(_TRIED, tried, strict=True)),
        )
        for what, code, agency, member, since, *tried in found
    )


def _first(
    table: Any, to: str, at: str, what: str, since: datetime, code: str
) -> Iterator[tuple[Any, ...]]:
    """Yield what of one kind waits since then or later, the oldest first, at most 51."""
    rows = table.objects.filter(handing=Handing.WAITING)
    name = f"{to}code"
    if code:
        rows = rows.filter(Q(**{f"{at}__gt": since}) | Q(**{at: since, f"{name}__gt": code}))
    columns = (name, f"{to}agency", f"{to}member", at, *_TRIED)
    for row in rows.order_by(at, name).values_list(*columns)[: PAGE + 1]:
        yield what, *row


_TRIED = ("tries", "trouble", "trouble_words", "trouble_at")
