"""Deciding whom our own dossiers are told."""

from dataclasses import replace
from datetime import datetime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.exchange.queries.members import member_known, own_members
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid, NotFound
from motcua.kernel.text import N_
from motcua.sync.adapters.passwords import keep_password, password_of
from motcua.sync.events import ParentChanged
from motcua.sync.models import Parent
from motcua.sync.operations.telling import begin_anew, new_stream
from motcua.sync.rules.access import check_keeps
from motcua.sync.rules.accounts import AccountIncomplete, LegacyAccount, check_account
from motcua.sync.rules.codes import member_of, top_of_member
from motcua.sync.rules.outward import Kind

__all__ = [
    "LegacyAccount",
    "NoSuchParent",
    "ParentThere",
    "add_legacy_parent",
    "add_parent",
    "change_account",
    "change_password",
    "pause",
    "resume",
    "tell_anew",
    "tell_now",
]


class NotOurs(Invalid):
    code = "sync.not-ours"
    message = N_("This portal does not speak for {member}. It tells of its own members' dossiers.")


class NotItself(Invalid):
    code = "sync.not-itself"
    message = N_("A member is not told of its own dossiers. Choose another one.")


class ParentThere(Conflict):
    code = "sync.parent-there"
    message = N_("{to} is told of the dossiers of {member} already.")


class NoSuchParent(NotFound):
    code = "sync.no-such-parent"
    message = N_("Our dossiers are told to no such portal. Choose one from the list.")


class PasswordAgain(Invalid):
    code = "sync.password-again"
    message = N_("The address is another one. Type its password, too: the kept one is not sent on.")


class NotACode(Invalid):
    code = "sync.not-a-code"
    message = N_("“{code}” is not the code of a ministry or province. Write it like H57.")


@one_transaction
def add_parent(member: str, to: str, *, by: Actor, at: datetime) -> int:
    """
    Tell another member of the dossiers of one of ours, those that are there and all that follow.

    It needs an agreement on ``dossiers.v1`` for ``synchronise``; without one the parent is shown
    as stuck, and goes on as soon as there is one.

    :raises NotYourParents: unless an administrator of the member, or the portal
    :raises NotOurs: if ``member`` is not ours
    :raises NotItself: if both are the same
    :raises NoSuchMember: if the exchange has no member ``to``
    :raises ParentThere: if it is told of them already
    """
    top = _checked(member, by=by)
    if member == to:
        raise NotItself
    title = member_known(to).title
    parent = Parent(member=member, to=to, kind=Kind.NATIVE, title=title, about=top)
    return _added(parent, by=by, at=at)


@one_transaction
def add_legacy_parent(
    member: str, to: str, account: LegacyAccount, *, below: str = "", by: Actor, at: datetime
) -> int:
    """
    Tell a system that speaks the old portal's interface, as `add_parent` tells a member.

    :param to: what the system is called here
    :param below: the first-level code of a province whose system it is: it is told the statuses of
        that province's dossiers, by ``DongBoTrangThaiHoSo``; empty for a portal above, which is
        told of our own dossiers
    :raises NotYourParents: unless an administrator of the member, or the portal; what is below, and
        so another member's dossiers, only the portal decides
    :raises NotOurs: if ``member`` is not ours
    :raises NotACode: if ``below`` is no such code
    :raises Invalid: as `check_account` does
    :raises ParentThere: if it is told of them already
    """
    top = _checked(member, by=by)
    check_account(to, account)
    if below:
        _check_below(below, by=by)
    parent = Parent(
        member=member,
        to=to,
        title=to,
        about=below or top,
        kind=Kind.BELOW if below else Kind.LEGACY,
        address=account.address,
        username=account.username,
        dstcode=account.dstcode,
        inside=account.inside,
    )
    number = _added(parent, by=by, at=at)
    keep_password(number, account.password)
    return number


def _check_below(code: str, *, by: Actor) -> None:
    if top_of_member(member_of(code)) is None:
        raise NotACode(code=code[:40])
    check_keeps(code, by=by)


def _checked(member: str, *, by: Actor) -> str:
    """Return the first-level code of one of our members, whom the actor may speak for."""
    top = top_of_member(member) or ""
    check_keeps(top, by=by)
    if member not in own_members():
        raise NotOurs(member=member[:40])
    return top


