"""Accounts of systems that speak the old portal's interface."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.signing import BadSignature, TimestampSigner

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from motcua.kernel.text import N_
from motcua.sync.events import SystemChanged
from motcua.sync.models import System
from motcua.sync.queries.systems import keeping
from motcua.sync.rules.access import check_keeps
from motcua.sync.rules.codes import member_of, top_of_member

__all__ = [
    "NotKnown",
    "SessionOver",
    "System",
    "check_destination",
    "is_open",
    "make_system",
    "new_password",
    "sign_in",
    "switch",
    "system_of",
]

SESSION_LASTS = timedelta(minutes=30)
_NOBODY = make_password("nobody", salt="nobody")
_signer = TimestampSigner(salt="motcua.sync.legacy")


class NotAMember(Invalid):
    code = "sync.not-a-member"
    message = N_("“{member}” is not the id of a member. Write it like 000.00.00.H26.")


class NameTaken(Conflict):
    code = "sync.name-taken"
    message = N_("A system is called {username} already. Choose another name.")


class NotAName(Invalid):
    code = "sync.not-a-name"
    message = N_("Name the system with 3 to 40 letters, digits, dots or hyphens.")


class NoSuchSystem(NotFound):
    code = "sync.no-such-system"
    message = N_("There is no such system. Choose one from the list.")


class NotKnown(Forbidden):
    code = "sync.not-known"
    message = N_("The name or the password is wrong, or the account is switched off.")


class SessionOver(Forbidden):
    code = "sync.session-over"
    message = N_("The session is over or not known. Sign in again.")


class NotForUs(Forbidden):
    code = "sync.not-for-us"
    message = N_("The header dstcode does not name this portal. It must name {member}.")


@dataclass(frozen=True, slots=True)
class Made:
    """A new account with its password, which is shown once and not kept."""

    id: int
    username: str
    password: str = field(repr=False)


@one_transaction
def make_system(
    username: str, member: str, *, title: str, above: bool = False, by: Actor, at: datetime
) -> Made:
    """
    Make an account for a system of a member.

    :param above: it is a portal that we are below, and tells us of statuses of our own dossiers
    :raises NotYourParents: unless an administrator of our member that runs the portal, or itself
    :raises NotAName: if the name is none; :raises NameTaken: if another has it
    :raises NotAMember: if ``member`` is not the id of one
    """
    keeper = keeping()
    check_keeps(keeper, by=by)
    if not 3 <= len(username) <= 40 or not username.replace("-", "").replace(".", "").isalnum():
        raise NotAName
    if top_of_member(member) is None:
        raise NotAMember(member=member[:40])
    if System.objects.filter(username=username).exists():
        raise NameTaken(username=username)
    password = token_urlsafe(24)
    row = System.objects.create(
        username=username,
        password=make_password(password),
        member=member,
        keeper=keeper,
        title=title.strip()[:200] or username,
        above=above,
        made_at=at,
        made_by=by.id,
    )
    _announce(row, "made", by=by, at=at)
    return Made(row.pk, username, password)


@one_transaction
def new_password(number: int, *, by: Actor, at: datetime) -> Made:
    """
    Give a system another password; the old one and its sessions end at once.

    :raises NoSuchSystem: if there is none that the actor may see
    :raises NotYourParents: unless its keeper's administrator, or the portal
    """
    row = _held(number, by=by)
    password = token_urlsafe(24)
    row.password, row.turn = make_password(password), row.turn + 1
    row.save(update_fields=["password", "turn"])
    _announce(row, "password-changed", by=by, at=at)
    return Made(row.pk, row.username, password)


@one_transaction
def switch(number: int, *, on: bool, by: Actor, at: datetime) -> None:
    """Switch a system off, with its sessions, or on again; raises as `new_password` does."""
    row = _held(number, by=by)
    if (row.off_at is None) != on:
        row.off_at, row.turn = (None if on else at), row.turn + 1
        row.save(update_fields=["off_at", "turn"])
        _announce(row, "switched-on" if on else "switched-off", by=by, at=at)


def sign_in(username: str, password: str, *, dstcode: str, at: datetime) -> str:
    """
    Return a session of half an hour; what is wrong takes as long as what is right.

    :raises NotKnown: if name and password are not a living account's
    :raises NotForUs: if ``dstcode`` names another portal
    """
    row = System.objects.filter(username=username[:100]).first()
    right = check_password(password[:200], row.password if row else _NOBODY)
    if row is None or not right or row.off_at is not None:
        raise NotKnown
    check_destination(row, dstcode)
    System.objects.filter(pk=row.pk).update(used_at=at)
    return _signer.sign(f"{row.pk}.{row.turn}")


def check_destination(system: System, dstcode: str) -> None:
    """
    Do nothing where a ``dstcode`` such as ``VN:GOV:000.00.00.H26:dvc`` names the system's keeper.

    :raises NotForUs: where it does not
    """
    ours = member_of(system.keeper)
    if ours not in dstcode.split(":"):
        raise NotForUs(member=ours)


def system_of(session: str) -> System:
    """
    Return whose session this is.

    :raises SessionOver: if it is none, too old, or of an account switched off or changed since
    """
    try:
        number, turn = _signer.unsign(session[:200], max_age=SESSION_LASTS).split(".")
    except (BadSignature, ValueError):
        raise SessionOver from None
    row = System.objects.filter(pk=number, turn=turn, off_at=None).first()
    if row is None:
        raise SessionOver
    return row


def _held(number: int, *, by: Actor) -> System:
    row = System.objects.visible_to(by).select_for_update().filter(pk=number).first()
    if row is None:
        raise NoSuchSystem
    check_keeps(row.keeper, by=by)
    return row


def _announce(row: System, what: str, *, by: Actor, at: datetime) -> None:
    announce(SystemChanged(subject=row.username, member=row.member, what=what), by=by, at=at)


def is_open() -> bool:
    """Tell whether this portal answers the old interface at all (``SYNC_LEGACY``)."""
    return bool(settings.SYNC_LEGACY)
