"""A log that contradicts what was signed: tell of it once, and go on once somebody has decided."""

from datetime import datetime
from functools import partial

import structlog
from django.db import transaction
from django.db.models import QuerySet

from motcua.backbone.journal import announce
from motcua.backbone.statements import Statement
from motcua.backbone.transactions import one_transaction
from motcua.exchange.adapters.headfiles import Aside, heads_aside, keep_outside, put_aside
from motcua.exchange.events import LogBreakAccepted, LogContradicted
from motcua.exchange.models import Head, LogBreak, LogEntry
from motcua.exchange.operations.members import NoReason, operator_agency
from motcua.exchange.queries.breaks import held_against_outside
from motcua.exchange.queries.heads import forget_heads
from motcua.exchange.queries.members import kept_logs
from motcua.exchange.queries.tree import root_at
from motcua.exchange.rules.access import check_may_run
from motcua.exchange.rules.breaks import SET_ASIDE, UNREADABLE
from motcua.exchange.rules.heads import SignedHead, write_head
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_

__all__ = [
    "NothingContradicted",
    "accept_break",
    "alone",
    "hold_against",
    "tell_break",
    "was_put_aside",
]

problems = structlog.get_logger("motcua.exchange")
_ALONE = Statement("SELECT pg_advisory_xact_lock(hashtextextended('exchange-log ' || %s, 0))")
_PRUNE = Statement('DELETE FROM exchange_node WHERE log = %s AND ("index" + 1) << level::int > %s')


class NothingContradicted(Conflict):
    code = "exchange.nothing-contradicted"
    message = N_(
        "No signed head is known that the log of {member} contradicts. There is nothing to decide: "
        "look with “motcua doctor” and “motcua exchange verify”."
    )


def alone(log: str) -> None:
    """Let no other process number a log's entries until the transaction ends."""
    _ALONE.all(log)


@one_transaction
def tell_break(head: SignedHead, fault: str, *, by: Actor, at: datetime) -> None:
    """Announce that a log contradicts a head it once signed; the second time nothing is said."""
    what = head.head
    facts = {"signed": write_head(head), "fault": fault, "found_at": at}
    _, new = LogBreak.objects.get_or_create(
        log=what.log, size=what.size, root=what.root, defaults=facts
    )
    if new:
        problems.error("a log contradicts itself", member=what.log, size=what.size, fault=fault)
        announce(LogContradicted(subject=what.log, size=what.size, fault=fault), by=by, at=at)


def hold_against(head: SignedHead) -> None:
    """Keep a contradicted head of ours outside the database, if none that is contradicted is."""
    if not held_against_outside(head.head.log).contradicted:
        keep_outside(head)


@one_transaction
def accept_break(log: str, reason: str, *, by: Actor, at: datetime) -> int:
    """
    Go on with a log that contradicts what was signed, and return from how many entries.

    The heads that it contradicts stay in a file with the reason. Of a log kept here, what still
    bears a signed head stays as it is; what stands behind that waits for a number again, so
    nothing that is left is lost. Of another member's log, its next head is believed anew.

    :raises NotTheOperator: if the actor does not run the exchange
    :raises NoReason: if no reason is given
    :raises NothingContradicted: if there is nothing to decide
    """
    check_may_run(operator_agency(), by=by)
    reason = reason.strip()[:500]
    if not reason:
        raise NoReason(problems=[{"at": "reason", "message": NoReason.message}])
    alone(log)
    rows = LogBreak.objects.filter(log=log, settled_at=None)
    heads = {row.signed: row.size for row in rows}
    outside = held_against_outside(log)
    if outside.head is not None and outside.contradicted:
        heads[write_head(outside.head)] = outside.head.head.size
    elif not heads and outside.fault != UNREADABLE:
        raise NothingContradicted(member=log)
    size = _cut_back(log) if outside.contradicted else _newest(log)
    if log not in kept_logs():
        Head.objects.filter(log=log, checked_at__isnull=False).update(checked_at=None)
    else:
        aside = Aside(at, by.id, reason, size, tuple(heads))
        transaction.on_commit(partial(put_aside, log, aside))
    rows.filter(signed__in=list(heads)).update(settled_at=at, settled_by=by.id, reason=reason)
    most = max(heads.values(), default=0)
    event = LogBreakAccepted(subject=log, size=most, kept=size, reason=reason)
    announce(event, by=by, at=at)
    return size


def was_put_aside(head: SignedHead) -> bool:
    """Tell whether somebody has decided to go on without a head of a log kept here."""
    return any(each.accounts_for(head) for each in heads_aside(head.head.log))


def _cut_back(log: str) -> int:
    """Take a log back to the largest signed head that its hashes bear out."""
    size = _borne_out(log)
    _own_heads(log).filter(size__gt=size).update(fault=SET_ASIDE)
    _PRUNE.run(log, size)
    LogEntry.objects.filter(log=log, leaf__gte=size).update(leaf=None)
    forget_heads()
    return size


def _borne_out(log: str) -> int:
    """Return the size of a head that the log bears out: the largest, where only its end is off."""
    heads = _own_heads(log).order_by("size")
    low, high, size = 0, heads.count(), 0
    while low < high:
        middle = (low + high + 1) // 2
        head = heads[middle - 1]
        if root_at(log, head.size) == bytes(head.root):
            low, size = middle, head.size
        else:
            high = middle - 1
    return size


def _newest(log: str) -> int:
    found = _own_heads(log).order_by("-size").values_list("size", flat=True).first()
    return found or 0


def _own_heads(log: str) -> QuerySet[Head]:
    return Head.objects.filter(log=log, fault="", seen_at__isnull=True)
