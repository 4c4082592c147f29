"""Give entries their number in the log, let the tree grow over them, sign its head."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db import transaction
from django.db.models import Q

from motcua.backbone.statements import Statement
from motcua.backbone.transactions import one_transaction
from motcua.exchange.adapters.headfiles import head_outside, keep_outside
from motcua.exchange.models import Head, LogEntry
from motcua.exchange.operations.breaks import alone, tell_break
from motcua.exchange.queries.breaks import held_against_outside
from motcua.exchange.queries.entries import entry_of
from motcua.exchange.queries.heads import forget_heads
from motcua.exchange.queries.keys import signing_key
from motcua.exchange.queries.tree import hashes_at
from motcua.exchange.rules.breaks import Outside
from motcua.exchange.rules.entries import hash_of
from motcua.exchange.rules.heads import NotAHead, SignedHead, TreeHead, whole_millisecond
from motcua.exchange.rules.merkle import complete_subtrees, grown, root_of
from motcua.kernel.actors import Actor

problems = structlog.get_logger("motcua.exchange")
BATCH = 5_000
OPEN_AT_MOST = timedelta(minutes=10)
"""How long an answer is waited for; then the entry stands in the log without one."""

_NUMBER = Statement(
    """
UPDATE exchange_logentry entry SET leaf = given.leaf, status = coalesce(status, 0)
FROM unnest(%s::uuid[], %s::timestamptz[], %s::bigint[]) AS given (id, at, leaf)
WHERE entry.id = given.id AND entry.at = given.at
"""
)
_GROW = Statement(
    """
INSERT INTO exchange_node (log, level, index, hash)
SELECT %s, * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])
"""
)


@one_transaction
def sequence(log: str, *, at: datetime) -> int:
    """
    Number what waits in a member's log, at most 5,000 entries; return how many there were.

    One process at a time does it for a log; calls do not wait for it. While the log contradicts
    what was signed before, none is numbered: that is told once, and entries go on being kept.

    :raises NoKeyOfOurs: if there is no key to sign the head with
    """
    alone(log)
    outside = _outside(log)
    if outside.head is not None and outside.contradicted:
        tell_break(outside.head, outside.fault, by=Actor.system("exchange"), at=at)
        return 0
    waiting = LogEntry.objects.filter(log=log, leaf__isnull=True)
    done = waiting.filter(Q(status__isnull=False) | Q(at__lt=at - OPEN_AT_MOST))
    entries = list(done.order_by("id").select_for_update()[:BATCH])
    if not entries:
        return 0
    last = Head.objects.filter(log=log, fault="", seen_at__isnull=True).order_by("-size").first()
    size = max(last.size if last else 0, outside.head.head.size if outside.head else 0)
    head = _append(log, size, entries, at=at)
    transaction.on_commit(partial(_keep_outside, head, outside))
    return len(entries)


def _append(log: str, size: int, entries: Sequence[LogEntry], *, at: datetime) -> SignedHead:
    for entry in entries:
        entry.status = entry.status or 0
    leaves = [hash_of(entry_of(entry)) for entry in entries]
    numbers = range(size, size + len(leaves))
    _NUMBER.run([e.id for e in entries], [e.at for e in entries], list(numbers))
    edge = hashes_at(log, complete_subtrees(size))
    made = list(grown(size, edge, leaves))
    levels, places = [p[0] for p, _ in made], [p[1] for p, _ in made]
    _GROW.run(log, levels, places, [value for _, value in made])
    known = edge | dict(made)
    total = size + len(leaves)
    root = root_of([known[place] for place in complete_subtrees(total)])
    return _sign(TreeHead(log, total, root, whole_millisecond(at)), at=at)


def _sign(head: TreeHead, *, at: datetime) -> SignedHead:
    key = signing_key(head.log, at=at)
    signature = key.private.sign(head.text)
    row = Head(
        log=head.log,
        size=head.size,
        root=head.root,
        at=head.at,
        key=key.kid,
        signature=signature,
    )
    Head.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["log", "size", "root"],
        update_fields=["at", "key", "signature", "seen_at", "fault"],
    )
    forget_heads()
    return SignedHead(head, key.kid, signature)


def _outside(log: str) -> Outside:
    try:
        return held_against_outside(log)
    except OSError as reason:
        problems.error("the log's head cannot be read in its file", member=log, why=str(reason))
        return Outside()


def _keep_outside(head: SignedHead, before: Outside) -> None:
    """Keep a head outside the database, unless what the log was held against is there no more."""
    log = head.head.log
    try:
        if head_outside(log) == before.head:
            keep_outside(head)
    except (NotAHead, OSError) as reason:
        problems.error("the log's head cannot be kept in its file", member=log, why=str(reason))