def _added(parent: Parent, *, by: Actor, at: datetime) -> int:
    if Parent.objects.filter(member=parent.member, to=parent.to).exists():
        raise ParentThere(to=parent.to, member=parent.member)
    parent.stream, parent.added_at, parent.added_by = new_stream(at), at, by.id
    parent.save()
    _announce(parent, "added", by=by, at=at)
    return parent.pk


@one_transaction
def change_account(number: int, account: LegacyAccount, *, by: Actor, at: datetime) -> None:
    """
    Sign in at a legacy parent elsewhere, or as somebody else; an empty password changes none.

    A kept password goes nowhere else: whoever may change the address need not know it.

    :raises NoSuchParent: if there is none of the old interface that the actor may see
    :raises NotYourParents: unless an administrator of the member, or the portal; for what is below
        only the portal, as in `add_legacy_parent`
    :raises PasswordAgain: if the address is another one, and there is no password with it
    :raises Invalid: as `check_account` does
    """
    parent = _legacy(number, by=by)
    check_keeps(parent.about, by=by)
    if account.address != parent.address and not account.password:
        raise PasswordAgain
    kept = account.password or password_of(parent.pk) or ""
    check_account(parent.to, replace(account, password=kept))
    Parent.objects.filter(pk=parent.pk).update(
        address=account.address,
        username=account.username,
        dstcode=account.dstcode,
        inside=account.inside,
        try_at=None,
    )
    keep_password(parent.pk, kept)
    _announce(parent, "account-changed", by=by, at=at)


@one_transaction
def change_password(number: int, password: str, *, by: Actor) -> None:
    """
    Sign in at a legacy parent with another password from now on.

    :raises NoSuchParent: if there is none of the old interface that the actor may see
    :raises NotYourParents: unless an administrator of the member, or the portal
    :raises AccountIncomplete: if the password is empty
    """
    parent = _legacy(number, by=by)
    if not password:
        raise AccountIncomplete
    keep_password(parent.pk, password)
    tell_now(number, by=by)


@one_transaction
def pause(number: int, *, by: Actor, at: datetime) -> None:
    """
    Tell a parent nothing until it is resumed; its place is kept.

    :raises NoSuchParent: if there is none that the actor may see
    :raises NotYourParents: unless an administrator of the member, or the portal
    """
    parent = _held(number, by=by)
    if parent.paused_at is None:
        Parent.objects.filter(pk=parent.pk).update(paused_at=at)
        _announce(parent, "paused", by=by, at=at)


@one_transaction
def resume(number: int, *, by: Actor, at: datetime) -> None:
    """Go on telling a parent from its place; raises as `pause` does."""
    parent = _held(number, by=by)
    _at_once(parent)
    if parent.paused_at is not None:
        Parent.objects.filter(pk=parent.pk).update(paused_at=None)
        _announce(parent, "resumed", by=by, at=at)


@one_transaction
def tell_now(number: int, *, by: Actor) -> None:
    """Have a parent told as soon as the worker can, however long it was left; raises as `pause`."""
    _at_once(_held(number, by=by))


@one_transaction
def tell_anew(number: int, *, by: Actor, at: datetime) -> None:
    """Have a parent told everything from the first step on; raises as `pause` does."""
    parent = _held(number, by=by)
    begin_anew(parent.pk, at=at)
    _at_once(parent)
    _announce(parent, "told-anew", by=by, at=at)


def _at_once(parent: Parent) -> None:
    Parent.objects.filter(pk=parent.pk).update(try_at=None)


def _held(number: int, *, by: Actor) -> Parent:
    """Return a parent held until the transaction ends."""
    parent = Parent.objects.visible_to(by).select_for_update().filter(pk=number).first()
    if parent is None:
        raise NoSuchParent
    check_keeps(top_of_member(parent.member) or "", by=by)
    return parent


def _legacy(number: int, *, by: Actor) -> Parent:
    parent = _held(number, by=by)
    if parent.kind == Kind.NATIVE:
        raise NoSuchParent
    return parent


def _announce(parent: Parent, what: str, *, by: Actor, at: datetime) -> None:
    announce(ParentChanged(subject=parent.to, member=parent.member, what=what), by=by, at=at)
