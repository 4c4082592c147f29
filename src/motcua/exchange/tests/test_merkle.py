import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.exchange.rules.merkle import (
    EMPTY,
    complete_subtrees,
    consistency_places,
    grown,
    inclusion_places,
    is_consistent,
    leaf_hash,
    node_hash,
    proof,
    root_from_inclusion,
    root_of,
)

KNOWN = [
    bytes.fromhex(text)
    for text in (
        *("", "00", "10", "2021", "3031", "40414243"),
        *("5051525354555657", "606162636465666768696a6b6c6d6e6f"),
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""The test vectors of the reference implementation of RFC 6962 (certificate-transparency)."""

sizes = st.integers(1, 200)


def leaves_of(size):
    return [leaf_hash(str(number).encode()) for number in range(size)]


def naive_root(leaves):
    """RFC 9162 §2.1.1, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(naive_root(leaves[:half]), naive_root(leaves[half:]))


def naive_path(number, leaves):
    """RFC 9162 §2.1.3.1, word by word."""
    if len(leaves) == 1:
        return []
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    if number < half:
        return [*naive_path(number, leaves[:half]), naive_root(leaves[half:])]
    return [*naive_path(number - half, leaves[half:]), naive_root(leaves[:half])]


def naive_consistency(old, leaves, whole=True):
    """RFC 9162 §2.1.4.1, word by word."""
    if old == len(leaves):
        return [] if whole else [naive_root(leaves)]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    if old <= half:
        return [*naive_consistency(old, leaves[:half], whole), naive_root(leaves[half:])]
    return [*naive_consistency(old - half, leaves[half:], False), naive_root(leaves[:half])]


def stored(leaves, batches=(1,)):
    """Return what a log keeps that grew by batches."""
    kept, size, turn = {}, 0, 0
    while size < len(leaves):
        count = batches[turn % len(batches)]
        edge = {place: kept[place] for place in complete_subtrees(size)}
        kept |= dict(grown(size, edge, leaves[size : size + count]))
        size, turn = min(size + count, len(leaves)), turn + 1
    return kept


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_the_rfcs_known_log(size):
    leaves = [leaf_hash(entry) for entry in KNOWN[:size]]
    kept = stored(leaves)
    assert root_of([kept[place] for place in complete_subtrees(size)]).hex() == ROOTS[size]


def test_an_empty_log_has_the_hash_of_nothing():
    assert root_of([]) == EMPTY == naive_root([])


@given(sizes, st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_however_a_log_grew_it_keeps_the_same(size, batches):
    leaves = leaves_of(size)
    kept = stored(leaves, batches)
    assert kept == stored(leaves)
    assert len(kept) < 2 * size
    assert root_of([kept[place] for place in complete_subtrees(size)]) == naive_root(leaves)


@given(sizes, st.data())
def test_an_entry_is_proved_to_be_in_the_log(size, data):
    number = data.draw(st.integers(0, size - 1))
    leaves = leaves_of(size)
    path = proof(inclusion_places(number, size), stored(leaves).__getitem__)
    assert path == naive_path(number, leaves)
    assert root_from_inclusion(leaves[number], number, size, path) == naive_root(leaves)


@given(sizes, st.data())
def test_a_proof_with_anything_altered_proves_nothing(size, data):
    number = data.draw(st.integers(0, size - 1))
    leaves = leaves_of(size)
    root = naive_root(leaves)
    path = naive_path(number, leaves)
    assert root_from_inclusion(leaf_hash(b"another"), number, size, path) != root
    assert root_from_inclusion(leaves[number], number, size, [*path, root]) is None
    for place in range(len(path)):
        shorter = path[:place] + path[place + 1 :]
        assert root_from_inclusion(leaves[number], number, size, shorter) != root
        other = [*path[:place], leaf_hash(b"x"), *path[place + 1 :]]
        assert root_from_inclusion(leaves[number], number, size, other) != root
    elsewhere = data.draw(st.integers(0, size + 3))
    if elsewhere != number:
        assert root_from_inclusion(leaves[number], elsewhere, size, path) != root


@given(sizes, sizes)
def test_a_log_is_proved_to_have_only_grown(one, other):
    old, new = sorted((one, other))
    leaves = leaves_of(new)
    path = proof(consistency_places(old, new), stored(leaves).__getitem__)
    assert path == naive_consistency(old, leaves)
    assert is_consistent(old, naive_root(leaves[:old]), new, naive_root(leaves), path)


@given(sizes, sizes, st.data())
def test_a_log_that_forgot_or_changed_something_is_found_out(one, other, data):
    old, new = sorted((one, other))
    leaves = leaves_of(new)
    path = naive_consistency(old, leaves)
    was, now = naive_root(leaves[:old]), naive_root(leaves)
    changed = list(leaves)
    changed[data.draw(st.integers(0, old - 1))] = leaf_hash(b"other")
    assert not is_consistent(old, was, new, naive_root(changed), naive_consistency(old, changed))
    assert not is_consistent(old, was, new, now, [*path, now])
    if path:
        assert not is_consistent(old, was, new, now, path[1:])
        assert not is_consistent(old, was, new, now, [])
    assert old == new or not is_consistent(new, now, old, was, path)


@pytest.mark.parametrize(("leaf", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_what_is_not_there_has_no_proof(leaf, size):
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion_places(leaf, size)
    assert root_from_inclusion(EMPTY, leaf, size, []) is None


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3)])
def test_a_log_does_not_shrink(old, new):
    with pytest.raises(ValueError, match="no such sizes"):
        consistency_places(old, new)
    assert not is_consistent(old, EMPTY, new, EMPTY, [])
