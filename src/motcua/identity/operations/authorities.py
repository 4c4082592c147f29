"""Record, confirm and end who may act for whom."""

from dataclasses import asdict
from datetime import date, datetime

from django.utils.timezone import localdate

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.identity.events import AuthorityConfirmed, AuthorityEnded, AuthorityRecorded
from motcua.identity.models import Account, Authority
from motcua.identity.operations.parties import check_at_work, checked_principal, kept
from motcua.identity.queries.authorities import NoSuchAuthority
from motcua.identity.queries.parties import name_of
from motcua.identity.queries.relatives import near_to
from motcua.identity.rules.authorities import AuthorityKind, holds, problems_of_authority
from motcua.identity.rules.parties import PartyKind, Principal, same_name
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Forbidden, Invalid
from motcua.kernel.text import N_, letters

__all__ = [
    "AuthorityKind",
    "AuthorityOver",
    "AuthorityRefused",
    "NoSuchAgent",
    "NotYourAuthority",
    "OwnAuthority",
    "PartyKind",
    "Principal",
    "ReasonForEnding",
    "RecordedAlready",
    "confirm_authority",
    "end_expired",
    "record_authority",
    "revoke_authority",
]

OWN_NUMBER = N_("This is your own number. To act for yourself you need no authority.")
AGENT_NEEDED = N_("Say who acts: look the person up by their number first.")


class AuthorityRefused(Invalid):
    """The fact ``problems`` says at which field and why."""

    code = "identity.authority-refused"


class NotYourAuthority(Forbidden):
    code = "identity.not-your-authority"
    message = N_("You may record only that you yourself act for somebody, and end only your own.")


class OwnAuthority(Forbidden):
    code = "identity.own-authority"
    message = N_(
        "You may not confirm or end an authority that concerns you or somebody near to you. "
        "A colleague has to."
    )


class NoSuchAgent(Invalid):
    code = "identity.no-such-agent"
    message = AGENT_NEEDED


class RecordedAlready(Conflict):
    code = "identity.authority-recorded-already"
    message = N_("This authority is recorded already. Use it, or end it and record it anew.")


class AuthorityOver(Conflict):
    code = "identity.authority-over"
    message = N_("This authority has ended. Record a new one if it is still needed.")


class ReasonForEnding(Invalid):
    code = "identity.reason-for-ending"
    message = N_("Say why it ends, in words both of them understand (at least 10 letters).")


@one_transaction
def record_authority(  # noqa: PLR0913
    principal: Principal,
    *,
    kind: AuthorityKind,
    until: date,
    basis: str,
    document: str | None,
    procedures: frozenset[str],
    by: Actor,
    at: datetime,
    agent: str | None = None,
) -> str:
    """
    Record that somebody may act for ``principal`` from today to the end of ``until``.

    The principal is the account with the same number, name and birth date, else a party. A citizen
    declares that they act themselves; an official who saw the papers records it as confirmed.

    :param document: id of the file that shows the ``basis``
    :param procedures: the codes it covers; empty for all
    :param agent: for an official, the account or party that acts; else the actor
    :raises PartyRefused: if something about the principal cannot be right
    :raises AuthorityRefused: if kind, basis or last day do not fit
    :raises NotYourAuthority: if a citizen names another as the one who acts
    :raises NoSuchAgent: if nobody acts
    :raises OwnAuthority: if an official would record one that concerns them, or somebody near
    :raises RecordedAlready: if there is one of that kind for the same procedures between the two
    """
    person = checked_principal(principal, at=at)
    row = Authority(kind=kind, until=until, basis=basis.strip(), document=document or "")
    row.procedures = sorted(procedures)
    check_fits(row, person, by=by, at=at)
    row.agent, row.agent_name = _agent(agent, by=by)
    row.principal = _principal(person, agent=row.agent, by=by, at=at)
    if by.is_official and {row.agent, row.principal} & near_to(by.id):
        raise OwnAuthority
    return inserted(row, by=by, at=at)


@one_transaction
def confirm_authority(authority_id: str, by: Actor, at: datetime) -> None:
    """
    Say that an authority is right: by an official who saw the papers, or by the other of the two.

    The principal confirms what its agent declared, the agent accepts what its principal offered.
    Confirming again changes nothing.

    :raises NoSuchAuthority: if there is none, or it does not concern the actor
    :raises AuthorityOver: if it has ended
    :raises OwnAuthority: if an official would confirm one by which they, or somebody near to
        them, act or are acted for
    :raises NotAtWork: if it is neither the principal nor an official who works on dossiers
    """
    row = _locked(authority_id, by=by)
    other = row.agent if row.is_offered else row.principal
    concerned = {row.agent, row.principal}
    if (by.id in concerned and by.id != other) or (by.is_official and concerned & near_to(by.id)):
        raise OwnAuthority
    if by.id != other:
        check_at_work(by)
    if not _holds(row, at=at):
        raise AuthorityOver
    if row.confirmed_at is not None:
        return
    accepted = row.is_offered and by.id == row.agent
    _mark_confirmed(row, by=by, at=at)
    row.save(update_fields=["confirmed_by_name", "confirmed_agency", "confirmed_at"])
    who = {"kind": row.kind, "principal": row.principal, "agent": row.agent}
    announce(AuthorityConfirmed(subject=authority_id, accepted=accepted, **who), by=by, at=at)


