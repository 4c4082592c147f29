"""
Compute a whole log anew from its rows, and say where it is not what was signed.

Whoever can write to the database can change rows, hashes and heads, but cannot sign as a member.
So a row is held against its own signatures, against its hash, and the hashes against every head
that was ever signed, and the newest is in a file that the database cannot reach; what peers have
seen is held against it when they tell (``heads.v1``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models.expressions import RawSQL

from motcua.exchange.adapters.headfiles import head_outside, heads_aside
from motcua.exchange.models import Head, LogEntry, Node
from motcua.exchange.queries.entries import entry_of
from motcua.exchange.queries.heads import head_of
from motcua.exchange.queries.keys import (
    ExpiredKey,
    KnownKey,
    RevokedKey,
    UnknownKey,
    check_held,
    key_known,
)
from motcua.exchange.rules.entries import hash_of
from motcua.exchange.rules.evidence import faults_of
from motcua.exchange.rules.heads import NotAHead, SignedHead
from motcua.exchange.rules.merkle import EMPTY, Edge
from motcua.kernel.scope import for_rooms

ALTERED, ADDED, REMOVED = "altered", "added", "removed"
FORGED, HASHES, HEAD = "forged", "hashes", "head"
WITNESS, OUTSIDE = "witness", "outside"
PIECE = 2_000
NUMBERED_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Finding:
    """
    Something that is not as it was signed.

    ``kind``: a row was ``altered``, ``added``, ``removed``, or is ``forged`` (its own signatures
    do not hold); kept ``hashes`` are not those that the head of ``leaf`` entries signs; a ``head``
    is not signed by its member; a ``witness`` saw another past, or more entries; the head in the
    log's file, ``outside`` the database, is of a longer log, or another.
    """

    kind: str
    leaf: int | None
    entry: str
    detail: str


@dataclass(slots=True)
class Tally:
    """How much was looked at, and the root of it all."""

    entries: int = 0
    heads: int = 0
    waiting: int = 0
    root: bytes = EMPTY


@for_rooms
def verify_log(log: str, tally: Tally, *, at: datetime) -> Iterator[Finding]:
    """
    Yield all that is wrong with a member's log, from its first entry to its last.

    Every row is read once, in pieces, so memory stays flat.
    """
    keys, edge, subtrees = _Keys(), Edge(), _Subtrees(log)
    outside, heads = _Outside(log), _heads(log, tally)
    yield from outside.alone(keys)
    yield from _heads_alone(log, keys)
    head = next(heads, None)
    for stored, rows in _numbered(log):
        leaf = edge.size
        yield from _row_findings(leaf, stored, rows, keys)
        tally.entries += 1
        completed = edge.add(stored if stored is not None else _hash_of(rows))
        yield from subtrees.differing(edge.size, completed)
        yield from outside.differing(edge)
        while head is not None and head.head.size <= edge.size:
            if head.head.size == edge.size and head.head.root != edge.root:
                yield Finding(HASHES, edge.size, "", head.head.at.isoformat())
            head = next(heads, None)
    while head is not None:
        yield Finding(REMOVED, edge.size, "", f"{head.head.size}")
        head = next(heads, None)
    tally.root = edge.root
    yield from outside.beyond(edge.size)
    yield from _beyond(log, edge.size)
    yield from subtrees.beyond(edge.size)
    yield from _unnumbered(log, keys, tally, at=at)


def _row_findings(
    leaf: int, stored: bytes | None, rows: list[LogEntry], keys: "_Keys"
) -> Iterator[Finding]:
    matching = [row for row in rows if hash_of(entry_of(row)) == stored]
    if not rows:
        yield Finding(REMOVED, leaf, "", "")
    elif stored is not None and not matching:
        yield Finding(ALTERED, leaf, str(rows[0].id), "")
    for row in rows:
        if len(rows) > 1 and row not in matching[:1]:
            yield Finding(ADDED, leaf, str(row.id), "")
        for fault in faults_of(entry_of(row), keys.key_of):
            yield Finding(FORGED, leaf, str(row.id), fault)


def _numbered(log: str) -> Iterator[tuple[bytes | None, list[LogEntry]]]:
    """Yield, for each number that has a hash or an entry, its hash and its entries."""
    nodes = Node.objects.filter(log=log, level=0).order_by("index")
    hashes = iter(nodes.values_list("index", "hash").iterator(PIECE))
    rows = LogEntry.objects.filter(log=log, leaf__isnull=False).order_by("leaf", "id")
    entries = iter(rows.iterator(PIECE))
    node, row, leaf = next(hashes, None), next(entries, None), 0
    while node is not None:
        mine = list[LogEntry]()
        while row is not None and (row.leaf or 0) <= leaf:
            mine.append(row)
            row = next(entries, None)
        stored = None
        if node[0] == leaf:
            stored, node = bytes(node[1]), next(hashes, None)
        yield stored, mine
        leaf += 1


def _hash_of(rows: list[LogEntry]) -> bytes:
    return hash_of(entry_of(rows[0])) if rows else EMPTY


def _beyond(log: str, size: int) -> Iterator[Finding]:
    rows = LogEntry.objects.filter(log=log, leaf__gte=size).order_by("leaf")
    for row in rows.iterator(PIECE):
        yield Finding(ADDED, row.leaf, str(row.id), "no hash")


def _unnumbered(log: str, keys: "_Keys", tally: Tally, *, at: datetime) -> Iterator[Finding]:
    rows = LogEntry.objects.filter(log=log, leaf__isnull=True).order_by("id")
    for row in rows.iterator(PIECE):
        tally.waiting += 1
        faults = list(faults_of(entry_of(row), keys.key_of))
        if faults:
            yield Finding(ADDED, None, str(row.id), ", ".join(faults))
        elif row.at < at - NUMBERED_WITHIN:
            yield Finding(ADDED, None, str(row.id), "never numbered")


def _heads(log: str, tally: Tally) -> Iterator[SignedHead]:
    """Yield what a log must be; whoever marks a head as seen elsewhere does not hide it."""
    rows = Head.objects.filter(log=log, fault="").order_by("size")
    for row in rows.iterator(PIECE):
        tally.heads += 1
        yield head_of(row)


def _heads_alone(log: str, keys: "_Keys") -> Iterator[Finding]:
    aside = heads_aside(log)
    for row in Head.objects.filter(log=log).order_by("size").iterator(PIECE):
        head = head_of(row)
        if row.fault and not any(each.accounts_for(head) for each in aside):
            yield Finding(WITNESS, row.size, "", row.fault)
        key = keys.key_of(head.key, log, head.head.at)
        if key is None:
            yield Finding(HEAD, row.size, "", "unknown key")
            continue
        try:
            head.check(key)
        except NotAHead as error:
            yield Finding(HEAD, row.size, "", str(error))


class _Outside:
    """The newest head, as it was written to a file."""

    def __init__(self, log: str) -> None:
        self._log, self._why = log, ""
        self._head: SignedHead | None = None
        try:
            self._head = head_outside(log)
        except NotAHead as error:
            self._why = str(error)

    def alone(self, keys: "_Keys") -> Iterator[Finding]:
        """Yield that it is no head of the member's."""
        if self._why:
            yield Finding(OUTSIDE, None, "", self._why)
        if self._head is None:
            return
        head = self._head.head
        key = keys.key_of(self._head.key, self._log, head.at)
        if key is None or head.log != self._log:
            yield Finding(OUTSIDE, head.size, "", "unknown key")
            return
        try:
            self._head.check(key)
        except NotAHead as error:
            yield Finding(OUTSIDE, head.size, "", str(error))

    def differing(self, edge: Edge) -> Iterator[Finding]:
        """Yield that the log was another when it had as many entries."""
        head = None if self._head is None else self._head.head
        if head is not None and head.size == edge.size and head.root != edge.root:
            yield Finding(OUTSIDE, edge.size, "", head.at.isoformat())

    def beyond(self, size: int) -> Iterator[Finding]:
        """Yield that the log had more entries."""
        if self._head is not None and self._head.head.size > size:
            yield Finding(REMOVED, size, "", f"{self._head.head.size}")


