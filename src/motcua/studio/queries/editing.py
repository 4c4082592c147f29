"""A part of a draft in its editor: what it holds, what saving it writes, what lint says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.utils.translation import get_language

from motcua.forms.rules.definition import Form, Kind, Option, Words
from motcua.forms.rules.schema import PARTS
from motcua.forms.rules.words import PART_LABELS
from motcua.kernel.errors import Conflict
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_
from motcua.packs.queries.files import files_from
from motcua.packs.queries.folders import read_files
from motcua.packs.queries.linting import Flaw, flaws_in, said
from motcua.packs.queries.redtape import facts_held
from motcua.studio.rules.editors import Editor, Offered, editor_name, editor_of
from motcua.studio.rules.nodes import answers_of, box_of, form_for, left_out, node_of
from motcua.studio.rules.parts import NEW, NoSuchPart, part_at, put
from motcua.studio.rules.shapes import Path

__all__ = ["CannotRead", "Opened", "document_in", "flaws_at", "opened", "rewritten"]

Files = Mapping[str, str]
MADE: Mapping[str, Mapping[str, Any]] = {
    "page": {"sections": [{"fields": []}]},
    "section": {"fields": []},
}
"""What a new part holds beside what its editor asks."""
ROWS: Mapping[str, Any] = {"rows": {"columns": []}}


class CannotRead(Conflict):
    code = "studio.cannot-read"
    message = N_("The file {file} cannot be read as it is. Correct its text first, then come back.")


@dataclass(frozen=True, slots=True)
class Opened:
    """A part of a draft, found: its document, the way to it, what it holds, and its editor."""

    document: Mapping[str, Any]
    path: Path
    node: Mapping[str, Any]
    editor: Editor
    new: bool

    @property
    def form(self) -> Form:
        """The form that asks for it."""
        return form_for(self.editor, self.node)

    @property
    def answers(self) -> dict[str, Any]:
        """What it holds, as answers to that form."""
        return answers_of(self.editor, self.node)

    @property
    def untold(self) -> tuple[str, ...]:
        """What the form cannot hold, so that it is edited as text."""
        return tuple(".".join(map(str, way)) for way in sorted(left_out(self.editor, self.node)))

    def answered(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return the part as answers change it."""
        return node_of(self.editor, answers, self.node)


@for_rooms
def document_in(files: Files) -> dict[str, Any]:
    """
    Return what the files of a draft say.

    :raises CannotRead: if one is no data
    """
    source = read_files(files)
    for flaw in source.flaws:
        if flaw.rule == "unreadable":
            raise CannotRead(file=str(flaw.path[1]))
    return dict(source.document)


@for_rooms
def opened(files: Files, path: Path, *, kind: str = "") -> Opened:
    """
    Return a part in its editor; the word `NEW` at the end of ``path`` begins one, of a ``kind``.

    :raises NoSuchPart: if there is no such part, or it has no editor
    :raises CannotRead: if a file is no data
    """
    document = document_in(files)
    new = path[-1:] == (NEW,)
    if new:
        path = (*path[:-1], len(_list_at(document, path[:-1])))
    name = editor_name(path)
    if name is None:
        raise NoSuchPart
    node = _begun(name, kind) if new else _node_at(document, path, name)
    kind = str(node.get("kind", "")) if name == "field" else ""
    editor = editor_of(path, node, _offered(document, kind))
    if editor is None or not isinstance(node, Mapping):
        raise NoSuchPart
    return Opened(document, path, node, editor, new)


@for_rooms
def rewritten(document: Mapping[str, Any], path: Path) -> dict[str, str]:
    """Return the file in which a part stands, written anew from a changed document."""
    file = f"examples/{path[1]}" if path[0] == "examples" else f"{path[0]}.yaml"
    try:
        return {file: files_from(document)[file]}
    except (KeyError, TypeError):
        raise CannotRead(file="form.yaml") from None


@for_rooms
def saved(part: Opened, node: Mapping[str, Any]) -> dict[str, str]:
    """Return the file that says a part anew."""
    return rewritten(put(part.document, part.path, node), part.path)


@for_rooms
def flaws_at(files: Files, part: Opened) -> list[tuple[str, Words]]:
    """Return what lint says of a part, each with the box it is told at (none: the part itself)."""
    told = []
    for flaw in flaws_in(read_files(files)):
        way = flaw.path[len(part.path) :]
        mine = flaw.path[: len(part.path)] == part.path and _nearest(flaw.path) == part.path
        if mine and not flaw.warning and flaw.rule != "todo":
            told.append((box_of(part.editor, way) or "", _sentence(flaw)))
    return told


