"""Withdraw a published version: one asks and says why, another confirms or declines."""

from datetime import datetime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Forbidden, NotFound
from motcua.kernel.text import N_
from motcua.packs.operations.publishing import AlreadyWithdrawn, withdraw
from motcua.packs.queries.packs import NoSuchPack
from motcua.packs.queries.shelf import version_named
from motcua.studio.events import WithdrawalMoved
from motcua.studio.models import Withdrawal
from motcua.studio.operations.publishing import said_in_words
from motcua.studio.rules.stages import check_may_author


class NoSuchWithdrawal(NotFound):
    code = "studio.no-such-withdrawal"
    message = N_("Nobody asks to withdraw this. See the history of the procedure.")


class AlreadyAsked(Conflict):
    code = "studio.already-asked"
    message = N_("Somebody asked to withdraw this version already. It waits for an answer.")


class AlreadyDecided(Conflict):
    code = "studio.already-decided"
    message = N_("Somebody decided on this already. Reload the page to see how.")


class OwnRequest(Forbidden):
    code = "studio.own-request"
    message = N_("Another administrator must confirm what you asked for.")


@one_transaction
def ask_withdrawal(version: str, *, reason: str, by: Actor, at: datetime) -> int:
    """
    Ask that a version be withdrawn; return the number of the request.

    :raises NotAnAuthor: if the actor is no administrator
    :raises NoSuchPack: if there is no such version
    :raises AlreadyWithdrawn: if it was withdrawn before
    :raises AlreadyAsked: if a request for it is open
    :raises NothingSaid: without a reason
    """
    check_may_author(by)
    found = version_named(version)
    if found is None:
        raise NoSuchPack(version=version[:60])
    if found.withdrawn_at:
        raise AlreadyWithdrawn(version=version)
    said = said_in_words(reason, "reason")
    made, new = Withdrawal.objects.get_or_create(
        version=version,
        decided_at=None,
        defaults={
            "code": found.code,
            "reason": said,
            "asked_by": by.id,
            "asked_by_name": by.name,
            "asked_at": at,
        },
    )
    if not new:
        raise AlreadyAsked(version=version)
    _announce(made, "ask", said, by=by, at=at)
    return int(made.pk)


@one_transaction
def confirm_withdrawal(number: int, *, by: Actor, at: datetime) -> None:
    """
    Withdraw the version another administrator asked to withdraw.

    :raises OwnRequest: if the actor asked for it
    :raises NoSuchWithdrawal: if there is no such request
    :raises AlreadyDecided: if it was decided
    """
    asked = _locked(number, by=by)
    if asked.asked_by == by.id:
        raise OwnRequest
    withdraw(asked.version, reason=asked.reason, by=by, at=at)
    _decide(asked, confirmed=True, note="", by=by, at=at)


@one_transaction
def decline_withdrawal(number: int, *, note: str, by: Actor, at: datetime) -> None:
    """
    Leave the version in force, and say why; the one who asked takes it back so.

    :raises NothingSaid: without a note
    """
    asked = _locked(number, by=by)
    _decide(asked, confirmed=False, note=said_in_words(note, "note"), by=by, at=at)


def _locked(number: int, *, by: Actor) -> Withdrawal:
    check_may_author(by)
    rows = Withdrawal.objects.visible_to(by).select_for_update()
    asked = rows.filter(pk=number).first()
    if asked is None:
        raise NoSuchWithdrawal
    if asked.decided_at:
        raise AlreadyDecided
    return asked


def _decide(asked: Withdrawal, *, confirmed: bool, note: str, by: Actor, at: datetime) -> None:
    asked.confirmed, asked.note = confirmed, note
    asked.decided_by_name, asked.decided_at = by.name, at
    asked.save()
    act = "confirm" if confirmed else "decline"
    _announce(asked, act, note or asked.reason, by=by, at=at)


def _announce(asked: Withdrawal, act: str, note: str, *, by: Actor, at: datetime) -> None:
    moved = WithdrawalMoved(subject=asked.version, code=asked.code, act=act, note=note)
    announce(moved, by=by, at=at)
