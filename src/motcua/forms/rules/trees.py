"""Which answers of earlier pages the trees of a page ask about, and nothing but those."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from motcua.forms.rules.definition import Answers
from motcua.forms.rules.drawn import Tree


def names_in(trees: Iterable[Tree]) -> frozenset[str]:
    """Return the names that trees ask about as they are written, columns of rows included."""
    return frozenset(name for tree in trees for name in _names(tree))


def _names(tree: Tree) -> Iterator[str]:
    if tree[0] in ("name", "column"):
        yield tree[2]
    for part in tree:
        if isinstance(part, list):
            yield from _names(part)


def only(names: frozenset[str], answers: Answers) -> dict[str, Any]:
    """Return of ``answers`` only what ``names`` ask about; of blocks and rows only those parts."""
    heads = {name.partition(".")[0] for name in names}
    return {name: _less(name, value, names) for name, value in answers.items() if name in heads}


def _less(name: str, value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, Mapping):
        asked = {part: given for part, given in value.items() if f"{name}.{part}" in names}
        return asked or dict([next(iter(value.items()))])
    if isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
        return [only(names, row) for row in value]
    return value
