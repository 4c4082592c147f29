"""
Merkle trees of RFC 6962 and RFC 9162: hashes, roots, inclusion and consistency.

A tree of ``size`` leaves is kept as the hashes of its *complete* subtrees: ``(level, index)``
covers the leaves ``index·2^level … (index+1)·2^level − 1``. They never change once they are there,
so a log only ever adds; every root and proof of every size is made of O(log n) of them.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

Place = tuple[int, int]
"""Level and index of a complete subtree."""
Hashes = Callable[[Place], bytes]

EMPTY = hashlib.sha256(b"").digest()
"""The root of a log without entries (RFC 9162 §2.1.1)."""


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry: SHA-256 of 0x00 and its bytes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees: SHA-256 of 0x01 and both."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def complete_subtrees(size: int) -> list[Place]:
    """Return the complete subtrees that a tree is made of, the largest and leftmost first."""
    found, start = list[Place](), 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def grown(
    size: int, edge: Mapping[Place, bytes], leaves: Sequence[bytes]
) -> Iterator[tuple[Place, bytes]]:
    """
    Yield the complete subtrees that come into being when leaves are added, the leaves included.

    :param size: how many leaves there were
    :param edge: the hashes of ``complete_subtrees(size)``
    :param leaves: the hashes of the new leaves
    """
    known = dict(edge)
    for number, leaf in enumerate(leaves, start=size):
        level, index, value = 0, number, leaf
        yield (level, index), value
        while index & 1:
            value = node_hash(known.pop((level, index - 1)), value)
            level, index = level + 1, index >> 1
            yield (level, index), value
        known[level, index] = value


class Edge:
    """The complete subtrees of a tree that grows leaf by leaf; enough to know its root."""

    def __init__(self) -> None:
        self.size = 0
        self._hashes = list[bytes]()

    def add(self, leaf: bytes) -> list[bytes]:
        """Add the hash of the next entry; return those of the subtrees it completes, upwards."""
        value, size, completed = leaf, self.size, list[bytes]()
        while size & 1:
            value, size = node_hash(self._hashes.pop(), value), size >> 1
            completed.append(value)
        self._hashes.append(value)
        self.size += 1
        return completed

    @property
    def root(self) -> bytes:
        """The root of all that was added."""
        return root_of(self._hashes)


def root_of(subtrees: Sequence[bytes]) -> bytes:
    """Return the root of the hashes of ``complete_subtrees``, in their order."""
    if not subtrees:
        return EMPTY
    root = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        root = node_hash(left, root)
    return root


def inclusion_places(leaf: int, size: int) -> list[list[Place]]:
    """
    Return what an inclusion proof is made of, from the leaf upwards.

    Each step is a sibling: one complete subtree, or several that ``root_of`` makes one of.

    :raises ValueError: if there is no such leaf
    """
    if not 0 <= leaf < size:
        raise ValueError("no such leaf")
    steps, start, end = list[list[Place]](), 0, size
    while end - start > 1:
        half = _half(end - start)
        if leaf < start + half:
            steps.append(_subtrees_of(start + half, end))
            end = start + half
        else:
            steps.append(_subtrees_of(start, start + half))
            start += half
    return steps[::-1]


def consistency_places(old: int, new: int) -> list[list[Place]]:
    """
    Return what a consistency proof is made of (RFC 9162 §2.1.4.1), in its order.

    :raises ValueError: if the old tree is empty, or larger than the new one
    """
    if not 0 < old <= new:
        raise ValueError("no such sizes")
    steps, start, end, whole = list[list[Place]](), 0, new, True
    while old != end:
        half = _half(end - start)
        if old <= start + half:
            steps.append(_subtrees_of(start + half, end))
            end = start + half
        else:
            steps.append(_subtrees_of(start, start + half))
            start, whole = start + half, False
    if not whole:
        steps.append(_subtrees_of(start, end))
    return steps[::-1]


def proof(places: Sequence[Sequence[Place]], hashes: Hashes) -> list[bytes]:
    """Return the hashes of a proof whose places are known."""
    return [root_of([hashes(place) for place in step]) for step in places]


def root_from_inclusion(leaf: bytes, number: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that an inclusion proof leads to (RFC 9162 §2.1.3.2), if it is one."""
    if not 0 <= number < size:
        return None
    steps, root = _climb(number, size - 1, path), leaf
    if steps is None:
        return None
    for step, is_left in steps:
        root = node_hash(step, root) if is_left else node_hash(root, step)
    return root


def is_consistent(
    old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Tell whether a proof shows that the new tree only adds to the old (RFC 9162 §2.1.4.2)."""
    if old == new:
        return old_root == new_root and not path
    hashes = list(path) if old & (old - 1) else [old_root, *path]
    if not 0 < old < new or not hashes:
        return False
    index, last = old - 1, new - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    steps = _climb(index, last, hashes[1:])
    if steps is None:
        return False
    first = second = hashes[0]
    for step, is_left in steps:
        first = node_hash(step, first) if is_left else first
        second = node_hash(step, second) if is_left else node_hash(second, step)
    return first == old_root and second == new_root


def _climb(index: int, last: int, path: Sequence[bytes]) -> list[tuple[bytes, bool]] | None:
    """Return each step of a proof and whether it stands on the left, or nothing if it is none."""
    steps = list[tuple[bytes, bool]]()
    for step in path:
        if last == 0:
            return None
        is_left = bool(index & 1) or index == last
        steps.append((step, is_left))
        while is_left and index and not index & 1:
            index, last = index >> 1, last >> 1
        index, last = index >> 1, last >> 1
    return steps if last == 0 else None


def _half(size: int) -> int:
    """Return the largest power of two smaller than ``size``."""
    return 1 << (size - 1).bit_length() - 1


def _subtrees_of(start: int, end: int) -> list[Place]:
    """Return the complete subtrees of a range that begins at a multiple of its own half."""
    return [(level, (start >> level) + index) for level, index in complete_subtrees(end - start)]
