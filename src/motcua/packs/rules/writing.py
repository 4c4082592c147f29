"""A pack's document as the texts of its files: what is read from them is the document again."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from motcua.packs.rules.document import Document
from motcua.packs.rules.places import INTEGER, NUMBER, plain
from motcua.packs.rules.published import pack_schema
from motcua.packs.rules.source import MAIN

Schema = Mapping[str, Any]

FIRST_LINE = "# yaml-language-server: $schema=../pack.schema.json\n"
"""Tells editors where the schema is, so that they complete and check."""
SHORT = 100
"""A mapping or list no longer than this stands on one line."""


def files_of(document: Document) -> dict[str, str]:
    """
    Return the files of a pack, by name, in the order and spelling of the house.

    Comments are not part of a document. Reading the files gives the same document.
    """
    kinds = pack_schema()["$defs"]
    form_order: Schema = {name: {} for name in _answers_asked(document)}
    example = {**kinds["example"]["properties"], "answers": {"properties": form_order}}
    files = {
        file: FIRST_LINE + _written(document[part], kinds[part])
        for file, part in MAIN.items()
        if part in document
    }
    files |= document["templates"]
    for name, value in document["lists"].items():
        files[f"lists/{name}.yaml"] = _written(value, kinds["list"])
    for name, value in document["examples"].items():
        write = _as_json if name.endswith(".json") else _written
        files[f"examples/{name}"] = write(value, {"properties": example})
    return files


def _answers_asked(document: Document) -> Iterator[str]:
    """Yield the fields of the form, in the order in which it asks them."""
    for step in document.get("form", {}).get("steps", ()):
        for section in step["sections"]:
            for field in section["fields"]:
                yield field["id"]


def _written(value: Any, schema: Schema) -> str:
    made = yaml.dump(
        _ordered(value, schema),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10_000,
    )
    return str(made)


def _as_json(value: Any, schema: Schema) -> str:
    text = json.dumps(_ordered(value, schema), ensure_ascii=False, indent=1)
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def _ordered(value: Any, schema: Schema) -> Any:
    """Return a value with its keys in the order in which the schema names them."""
    while "$ref" in schema:
        schema = pack_schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        return [_ordered(each, schema.get("items", {})) for each in value]
    if not isinstance(value, dict):
        return value
    for other in schema.get("anyOf", ()):
        schema = other if "$ref" in other or other.get("type") == "object" else schema
    while "$ref" in schema:
        schema = pack_schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    known = schema.get("properties", {})
    places = {key: number for number, key in enumerate(known)}
    keys = sorted(value, key=lambda key: (places.get(key, len(places)), key))
    return {key: _ordered(value[key], known.get(key, {})) for key in keys}


class _Dumper(yaml.SafeDumper):
    """YAML as `places` reads it: short things on one line, texts in quotes where they must."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        return super().increase_indent(flow, indentless=False)


_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./@-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    as_it_is = _PLAIN.fullmatch(text) and plain(text) == text
    if as_it_is:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text)
    if "\n" in text and _fits_a_block(text):
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    single = '"' in text and text.isprintable()
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="'" if single else '"')


def _fits_a_block(text: str) -> bool:
    lines = text.split("\n")
    plain_lines = all(line == line.strip() and line.isprintable() for line in lines)
    return plain_lines and bool(lines[0]) and not text.endswith("\n\n")


def _mapping(dumper: yaml.SafeDumper, value: dict[str, Any]) -> yaml.MappingNode:
    node = dumper.represent_mapping("tag:yaml.org,2002:map", value.items())
    node.flow_style = _short(value)
    return node


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.SequenceNode:
    node = dumper.represent_sequence("tag:yaml.org,2002:seq", value)
    node.flow_style = _short(value)
    return node


def _short(value: Any) -> bool:
    """Tell whether a value reads well on one line: words in two languages, a list of names."""
    if value in ({}, []):
        return True
    if isinstance(value, dict) and value.keys() == {"vi", "en"}:
        return True
    return "\n" not in repr(value) and len(repr(value)) <= SHORT


def _null(dumper: yaml.SafeDumper, _value: None) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:null", "null")


_Dumper.yaml_implicit_resolvers = {}
for _tag, _like in (
    ("bool", "^(true|false)$"),
    ("null", "^null$"),
    ("int", f"^{INTEGER.pattern}$"),
    ("float", f"^{NUMBER.pattern}$"),
):
    _Dumper.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_like), None)
for _type, _said in ((str, _text), (dict, _mapping), (list, _list), (type(None), _null)):
    _Dumper.add_representer(_type, _said)  # type: ignore[arg-type]
