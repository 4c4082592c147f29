"""Letters shown at a counter and written down for all procedures: limited, ended, or lapsing."""

from collections.abc import Set
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.timezone import localdate

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.identity.events import AuthorityLimited
from motcua.identity.models import Authority
from motcua.identity.operations.authorities import (
    OwnAuthority,
    ReasonForEnding,
    RecordedAlready,
    end_row,
)
from motcua.identity.queries.authorities import KEEPERS, NoSuchAuthority
from motcua.identity.queries.relatives import near_to
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_, letters

LASTS = timedelta(days=365)
"""How long one lasts that is not limited: as a letter that names no time (Civil Code art. 563)."""


class ProceduresNeeded(Invalid):
    code = "identity.procedures-needed"
    message = N_("Choose at least one procedure, or end the authority.")


@one_transaction
def limit_open_letter(authority_id: str, procedures: Set[str], *, by: Actor, at: datetime) -> None:
    """
    Let a letter that was written down for all procedures cover these alone from now on.

    :raises NoSuchAuthority: if the actor's agency wrote down no such letter, or it has ended, or
        the actor neither leads nor administers the agency
    :raises OwnAuthority: if it is the actor's own or somebody's near to them
    :raises ProceduresNeeded: if none is named
    :raises RecordedAlready: if there is one between the two for just these
    """
    row = _locked(authority_id, by=by)
    if not procedures:
        problem = {"at": "procedures", "message": ProceduresNeeded.message}
        raise ProceduresNeeded(problems=[problem])
    row.procedures = sorted(procedures)
    same = {"agent": row.agent, "principal": row.principal, "kind": row.kind}
    if Authority.objects.filter(**same, procedures=row.procedures, ended_at=None).exists():
        raise RecordedAlready
    row.save(update_fields=["procedures"])
    _announce(row, by=by, at=at)


@one_transaction
def end_open_letter(authority_id: str, reason: str, *, by: Actor, at: datetime) -> None:
    """
    End a letter that was written down for all procedures.

    :raises NoSuchAuthority: and OwnAuthority, as ``limit_open_letter``
    :raises ReasonForEnding: if no reason is given
    """
    row = _locked(authority_id, by=by)
    if letters(reason) < 10:
        raise ReasonForEnding(problems=[{"at": "reason", "message": ReasonForEnding.message}])
    end_row(row, reason.strip(), by=by, at=at)


@one_transaction
def let_open_letters_lapse(*, by: Actor, at: datetime, most: int = 500) -> int:
    """
    Let up to ``most`` letters for all procedures end a year after they began, if not sooner.

    Those of before that year end today. Doing it again changes nothing.

    :return: how many there were
    """
    long = Authority.objects.open_letters().filter(until__gt=F("since") + LASTS)
    rows = list(long.select_for_update(skip_locked=True).order_by("until")[:most])
    today = localdate(at)
    for row in rows:
        row.until = row.since + LASTS
        row.save(update_fields=["until"])
        if row.until >= today:
            _announce(row, by=by, at=at)
        else:
            end_row(row, "expired", by=by, at=at)
    return len(rows)


def _locked(authority_id: str, *, by: Actor) -> Authority:
    if by.agency is None or not by.serves(by.agency, *KEEPERS):
        raise NoSuchAuthority
    ours = Authority.objects.open_letters().filter(confirmed_agency=by.agency)
    row = ours.known_as(authority_id).select_for_update().first()
    if row is None:
        raise NoSuchAuthority
    if {row.agent, row.principal} & near_to(by.id):
        raise OwnAuthority
    return row


def _announce(row: Authority, *, by: Actor, at: datetime) -> None:
    limited = AuthorityLimited(
        subject=str(row.pk),
        kind=row.kind,
        principal=row.principal,
        agent=row.agent,
        until=row.until.isoformat(),
        procedures=row.procedures,
    )
    announce(limited, by=by, at=at)
