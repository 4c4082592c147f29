"""The editors of the parts of a pack: which keys each asks for, read from ``studio/editors``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path as Folder
from typing import Any

import yaml

from motcua.forms.rules.definition import Option, Words
from motcua.studio.rules.shapes import Asking, Path

FOLDER = Folder(__file__).parent.parent / "editors"
Offered = Mapping[str, Sequence[Option]]
"""What the pack itself gives to choose from: its cases, papers, addresses, templates."""

LISTS: Mapping[str, str] = {
    "cases": "case",
    "limits": "limit",
    "papers": "paper",
    "fees": "fee",
    "eligibility": "refusal",
    "results": "result",
    "legal": "law",
    "satisfaction": "question",
    "parts": "part",
}
"""The lists of procedure.yaml and the editor of what stands in each."""
SINGLE = ("keywords", "notices", "cost")
_INNER = {"steps": "page", "sections": "section", "fields": "field", "columns": "field"}
_RULE = (
    ("rule", "expr", "Quy tắc", "Rule", "Biểu thức phải đúng, hoặc name, not_future, not_past"),
    ("message", "words", "Nói gì khi sai", "What is said when it is wrong", ""),
    ("at", "text", "Nói ở câu hỏi", "Said at the question", ""),
)
_RULE_HINT = "An expression that must hold, or name, not_future, not_past"


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor: what it edits is called, and what it asks."""

    name: str
    title: Words
    askings: tuple[Asking, ...]


def editor_name(path: Path) -> str | None:
    """Return the name of the editor of a part of a document; None if it has none."""
    if path[:1] == ("procedure",):
        return _in_procedure(path[1:])
    if path[:1] == ("examples",):
        return "example" if len(path) == 2 else None
    if len(path) < 3 or not isinstance(path[-1], int):
        return None
    if path[0] == "form":
        return _INNER.get(str(path[-2]))
    return "work" if path[:-1] == ("workflow", "steps") else None


def _in_procedure(path: Path) -> str | None:
    if len(path) == 1 and path[0] in SINGLE:
        return str(path[0])
    if len(path) == 2 and isinstance(path[1], int):
        return LISTS.get(str(path[0]))
    return None if path else "identity"


def editor_of(path: Path, node: Mapping[str, Any], offered: Offered) -> Editor | None:
    """Return the editor of a node; that of a field asks what its kind has."""
    name = editor_name(path)
    if name is None:
        return None
    made = _editors()[name]
    kind = str(node.get("kind", "")) if name == "field" else ""
    return Editor(name, _words(made["name"]), _askings(made["of"], kind, offered))


@cache
def _editors() -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for file in ("procedure", "form", "workflow", "examples"):
        found |= _read(file)
    return found


@cache
def _read(file: str) -> Mapping[str, Any]:
    text = (FOLDER / f"{file}.yaml").read_text(encoding="utf-8")
    made: Mapping[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return made


def _words(pair: Sequence[str]) -> Words:
    return Words(pair[0], pair[1])


def _askings(given: Mapping[str, Any], kind: str, offered: Offered) -> tuple[Asking, ...]:
    full = {
        key: _read("shared")[each] if isinstance(each, str) else each for key, each in given.items()
    }
    return tuple(
        _asking(str(key), each, kind, offered)
        for key, each in full.items()
        if _is_for(kind, each[3].get("kinds", "") if len(each) > 3 else "")
    )


def _is_for(kind: str, kinds: str) -> bool:
    if not kinds:
        return True
    named = kinds.removeprefix("-").split()
    return (kind not in named) if kinds.startswith("-") else kind in named


def _asking(key: str, given: Sequence[Any], kind: str, offered: Offered) -> Asking:
    more: Mapping[str, Any] = given[3] if len(given) > 3 else {}
    made = Asking(
        key,
        given[0],
        Words(given[1], given[2]),
        Words(more["vi"], more["en"]) if "vi" in more else None,
        need=more.get("need", False),
        long=more.get("long", False),
        whole=more.get("whole", False),
        empty=more.get("empty", False),
        row=_words(more["row"]) if "row" in more else None,
    )
    if made.way in ("one", "many"):
        own = more.get("of", {})
        named = tuple(Option(str(value), _words(pair)) for value, pair in own.items())
        return replace(made, options=named or tuple(offered.get(more.get("from", ""), ())))
    return replace(made, cells=_cells(made.way, more, kind, offered))


def _cells(way: str, more: Mapping[str, Any], kind: str, offered: Offered) -> tuple[Asking, ...]:
    if way == "pairs":
        return tuple(Asking(key, "text", _words(more[key])) for key in ("key", "value"))
    if way == "checks":
        return tuple(
            Asking(key, as_, Words(vi, en), Words(hint, _RULE_HINT) if hint else None)
            for key, as_, vi, en, hint in _RULE
        )
    return _askings(more.get("of", {}), kind, offered)