class _Subtrees:
    """The kept hashes of larger subtrees, of which proofs and the next head are made."""

    def __init__(self, log: str) -> None:
        complete = RawSQL('("index" + 1) << level::int', ())
        rows = Node.objects.filter(log=log, level__gt=0).annotate(complete=complete)
        self._rows = iter(
            rows.order_by("complete", "level")
            .values_list("complete", "level", "index", "hash")
            .iterator(PIECE)
        )
        self._next = next(self._rows, None)

    def differing(self, size: int, completed: Sequence[bytes]) -> Iterator[Finding]:
        """Yield which of the subtrees that end at ``size`` are not kept as they are."""
        kept = dict[tuple[int, int], bytes]()
        while self._next is not None and self._next[0] <= size:
            _, level, index, value = self._next
            kept[level, index] = bytes(value)
            self._next = next(self._rows, None)
        right = {(up, (size >> up) - 1): value for up, value in enumerate(completed, start=1)}
        for level, index in sorted(kept.keys() | right.keys()):
            if kept.get((level, index)) != right.get((level, index)):
                yield Finding(HASHES, size, "", f"{level}/{index}")

    def beyond(self, size: int) -> Iterator[Finding]:
        """Yield that subtrees are kept whose entries are not."""
        if self._next is not None:
            yield Finding(REMOVED, size, "", f"{self._next[1]}/{self._next[2]}")


class _Keys:
    """Keys that held at a moment."""

    def __init__(self) -> None:
        self._known = dict[str, KnownKey | None]()

    def key_of(self, kid: str, member: str, at: datetime) -> Ed25519PublicKey | None:
        if kid not in self._known:
            self._known[kid] = self._read(kid, at)
        key = self._known[kid]
        if key is None or key.member != member:
            return None
        try:
            check_held(key, at=at)
        except (RevokedKey, ExpiredKey):
            return None
        return key.public

    def _read(self, kid: str, at: datetime) -> KnownKey | None:
        try:
            return key_known(kid, at=at)
        except UnknownKey:
            return None
