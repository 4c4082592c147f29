"""
Nodes as RDF Turtle 1.1 and as JSON-LD 1.1, written as they come.

A general library holds a whole graph before it writes one; this holds one node. Both forms share
their way of quoting: every escape below is one of both grammars.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum

from motcua.catalogue.rules.cpsv.terms import PREFIXES, Node, Ref, Value

_UNSEEN = "\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff"
_RISKY = re.compile(f'["\\\\{_UNSEEN}]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_IN_MARKUP = re.compile(f"[<>&{_UNSEEN}]")


class Format(StrEnum):
    """A way to write a graph down."""

    TURTLE = "turtle"
    JSONLD = "jsonld"

    @property
    def media_type(self) -> str:
        """The name the web knows it by."""
        return "text/turtle" if self is Format.TURTLE else "application/ld+json"

    @property
    def ending(self) -> str:
        """The ending of its files."""
        return "ttl" if self is Format.TURTLE else "jsonld"


def quoted(text: str) -> str:
    """
    Return ``text`` as a string of Turtle and of JSON.

    What cannot be seen or turns the line around (control characters, bidi marks) is escaped: it
    stays in the data and does nothing to who reads the file. Half a surrogate pair is no text and
    becomes U+FFFD.
    """
    return f'"{_RISKY.sub(_escape, text)}"'


def in_markup(json: str) -> str:
    """Return JSON that can stand inside ``<script>``: nothing in it ends the element."""
    return _IN_MARKUP.sub(_escape, json)


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return _SHORT.get(char) or f"\\u{ord(char):04x}"


def written(nodes: Iterable[Node], form: Format) -> Iterator[str]:
    """Write nodes as they come, piece by piece."""
    return _turtle(nodes) if form is Format.TURTLE else _jsonld(nodes)


def _turtle(nodes: Iterable[Node]) -> Iterator[str]:
    yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    for node in nodes:
        types = ", ".join(map(_turtle_name, node.types))
        said = "".join(f" ;\n  {name} {_turtle_value(value)}" for name, value in node.said)
        yield f"\n<{node.iri}> a {types}{said} .\n"


def _turtle_name(name: str) -> str:
    return f"<{name}>" if name.startswith("http") else name


def _turtle_value(value: Value) -> str:
    if isinstance(value, Ref):
        return f"<{value.iri}>"
    if value.language:
        return f"{quoted(value.value)}@{value.language}"
    return quoted(value.value) + (f"^^{value.datatype}" if value.datatype else "")


def _jsonld(nodes: Iterable[Node]) -> Iterator[str]:
    context = ",".join(f'"{name}":"{iri}"' for name, iri in PREFIXES.items())
    yield f'{{"@context":{{{context}}},\n"@graph":['
    comma = "\n"
    for node in nodes:
        yield comma + _jsonld_node(node)
        comma = ",\n"
    yield "\n]}\n"


def _jsonld_node(node: Node) -> str:
    told: dict[str, list[str]] = {}
    for name, value in node.said:
        told.setdefault(name, []).append(_jsonld_value(value))
    types = ",".join(f'"{name}"' for name in node.types)
    said = "".join(f',"{name}":[{",".join(values)}]' for name, values in told.items())
    return f'{{"@id":"{node.iri}","@type":[{types}]{said}}}'


def _jsonld_value(value: Value) -> str:
    if isinstance(value, Ref):
        return f'{{"@id":"{value.iri}"}}'
    text = quoted(value.value)
    if value.language:
        return f'{{"@value":{text},"@language":"{value.language}"}}'
    return f'{{"@value":{text},"@type":"{value.datatype}"}}' if value.datatype else text
