"""The files of a pack as one document, with the way back from each part to its file and line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.kernel.text import N_
from motcua.packs.rules.document import Document, lists_in
from motcua.packs.rules.flaws import Finding, Flaw
from motcua.packs.rules.places import Path, Place, Placed, Unreadable, read_text

MAIN = {
    "procedure.yaml": "procedure",
    "form.yaml": "form",
    "workflow.yaml": "workflow",
}
TEMPLATE = re.compile(r"[a-z][a-z0-9_-]{0,39}\.typ")
EXAMPLE = re.compile(r"examples/(valid|invalid)-[a-z0-9-]{1,60}\.(yaml|json)")
LIST = re.compile(r"lists/([a-z_]{1,40})\.yaml")
MOST_FILES = 100

MISSING = N_("The file {file} is missing: add it")
UNKNOWN_FILE = N_("This file belongs to no pack and is left out: move or rename it")
TOO_MANY_FILES = N_("The folder holds more than {most} files: a pack needs fewer")
NO_LIST = N_("There is no list {name}: write it as lists/{name}.yaml, or give options instead")


@dataclass(frozen=True, slots=True)
class Source:
    """
    A pack as it was read: its document, its files, and what kept a file from being read.

    A ``document`` with such flaws is not whole: nothing else is said of it then.
    """

    document: Document
    placed: Mapping[str, Placed]
    flaws: tuple[Flaw, ...] = ()

    def finding(self, flaw: Flaw) -> Finding:
        """Return a flaw with the place in its file."""
        file, inner = file_of(flaw.path)
        placed = self.placed.get(file)
        place = flaw.place or Place(1, 1)
        if flaw.place is None and placed is not None:
            place = (
                placed.spot(inner).key if flaw.at_key else placed.place(inner, inside=flaw.inside)
            )
        return Finding(file, place.line, place.column, flaw)


def file_of(path: Path) -> tuple[str, Path]:
    """Return the file in which a part of the document stands, and the way inside that file."""
    top = str(path[0]) if path else "procedure"
    if top in ("templates", "files"):
        return str(path[1]), path[2:]
    if top == "lists":
        return f"lists/{path[1]}.yaml", path[2:]
    if top == "examples":
        return f"examples/{path[1]}", path[2:]
    return f"{top}.yaml", path[1:]


def source_of(files: Mapping[str, str], *, shared: Mapping[str, str] | None = None) -> Source:
    """
    Return a pack from the texts of its files, by their names inside its folder.

    :param shared: texts of the lists all packs may take options from, by name
    """
    reader = _Reader(files, shared or {})
    reader.read()
    return Source(reader.document, reader.placed, tuple(reader.flaws))


@dataclass(slots=True)
class _Reader:
    files: Mapping[str, str]
    shared: Mapping[str, str]
    document: Document = field(
        default_factory=lambda: {"templates": {}, "lists": {}, "examples": {}}
    )
    placed: dict[str, Placed] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    def read(self) -> None:
        if len(self.files) > MOST_FILES:
            self.flaws.append(
                Flaw("too-many-files", ("procedure",), TOO_MANY_FILES, {"most": str(MOST_FILES)})
            )
            return
        for file in sorted(self.files):
            self._file(file)
        for file in ("procedure.yaml", "form.yaml"):
            if file not in self.files:
                self.flaws.append(Flaw("missing-file", ("files", file), MISSING, {"file": file}))
        self._lists()

    def _file(self, file: str) -> None:
        if file in MAIN:
            self._put(self.document, MAIN[file], file)
        elif EXAMPLE.fullmatch(file):
            self._put(self.document["examples"], file.partition("/")[2], file)
        elif TEMPLATE.fullmatch(file):
            self.document["templates"][file] = self.files[file]
        elif not LIST.fullmatch(file):
            self.flaws.append(Flaw("unknown-file", ("files", file), UNKNOWN_FILE, warning=True))

    def _put(self, into: dict[str, Any], name: str, file: str, text: str | None = None) -> None:
        try:
            placed = read_text(self.files[file] if text is None else text)
        except Unreadable as error:
            flaw = Flaw(
                "unreadable", ("files", file), error.message, error.facts, place=error.place
            )
            self.flaws.append(flaw)
            return
        self.placed[file] = placed
        into[name] = placed.value

    def _lists(self) -> None:
        """Take the lists that the form names: the pack's own, else those shared."""
        for name in sorted(lists_in(self.document.get("form"))):
            file = f"lists/{name}.yaml"
            text = self.files.get(file, self.shared.get(name))
            if text is not None and LIST.fullmatch(file):
                self._put(self.document["lists"], name, file, text)
            else:
                self.flaws.append(Flaw("no-list", self._asked(name), NO_LIST, {"name": name}))

    def _asked(self, name: str) -> Path:
        """Return where the form asks for a list."""
        form = self.placed["form.yaml"]
        for path in form.spots:
            if path and path[-1] == "options_from" and _value(form.value, path) == name:
                return ("form", *path)
        return ("form",)


def _value(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def errors(flaws: tuple[Flaw, ...]) -> tuple[Flaw, ...]:
    """Return those that keep a pack from being published."""
    return tuple(flaw for flaw in flaws if not flaw.warning)
