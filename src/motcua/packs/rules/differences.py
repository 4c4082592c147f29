"""What changed between two definitions of a pack: every change once, with the way to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from motcua.packs.rules.document import Document, digest_of
from motcua.packs.rules.places import Path

NAMES = ("name", "label", "title", "text", "reason", "refuse_when", "message")
"""What people call an item of a list by, the first that it has."""
IDS = ("id", "code", "value")
"""What an item of a list is recognised by, the first that it has."""
USUAL = {"required": True, "four_eyes": False, "keep_forever": False, "percent": 100, "count": 1}
"""What a key that is left out means, where it means something."""
WHOLE = ("templates", "examples", "lists")
"""Parts of a document whose files are told as changed, not what changed in them."""


@dataclass(frozen=True, slots=True)
class Change:
    """
    One change: ``before`` or ``after`` is None where something was added or removed.

    ``crumbs`` are the things it lies in, outermost first: a key of the files or, for an item of a
    list, its name as the files have it (words in both languages, or a text). ``moved``: the same
    items in another order; before and after are their names.
    """

    path: Path
    crumbs: tuple[Any, ...]
    before: Any = None
    after: Any = None
    moved: bool = False


def differences(old: Document, new: Document) -> tuple[Change, ...]:
    """Return what changed from ``old`` to ``new``; nothing if they say the same."""
    return tuple(_inside(_by_file(old), _by_file(new), (), ()))


def _by_file(document: Document) -> Document:
    """Return a document in which files that are told as a whole stand as their digest."""
    whole = {
        part: {name: {"digest": digest_of({"": value})} for name, value in document[part].items()}
        for part in WHOLE
        if part in document
    }
    return {**document, **whole}


def _inside(old: Any, new: Any, path: Path, crumbs: tuple[Any, ...]) -> Iterator[Change]:
    if old == new and type(old) is type(new):
        return
    if _is_mapping(old) and _is_mapping(new) and not _is_value(old) and not _is_value(new):
        for key in dict.fromkeys((*old, *new)):
            usual = USUAL.get(key)
            sides = old.get(key, usual), new.get(key, usual)
            yield from _inside(*sides, (*path, key), (*crumbs, key))
    elif _has_items(old) and _has_items(new):
        yield from _items(old, new, path, crumbs)
    elif old is None and _has_items(new):
        yield from _items([], new, path, crumbs)
    elif new is None and _has_items(old):
        yield from _items(old, [], path, crumbs)
    else:
        yield Change(path, crumbs, old, new)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_value(value: Mapping[str, Any]) -> bool:
    """Tell whether a mapping is one thing to people: words, a limit, a file."""
    return value.keys() <= {"vi", "en"} or {"amount", "unit"} <= value.keys() or "digest" in value


def _has_items(value: Any) -> bool:
    """Tell whether a value is a list of things that can change one by one."""
    return isinstance(value, list) and bool(value) and all(_is_mapping(each) for each in value)


def _items(old: list[Any], new: list[Any], path: Path, crumbs: tuple[Any, ...]) -> Iterator[Change]:
    keys = [_id(each) for each in (*old, *new)]
    if (
        None in keys
        or len(set(keys[: len(old)])) < len(old)
        or len(set(keys[len(old) :])) < len(new)
    ):
        yield from _by_place(old, new, path, crumbs)
        return
    before = {str(_id(each)): each for each in old}
    after = {str(_id(each)): each for each in new}
    for key in dict.fromkeys((*before, *after)):
        place = keys[len(old) :].index(key) if key in after else keys.index(key)
        inner = (*crumbs, name_of(after[key] if key in after else before[key]))
        if key in before and key in after:
            yield from _inside(before[key], after[key], (*path, place), inner)
        else:
            yield Change((*path, place), inner, before.get(key), after.get(key))
    stayed = [key for key in before if key in after], [key for key in after if key in before]
    if stayed[0] != stayed[1]:
        names = [[name_of(after[key]) for key in keys] for keys in stayed]
        yield Change(path, crumbs, names[0], names[1], moved=True)


def _by_place(
    old: list[Any], new: list[Any], path: Path, crumbs: tuple[Any, ...]
) -> Iterator[Change]:
    """Compare lists whose items have no names: limits, rules, requirements."""
    spelt = [[digest_of({"": each}) for each in side] for side in (old, new)]
    matcher = SequenceMatcher(None, spelt[0], spelt[1], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        pairs = min(i2 - i1, j2 - j1)
        for n in range(pairs):
            inner = (*crumbs, name_of(new[j1 + n]))
            yield from _inside(old[i1 + n], new[j1 + n], (*path, j1 + n), inner)
        for each in old[i1 + pairs : i2]:
            yield Change((*path, i1), (*crumbs, name_of(each)), each, None)
        for n in range(j1 + pairs, j2):
            yield Change((*path, n), (*crumbs, name_of(new[n])), None, new[n])


def _id(item: Mapping[str, Any]) -> str | None:
    return next((f"{key}:{item[key]}" for key in IDS if key in item), None)


def name_of(item: Mapping[str, Any]) -> Any:
    """Return what people call an item, as the files have it; an empty text if it has no name."""
    if item.keys() <= {"vi", "en"}:
        return item
    return next((item[key] for key in (*NAMES, *IDS) if key in item), "")