def _sentence(flaw: Flaw) -> Words:
    made = Words(said(flaw, "vi"), said(flaw, "en"))
    if not flaw.inside:
        return made
    at = flaw.inside
    return replace(made, vi=f"{made.vi} (ký tự thứ {at})", en=f"{made.en} (character {at})")


def _nearest(path: Path) -> Path:
    """Return the way to the part whose editor tells what stands at ``path``."""
    while path and editor_name(path) is None:
        path = path[:-1]
    return path


@for_rooms
def nearest(path: Path) -> Path:
    """Return the way to the part with an editor that is at, or around, ``path``; () for none."""
    return _nearest(path)


@for_rooms
def box_at(document: Mapping[str, Any], path: Path, way: Path) -> tuple[str, str]:
    """Return the box of a part's editor for what stands ``way`` inside it, and its label."""
    node = _node_at(document, path, str(editor_name(path)))
    editor = editor_of(path, node, {}) if isinstance(node, Mapping) else None
    box = box_of(editor, way) if editor else None
    if editor is None or box is None:
        return "", ""
    head = box.partition(".")[0]
    fields = form_for(editor, node).fields
    label = next((field.label for field in fields if field.id == head), None)
    return box, label[get_language() or "vi"] if label else ""


def _list_at(document: Mapping[str, Any], path: Path) -> list[Any]:
    try:
        found = part_at(document, path)
    except NoSuchPart:
        part_at(document, path[:-1])
        return []
    return found if isinstance(found, list) else []


def _node_at(document: Mapping[str, Any], path: Path, name: str) -> Any:
    if name in ("keywords", "notices", "cost"):
        return part_at(document, path[:-1]).get(name, {})
    return part_at(document, path)


def _begun(name: str, kind: str) -> Mapping[str, Any]:
    if name != "field":
        return MADE.get(name, {})
    if kind not in set(Kind):
        raise NoSuchPart
    return {"kind": kind, **(ROWS if kind in ("table", "group") else {})}


def _offered(document: Mapping[str, Any], kind: str) -> Offered:
    procedure = document.get("procedure", {})
    named = {
        key: tuple(_named(each) for each in procedure.get(key, ()) if isinstance(each, Mapping))
        for key in ("cases", "papers", "parts")
    }
    addresses = tuple(
        Option(str(field.get("id")), _words(field.get("label")) or Words("", ""))
        for field in fields_in(document)
        if field.get("kind") == "address"
    )
    templates = tuple(
        Option(name, Words(name, name)) for name in sorted(document.get("templates", {}))
    )
    block = PARTS.get(Kind(kind), ()) if kind else ()
    parts = tuple(Option(part, _part_words(part)) for part in block)
    return {
        **named,
        "addresses": addresses,
        "templates": templates,
        "facts": _facts(),
        "block": parts,
    }


def _part_words(part: str) -> Words:
    return PART_LABELS[part]


@for_rooms
def fields_in(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the questions of the form, as far as it is one; without columns of rows."""
    found = []
    for step in _items(document.get("form"), "steps"):
        for section in _items(step, "sections"):
            found += _items(section, "fields")
    return found


def _items(value: Any, key: str) -> list[Mapping[str, Any]]:
    items = value.get(key) if isinstance(value, Mapping) else None
    if not isinstance(items, list):
        return []
    return [each for each in items if isinstance(each, Mapping)]


def _named(part: Mapping[str, Any]) -> Option:
    id_ = str(part.get("id", ""))
    return Option(id_, _words(part.get("name")) or Words(id_, id_))


def _words(value: Any) -> Words | None:
    if not isinstance(value, Mapping):
        return None
    vi, en = value.get("vi"), value.get("en")
    first = vi or en
    return Words(str(vi or first), str(en or first)) if first else None


@cache
def _facts() -> tuple[Option, ...]:
    return tuple(Option(name, words) for name, words in facts_held())


@for_rooms
def title_of(document: Mapping[str, Any], path: Path) -> str:
    """Return what a part is called, in the reader's language."""
    language = get_language() or "vi"
    name = editor_name(path)
    try:
        node = part_at(document, path)
    except NoSuchPart:
        node = {}
    node = node if isinstance(node, Mapping) else {}
    for key in ("label", "title", "name", "reason", "text"):
        if words := _words(node.get(key)):
            return words[language]
    if id_ := node.get("id") or node.get("code"):
        return str(id_)
    if name is None:
        return ".".join(map(str, path))
    made = editor_of(path, node, {})
    number = f" {int(path[-1]) + 1}" if isinstance(path[-1], int) else ""
    return f"{made.title[language]}{number}" if made else ""
