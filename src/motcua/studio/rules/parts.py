"""Parts of a pack's document by their way: found, put, moved, copied and taken out."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from motcua.forms.rules.expressions.flaws import BadExpression
from motcua.forms.rules.expressions.nodes import names_in
from motcua.forms.rules.expressions.reading import parse
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_
from motcua.studio.rules.shapes import Path

NEW = "moi"
"""The last word of a way at which a new part is put at the end of a list."""
_CONDITIONS = ("show", "required", "when", "spared_when", "refuse_when", "rule", "times", "amount")


class NoSuchPart(NotFound):
    code = "studio.no-such-part"
    message = N_("This draft has no such part any more. Go back to the draft and choose again.")


def path_of(text: str) -> Path:
    """``form/steps/0`` → ``("form", "steps", 0)``."""
    return tuple(
        int(each) if re.fullmatch("[0-9]{1,4}", each) else each
        for each in text.strip("/").split("/")
    )


def text_of(path: Path) -> str:
    """Return a way as it stands in an address."""
    return "/".join(map(str, path))


def part_at(document: Any, path: Path) -> Any:
    """
    Return a part of a document.

    :raises NoSuchPart: if the way leads nowhere
    """
    found = document
    try:
        for step in path:
            found = found[step]
    except (KeyError, IndexError, TypeError):
        raise NoSuchPart from None
    return found


def put(value: Any, path: Path, part: Any) -> Any:
    """Return a value with a part put at its way; missing mappings and lists are made."""
    if not path:
        return part
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(value) if isinstance(value, list) else []
        if step >= len(items):
            return [*items, put(None, rest, part)]
        items[step] = put(items[step], rest, part)
        return items
    inside = dict(value) if isinstance(value, Mapping) else {}
    inside[step] = put(inside.get(step), rest, part)
    return inside


def without(document: Any, path: Path) -> Any:
    """Return a document without a part; an optional list that gets empty goes too."""
    *_, last = path
    around = part_at(document, path[:-1])
    part_at(document, path)
    if isinstance(around, list):
        left = [each for number, each in enumerate(around) if number != last]
        if not left and path[0] == "procedure":
            return without(document, path[:-1])
        return put(document, path[:-1], left)
    left_in = {key: each for key, each in around.items() if key != last}
    return put(document, path[:-1], left_in)


def moved(document: Any, path: Path, by: int) -> Any:
    """Return a document with a part of a list moved up (-1) or down (1), if there is a place."""
    items = list(part_at(document, path[:-1]))
    part_at(document, path)
    here = int(path[-1])
    there = here + by
    if 0 <= there < len(items):
        items[here], items[there] = items[there], items[here]
    return put(document, path[:-1], items)


def taken_to(document: Any, path: Path, section: Path) -> Any:
    """Return a document with a question put at the end of another section."""
    part = part_at(document, path)
    there = part_at(document, section)
    grown = put(document, (*section, "fields"), [*there["fields"], part])
    return without(grown, path)


def copied(document: Any, path: Path) -> Any:
    """Return a document with a copy right after a part, under an id of its own."""
    part, items = part_at(document, path), part_at(document, path[:-1])
    here = int(path[-1])
    copy = _renamed(part, set(_ids(document)))
    return put(document, path[:-1], [*items[: here + 1], copy, *items[here + 1 :]])


def _renamed(part: Any, taken: set[str]) -> Any:
    if isinstance(part, list):
        return [_renamed(each, taken) for each in part]
    if not isinstance(part, Mapping):
        return part
    made = {key: _renamed(each, taken) for key, each in part.items()}
    if isinstance(name := made.get("id"), str):
        number = 2
        while f"{name}_{number}" in taken:
            number += 1
        made["id"] = f"{name}_{number}"
        taken.add(made["id"])
    return made


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _ids(each)
    elif isinstance(value, Mapping):
        if isinstance(name := value.get("id"), str):
            yield name
        for each in value.values():
            yield from _ids(each)


def given_id(document: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers of a new part, its id made of its English words if none was typed."""
    words = next((answers[k] for k in _NAMING if isinstance(answers.get(k), str)), "")
    if answers.get("id") or not words:
        return dict(answers)
    plain = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    base = "_".join(re.findall("[a-z0-9]+", letters)[:4])[:36].strip("_")
    base = base if base[:1].isalpha() else f"part_{base}".strip("_")
    taken, made, number = set(_ids(document)), base, 2
    while made in taken:
        made, number = f"{base}_{number}", number + 1
    return {**answers, "id": made}


_NAMING = ("label_en", "title_en", "name_en", "text_en", "label_vi", "title_vi", "name_vi")


def ids_inside(part: Any) -> frozenset[str]:
    """Return the ids of a part and of everything in it."""
    return frozenset(_ids(part))


def asked_by(document: Mapping[str, Any], names: frozenset[str]) -> dict[str, list[Path]]:
    """Return, for each of these fields that something else asks for, the ways of what asks."""
    found: dict[str, list[Path]] = {}
    for file in ("form", "procedure"):
        for path, text in _expressions(document.get(file), (file,)):
            for name in _names(text) & names:
                found.setdefault(name, []).append(path)
    unit_field = document.get("procedure", {}).get("unit_field")
    if unit_field in names:
        found.setdefault(unit_field, []).append(("procedure",))
    return found


def _expressions(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every expression with the way of the part that holds it."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _expressions(each, (*path, number))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            asks = key in _CONDITIONS or (key == "value" and value.get("kind") == "computed")
            if isinstance(each, str) and asks:
                yield path, each
            else:
                yield from _expressions(each, (*path, key))


def _names(text: str) -> frozenset[str]:
    try:
        return frozenset(path.partition(".")[0] for path in names_in(parse(text)))
    except BadExpression:
        return frozenset()
