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
from motcua.exchange.queries.entries import entry_of
from motcua.exchange.queries.heads import forget_heads
from motcua.exchange.queries.keys import signing_key
from motcua.exchange.queries.tree import hashes_at, root_at
from motcua.exchange.rules.entries import hash_of
from motcua.exchange.rules.heads import NotAHead, SignedHead, TreeHead, whole_millisecond
from motcua.exchange.rules.merkle import complete_subtrees, grown, root_of

problems = structlog.get_logger("motcua.exchange")
BATCH = 5_000
OPEN_AT_MOST = timedelta(minutes=10)
"""How long an answer is waited for; then the entry stands in the log without one."""

_ALONE = Statement("SELECT pg_advisory_xact_lock(hashtextextended('exchange-log ' || %s, 0))")
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

    One process at a time does it for a log; calls do not wait for it.

    :raises NoKeyOfOurs: if there is no key to sign the head with
    """
    _ALONE.all(log)
    waiting = LogEntry.objects.filter(log=log, leaf__isnull=True)
    done = waiting.filter(Q(status__isnull=False) | Q(at__lt=at - OPEN_AT_MOST))
    entries = list(done.order_by("id").select_for_update()[:BATCH])
    if not entries:
        return 0
    size = Head.objects.filter(log=log, fault="", seen_at__isnull=True).order_by("-size").first()
    _append(log, size.size if size else 0, entries, at=at)
    return len(entries)


def _append(log: str, size: int, entries: Sequence[LogEntry], *, at: datetime) -> None:
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
    _sign(TreeHead(log, total, root, whole_millisecond(at)), at=at)


def _sign(head: TreeHead, *, at: datetime) -> None:
    key = signing_key(head.log, at=at)
    signature = key.private.sign(head.text)
    Head.objects.create(
        log=head.log,
        size=head.size,
        root=head.root,
        at=head.at,
        key=key.kid,
        signature=signature,
    )
    forget_heads()
    transaction.on_commit(partial(_outside, SignedHead(head, key.kid, signature)))


def _outside(head: SignedHead) -> None:
    """Keep a head outside the database, unless the log is not the one that was kept there."""
    log = head.head.log
    try:
        before = head_outside(log)
        if before is None or root_at(log, before.head.size) == before.head.root:
            keep_outside(head)
        else:
            problems.error("the log has lost what was signed: run verify", member=log)
    except (NotAHead, OSError) as reason:
        problems.error("the log's head cannot be kept in its file", member=log, why=str(reason))
