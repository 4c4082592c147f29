"""Who may act for whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q
from django.utils.timezone import localdate

from motcua.backbone.looks import record_look
from motcua.identity.models import Authority as AuthorityRow
from motcua.identity.queries.people import PurposeNeeded
from motcua.identity.rules.authorities import STANDARD, AuthorityKind, Limits, Standing, last_day
from motcua.identity.rules.parties import PartyKind
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_

__all__ = [
    "KEEPERS",
    "STANDARD",
    "Authority",
    "AuthorityKind",
    "Limits",
    "NoSuchAuthority",
    "Standing",
    "authorities_of_mine",
    "authority",
    "known_authority",
    "last_day",
    "may_act_for",
    "open_letter",
    "open_letters",
    "standing_of",
]

AUTHORITY_DATA = N_("Who acts for this person, and on what basis")
MOST = 200
KEEPERS = (Role.LEADER, Role.ADMINISTRATOR)
"""Who of an agency looks after the letters its counters wrote down."""


class NoSuchAuthority(NotFound):
    code = "identity.no-such-authority"
    message = N_("There is no such authority that you may see. Choose it from your list.")


@dataclass(frozen=True, slots=True)
class Authority:
    """
    That ``agent`` may act for ``principal`` until the end of the day ``until``.

    Both are ids of accounts or parties. What is known of the principal is as it was given when
    this was recorded. ``procedures`` are the codes it covers, all when empty.
    """

    id: str
    kind: AuthorityKind
    standing: Standing
    principal: str
    principal_kind: PartyKind
    principal_name: str
    principal_number: str
    principal_born: date | None
    agent: str
    agent_name: str
    basis: str
    document: str
    procedures: frozenset[str]
    since: date
    until: date
    recorded_at: datetime
    confirmed_by: str
    confirmed_agency: str
    confirmed_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    end_reason: str

    @property
    def holds(self) -> bool:
        """Tell whether it may be used now."""
        return self.standing in (Standing.DECLARED, Standing.CONFIRMED)

    def covers(self, procedure: str) -> bool:
        """Tell whether it covers a procedure."""
        return not self.procedures or procedure in self.procedures


def authorities_of_mine(*, by: Actor, at: datetime) -> tuple[Authority, ...]:
    """
    Return the authorities in which the actor acts or is acted for, ended ones too (one statement).

    The newest first, at most 200.
    """
    mine = AuthorityRow.objects.of(by.id).order_by("-recorded_at", "-id")[:MOST] if by.id else ()
    return tuple(_values(mine, at=at))


def authority(
    authority_id: str, *, by: Actor, at: datetime, purpose: str = "", reference: str = ""
) -> Authority:
    """
    Return one authority; an official's look is written down for the one acted for.

    :param purpose: why; those whom it concerns need none
    :param reference: what the look belongs to, such as a dossier code
    :raises NoSuchAuthority: if there is none, or it does not concern the actor
    :raises PurposeNeeded: if an official gives no purpose
    """
    row = AuthorityRow.objects.visible_to(by).known_as(authority_id).first()
    if row is None:
        raise NoSuchAuthority
    if by.id not in (row.agent, row.principal):
        if not purpose.strip():
            raise PurposeNeeded
        record_look(
            row.principal, AUTHORITY_DATA, purpose=purpose, reference=reference, by=by, at=at
        )
    return next(_values([row], at=at))


def open_letters(*, by: Actor, at: datetime) -> tuple[Authority, ...]:
    """
    Return letters for all procedures that the counters of the actor's agency once wrote down.

    The first to end first, at most 200 (one statement); none to who neither leads nor administers
    the agency.
    """
    if by.agency is None or not by.serves(by.agency, *KEEPERS):
        return ()
    ours = AuthorityRow.objects.open_letters().filter(confirmed_agency=by.agency)
    return tuple(_values(ours.order_by("until", "id")[:MOST], at=at))


def open_letter(authority_id: str, *, by: Actor, at: datetime, purpose: str) -> Authority:
    """
    Return one of ``open_letters``; the look is written down for the one acted for.

    :raises NoSuchAuthority: if it is none of these
    """
    ours = AuthorityRow.objects.open_letters().filter(confirmed_agency=by.agency or "")
    allowed = by.agency is not None and by.serves(by.agency, *KEEPERS)
    row = ours.known_as(authority_id).first() if allowed else None
    if row is None:
        raise NoSuchAuthority
    record_look(row.principal, AUTHORITY_DATA, purpose=purpose, by=by, at=at)
    return next(_values([row], at=at))


@for_rooms
def known_authority(authority_id: str, *, at: datetime) -> Authority | None:
    """Return an authority for a room's own work, ``None`` where there is none."""
    row = AuthorityRow.objects.known_as(authority_id).first()
    return None if row is None else next(_values([row], at=at))


@for_rooms
def may_act_for(agent: str, principal: str, procedure: str, at: datetime) -> Authority | None:
    """
    Return by what right ``agent`` may act for ``principal`` in a procedure at a moment, if any.

    Of several a confirmed one, the one that lasts longest (one statement).
    """
    theirs = AuthorityRow.objects.filter(agent=agent, principal=principal)
    found = (
        theirs.holding_on(localdate(at))
        .filter(Q(procedures=[]) | Q(procedures__contains=[procedure]))
        .order_by(F("confirmed_at").desc(nulls_last=True), "-until")
        .first()
    )
    return None if found is None else next(_values([found], at=at))


@for_rooms
def standing_of(row: AuthorityRow, *, at: datetime) -> Standing:
    """Return how far an authority can be relied on at a moment."""
    return _standing(row, localdate(at))


def _standing(row: AuthorityRow, on: date) -> Standing:
    if row.ended_at is not None or not row.since <= on <= row.until:
        return Standing.ENDED
    if row.is_offered:
        return Standing.OFFERED
    return Standing.DECLARED if row.confirmed_at is None else Standing.CONFIRMED


def _values(rows: Iterable[AuthorityRow], *, at: datetime) -> Iterator[Authority]:
    on = localdate(at)
    for row in rows:
        yield Authority(
            id=str(row.pk),
            kind=AuthorityKind(row.kind),
            standing=_standing(row, on),
            principal=row.principal,
            principal_kind=PartyKind(row.principal_kind),
            principal_name=row.principal_name,
            principal_number=row.principal_number,
            principal_born=row.principal_born,
            agent=row.agent,
            agent_name=row.agent_name,
            basis=row.basis,
            document=row.document,
            procedures=frozenset(row.procedures),
            since=row.since,
            until=row.until,
            recorded_at=row.recorded_at,
            confirmed_by=row.confirmed_by_name,
            confirmed_agency=row.confirmed_agency,
            confirmed_at=row.confirmed_at,
            ended_by=row.ended_by_name,
            ended_at=row.ended_at,
            end_reason=row.end_reason,
        )