@one_transaction
def revoke_authority(authority_id: str, reason: str, by: Actor, at: datetime) -> None:
    """
    End an authority at once: by either of the two, or by an official who says why.

    :raises NoSuchAuthority: if there is none, or it does not concern the actor
    :raises AuthorityOver: if it has ended
    :raises OwnAuthority: if an official would end one by which somebody near to them acts or is
        acted for
    :raises NotAtWork: if an official does not work on dossiers
    :raises ReasonForEnding: if an official gives no reason
    """
    row = _locked(authority_id, by=by)
    concerned = {row.agent, row.principal}
    if by.id not in concerned:
        if by.is_official and concerned & near_to(by.id):
            raise OwnAuthority
        check_at_work(by)
        if letters(reason) < 10:
            raise ReasonForEnding(problems=[{"at": "reason", "message": ReasonForEnding.message}])
    if row.ended_at is not None:
        raise AuthorityOver
    end_row(row, reason.strip(), by=by, at=at)


@one_transaction
def end_expired(*, by: Actor, at: datetime, most: int = 500) -> int:
    """End up to ``most`` authorities whose last day is over, and return how many there were."""
    over = Authority.objects.filter(ended_at=None, until__lt=localdate(at)).order_by("until")
    rows = list(over.select_for_update(skip_locked=True)[:most])
    for row in rows:
        end_row(row, "expired", by=by, at=at)
    return len(rows)


def check_fits(row: Authority, person: Principal, *, by: Actor, at: datetime) -> None:
    """Check a new authority, and write down whom it is about, since when, and by whom."""
    row.since, row.recorded_by, row.recorded_at = localdate(at), by.id, at
    row.principal_kind, row.principal_name = person.kind, person.name
    row.principal_number, row.principal_born = person.number, person.born
    found = problems_of_authority(
        AuthorityKind(row.kind),
        person,
        since=row.since,
        until=row.until,
        basis=row.basis,
        seen=by.is_official,
    )
    problems = [asdict(p) for p in found]
    if problems:
        raise AuthorityRefused(problems=problems)
    if by.is_official:
        _mark_confirmed(row, by=by, at=at)


def _agent(agent: str | None, *, by: Actor) -> tuple[str, str]:
    """Return id and name of who acts."""
    if not by.is_official:
        if agent not in (None, by.id) or not by.id:
            raise NotYourAuthority
        return by.id, by.name
    check_at_work(by)
    name = name_of(agent) if agent else None
    if agent is None or name is None:
        raise NoSuchAgent(problems=[{"at": "agent", "message": AGENT_NEEDED}])
    return agent, name


def _principal(person: Principal, *, agent: str, by: Actor, at: datetime) -> str:
    """Return the id of who is acted for; a party is made where there is no such account."""
    account = None
    if person.kind is PartyKind.PERSON:
        account = Account.objects.filter(personal_id=person.number).first()
    whose = ""
    if account is not None:
        same = same_name(account.name, person.name) and account.birth_date == person.born
        own = str(account.pk) == agent
        whose = str(account.pk) if same or own else ""
    whose = whose or str(kept(person, by=by, at=at).pk)
    if whose == agent:
        raise AuthorityRefused(problems=[{"at": "number", "message": OWN_NUMBER}])
    return whose


def inserted(row: Authority, *, by: Actor, at: datetime) -> str:
    """
    Insert it, unless there is one of its kind for the same procedures; an expired one ends first.
    """
    two = {"agent": row.agent, "principal": row.principal, "kind": row.kind}
    there = Authority.objects.filter(**two, procedures=row.procedures, ended_at=None)
    old = there.select_for_update().first()
    if old is not None:
        if _holds(old, at=at):
            raise RecordedAlready
        end_row(old, "expired", by=by, at=at)
    Authority.objects.bulk_create([row], ignore_conflicts=True)
    new = there.get()
    if (new.recorded_by, new.recorded_at) != (by.id, at):
        raise RecordedAlready
    recorded = AuthorityRecorded(
        subject=str(new.pk),
        kind=new.kind,
        principal=new.principal,
        agent=new.agent,
        until=new.until.isoformat(),
        confirmed=new.confirmed_at is not None,
        offered=new.is_offered,
    )
    announce(recorded, by=by, at=at)
    return str(new.pk)


def _locked(authority_id: str, *, by: Actor) -> Authority:
    mine = Authority.objects.visible_to(by).known_as(authority_id)
    row = mine.select_for_update().first()
    if row is None:
        raise NoSuchAuthority
    return row


def _holds(row: Authority, *, at: datetime) -> bool:
    ended = row.ended_at is not None
    return holds(since=row.since, until=row.until, ended=ended, on=localdate(at))


def _mark_confirmed(row: Authority, *, by: Actor, at: datetime) -> None:
    row.confirmed_by_name, row.confirmed_agency, row.confirmed_at = by.name, by.agency or "", at


def end_row(row: Authority, reason: str, *, by: Actor, at: datetime) -> None:
    """End an authority that the caller has locked, and tell it."""
    row.ended_by_name, row.ended_at, row.end_reason = by.name, at, reason[:300]
    row.save(update_fields=["ended_by_name", "ended_at", "end_reason"])
    ended = AuthorityEnded(
        subject=str(row.pk),
        kind=row.kind,
        principal=row.principal,
        agent=row.agent,
        reason=row.end_reason,
    )
    announce(ended, by=by, at=at)
