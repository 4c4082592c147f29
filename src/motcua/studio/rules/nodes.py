"""A part of a pack as answers to its editor's form, and the other way; nothing is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.forms.rules.boxes import typed
from motcua.forms.rules.cleaning import clean
from motcua.forms.rules.definition import Form, Section, Step, Words
from motcua.studio.rules.editors import Editor
from motcua.studio.rules.shapes import Answers, Asking, Path

Node = Mapping[str, Any]
STEP = "part"
"""The only page of an editor's form."""
UNFIT = object()
"""What comes back of a value that boxes cannot hold at all."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing that is asked: the way to it inside the node, and the name its boxes begin with."""

    path: Path
    at: str
    asking: Asking

    def of(self, node: Node) -> Any:
        """Return what a node holds there; None where it holds nothing."""
        found: Any = node
        for step in self.path:
            found = found.get(step) if isinstance(found, Mapping) else None
        return found


def form_for(editor: Editor, node: Node) -> Form:
    """Return the form that asks for a node as it stands, without what `left_out` names."""
    away = left_out(editor, node)
    return _form(editor.title, [leaf for leaf in leaves(editor) if leaf.path not in away], node)


def answers_of(editor: Editor, node: Node) -> Answers:
    """Return what the form of an editor holds for a node."""
    made: Answers = {}
    for leaf in leaves(editor):
        made |= leaf.asking.answers(leaf.of(node), leaf.at)
    return made


def node_of(editor: Editor, answers: Mapping[str, Any], node: Node) -> dict[str, Any]:
    """
    Return a node with what was answered put in the place of what it had.

    What the editor does not ask for, and what was answered as it stood, stays as it is spelt.
    """
    made = dict(node)
    away = left_out(editor, node)
    for leaf in leaves(editor):
        value = leaf.asking.value(answers, leaf.at)
        if leaf.path not in away and value != _spelt(leaf, leaf.of(node)):
            made = _put(made, leaf.path, value)
    return made


def left_out(editor: Editor, node: Node) -> frozenset[Path]:
    """Return the ways to what the form cannot hold as it is: that is edited as text."""
    return frozenset(leaf.path for leaf in leaves(editor) if not _held(leaf, leaf.of(node)))


def box_of(editor: Editor, way: Path) -> str | None:
    """Return the box at which a flaw ``way`` inside a node is told; None for the node itself."""
    for leaf in leaves(editor):
        if way[: len(leaf.path)] == leaf.path:
            return leaf.asking.box(way[len(leaf.path) :], leaf.at)
    near = (leaf for leaf in leaves(editor) if way and leaf.path[: len(way)] == way)
    return next((leaf.asking.box((), leaf.at) for leaf in near), None)


def leaves(editor: Editor) -> Iterator[Leaf]:
    """Yield everything an editor asks, in order; what stands inside a mapping one by one."""
    for asking in editor.askings:
        if asking.way != "inside":
            yield Leaf((asking.key,), asking.key, asking)
        for cell in asking.cells if asking.way == "inside" else ():
            yield Leaf((asking.key, cell.key), f"{asking.key}_{cell.key}", cell)


def _put(node: Node, path: Path, value: Any) -> dict[str, Any]:
    """Return a node with a value at its way, or without it; an empty mapping around it goes too."""
    key, rest = str(path[0]), path[1:]
    inner = node.get(key)
    if rest:
        value = _put(inner if isinstance(inner, Mapping) else {}, rest, value) or None
    made = {name: each for name, each in node.items() if name != key}
    return made if value is None else {**made, key: value}


def _form(title: Words, asked: list[Leaf], node: Node) -> Form:
    fields = [each for leaf in asked for each in leaf.asking.fields(leaf.at, leaf.of(node))]
    return Form(title, (Step(STEP, title, (Section(tuple(fields)),)),))


def _held(leaf: Leaf, value: Any) -> bool:
    """Tell whether a value comes back from the boxes of a page as it went there."""
    if value is None or value in ([], {}, ""):
        return True
    same_as_nothing = (leaf.asking.way == "flag" and value is False) or (
        leaf.asking.way == "need" and value is True
    )
    return bool(_spelt(leaf, value) == (None if same_as_nothing else value))


def _spelt(leaf: Leaf, value: Any) -> Any:
    """Return a value as it comes back when nobody changed its boxes."""
    asking, at = leaf.asking, leaf.at
    try:
        fields = tuple(asking.fields(at, value))
        form = Form(asking.label, (Step(STEP, asking.label, (Section(fields),)),))
        answers = asking.answers(value, at)
        boxes: dict[str, list[str]] = {}
        for field in fields:
            boxes |= typed(field, answers)
        return asking.value(clean(form, STEP, boxes), at)
    except (TypeError, AttributeError, ValueError, KeyError):
        return UNFIT
