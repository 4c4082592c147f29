"""Read the files of a pack's folder into one checked definition, or say what is wrong where."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import yaml

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_
from motcua.packs.rules.document import Document
from motcua.packs.rules.flaws import PackFlaw, flaws_in

SHIPPED = Path(__file__).parent.parent / "shipped"
"""The packs that come with the portal."""

FILES: Mapping[str, str] = {
    "procedure": "procedure.yaml",
    "form": "form.yaml",
    "result": "result.typ",
}
LARGEST = 1_000_000
"""A file of a pack larger than this many bytes is not read."""


class BadPack(Invalid):
    """A pack's folder does not make a pack; ``problems`` names file, place and what to do."""

    code: ClassVar[str] = "packs.bad-pack"
    message: ClassVar[str] = N_("The service pack in {folder} cannot be used: correct its files.")

    def __str__(self) -> str:
        problems = self.facts["problems"]
        lines = [f"{p['at']}: {p['message']}" for p in problems if isinstance(problems, list)]  # type: ignore[union-attr,index]
        return "\n".join([str(self.facts["folder"]), *lines])


class _Loader(yaml.SafeLoader):
    """YAML as data: no dates, only true and false are booleans, no aliases, no key twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="write it out instead of *alias", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:  # noqa: FBT001, FBT002
        names = [key.value for key, _ in node.value]
        for number, name in enumerate(names):
            if name in names[:number]:
                mark = node.value[number][0].start_mark
                raise yaml.MarkedYAMLError(problem=f"{name} stands twice", problem_mark=mark)
        return super().construct_mapping(node, deep=deep)


_TEXT_AFTER_ALL = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] not in _TEXT_AFTER_ALL]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), ["t", "f"])


@cache
def pack_schema() -> Mapping[str, Any]:
    """Return the published JSON Schema of packs."""
    schema: dict[str, Any] = json.loads((SHIPPED / "pack.schema.json").read_text())
    return schema


def read_folder(folder: Path) -> Document:
    """
    Return the definition in ``folder``, checked.

    :raises BadPack: if a file is missing or cannot be read, or the definition has flaws
    """
    document: Document = {name: _read(folder, file) for name, file in FILES.items()}
    _fill_lists(folder, document["form"])
    if flaws := flaws_in(document, schema=pack_schema()):
        raise _bad(folder, flaws)
    if document["procedure"]["code"] != folder.name:
        raise _bad(folder, [PackFlaw("procedure/code", "The folder must be named by the code")])
    return document


def _read(folder: Path, file: str) -> Any:
    path = folder / file
    try:
        if path.stat().st_size > LARGEST:
            raise _bad(folder, [PackFlaw(file, f"The file is larger than {LARGEST} bytes")])
        text = path.read_text()
        return yaml.load(text, _Loader) if path.suffix == ".yaml" else text  # noqa: S506 (safe)
    except FileNotFoundError:
        raise _bad(folder, [PackFlaw(file, "The file is missing: add it")]) from None
    except (UnicodeDecodeError, RecursionError) as error:
        raise _bad(folder, [PackFlaw(file, f"The file cannot be read: {error}")]) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
        raise _bad(folder, [PackFlaw(at, str(error.problem))]) from None


def _fill_lists(folder: Path, form: Any) -> None:
    """Put the options of ``lists/NAME.yaml`` where a field says ``options_from: NAME``."""
    for field in _fields_of(form):
        name = field.pop("options_from", None)
        if isinstance(name, str):
            field["options"] = _read(folder.parent / "lists", f"{Path(name).name}.yaml")


def _fields_of(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [field for each in value for field in _fields_of(each)]
    if not isinstance(value, dict):
        return []
    inner = [field for each in value.values() for field in _fields_of(each)]
    return [value, *inner] if "options_from" in value else inner


def _bad(folder: Path, flaws: Any) -> BadPack:
    problems = [{"at": _where(flaw.place), "message": flaw.message} for flaw in flaws]
    return BadPack(folder=str(folder), problems=problems)


def _where(place: str) -> str:
    """``form/steps/0`` → ``form.yaml steps/0``."""
    part, _, rest = place.partition("/")
    return f"{FILES.get(part, part)} {rest}".strip()
