"""A pack's definition as one JSON document, its digest, and the `Pack` it describes."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import msgspec

from motcua.packs.rules.definition import Pack

msgspec.json.Decoder(Pack)
"""
msgspec learns the shape of a class when it is first asked for it, and crashes where a second thread
asks meanwhile: so it learns it here, where modules are loaded by one.
"""

Document = dict[str, Any]
"""
The files of a pack's folder: ``{"procedure": …, "form": …, "workflow": …}`` as they are written,
``"templates"``, ``"lists"`` and ``"examples"`` by file name. Only a linked pack has no workflow.
"""


def digest_of(document: Document) -> str:
    """Return the SHA-256 of a definition: the same content has the same digest, however spelt."""
    spelt = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelt.encode()).hexdigest()


def pack_from(document: Document, *, version: str) -> Pack:
    """
    Return the `Pack` that a checked definition describes.

    :raises msgspec.ValidationError: if the definition does not fit; `flaws_of` says it in words
    """
    procedure: Document = document["procedure"]
    form = {"title": procedure["title"], "steps": document["form"]["steps"]}
    return msgspec.convert(
        {
            **procedure,
            "cost": _cost(procedure.get("cost", {})),
            "version": version,
            "digest": digest_of(document),
            "form": completed(form, document.get("lists", {})),
            "workflow": document.get("workflow", {}).get("steps", []),
            "templates": document.get("templates", {}),
        },
        Pack,
    )


def completed(value: Any, lists: Mapping[str, Any]) -> Any:
    """
    Return a form with everything written out that its file leaves to a rule.

    Options of a list stand where a field says ``options_from: NAME``; a note is labelled by what
    it says.
    """
    if isinstance(value, list):
        return [completed(each, lists) for each in value]
    if not isinstance(value, dict):
        return value
    made = {key: completed(each, lists) for key, each in value.items() if key != "options_from"}
    if isinstance(name := value.get("options_from"), str):
        made["options"] = lists.get(name, [])
    if made.get("kind") == "note" and "text" in made:
        made.setdefault("label", made["text"])
    return made


def lists_in(value: Any) -> frozenset[str]:
    """Return the names of the lists that a form takes options from."""
    if isinstance(value, list):
        return frozenset().union(*(lists_in(each) for each in value))
    if not isinstance(value, dict):
        return frozenset()
    name = value.get("options_from")
    inner = frozenset[str]().union(*(lists_in(each) for each in value.values()))
    return inner | {name} if isinstance(name, str) else inner


def _cost(cost: Mapping[str, Any]) -> dict[str, Any]:
    tasks = [
        {"kind" if key == "for" else key: value for key, value in task.items()}
        for task in cost.get("tasks", ())
    ]
    return {**cost, "tasks": tasks}
