"""
Structured field values for HTTP (RFC 9651), as far as signatures and digests need them.

A dictionary of byte sequences, integers, strings, tokens, booleans and inner lists of strings, each
with parameters. It is read strictly: what the RFC does not allow, or what it allows twice with
another meaning, is refused, so that two readers can never understand two things.
"""

import re
from binascii import Error as NotBase64
from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping
from dataclasses import dataclass, field


class Token(str):
    """A bare word, which is written without quotes."""

    __slots__ = ()


Bare = bytes | int | bool | str
"""A :class:`Token` is a ``str`` too; a decimal or a date is not needed and refused."""
Parameters = Mapping[str, Bare]


class NotStructured(ValueError):
    """A field is not written as RFC 9651 says; the message says where, for the log."""


@dataclass(frozen=True, slots=True)
class Item:
    """One value with its parameters, in the order they were written."""

    value: Bare
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InnerList:
    """A list of items in parentheses, with parameters of its own."""

    items: tuple[Item, ...]
    parameters: Parameters = field(default_factory=dict)
    text: str = ""
    """How it was written, for what is signed."""


Member = Item | InnerList

_KEY = re.compile(r"[a-z*][a-z0-9_.*-]*")
_INTEGER = re.compile(r"-?[0-9]{1,15}(?![0-9.])")
_STRING = re.compile(r'"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"')
_TOKEN = re.compile(r"[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*")
_BYTES = re.compile(r":([A-Za-z0-9+/]*={0,2}):")
_BOOLEAN = re.compile(r"\?([01])")
_SPACES = re.compile(r" *")
_COMMA = re.compile(r"[ \t]*,[ \t]*")


class _Reader:
    """A place in a text that moves forward."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def take(self, shape: re.Pattern[str]) -> re.Match[str] | None:
        found = shape.match(self.text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def need(self, shape: re.Pattern[str]) -> str:
        found = self.take(shape)
        if found is None:
            raise NotStructured(f"unexpected at {self.at}")
        return found[0]

    def next(self, sign: str) -> bool:
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    @property
    def at_end(self) -> bool:
        return self.at >= len(self.text)


def read_dictionary(text: str) -> dict[str, Member]:
    """
    Return the members of a dictionary field.

    :raises NotStructured: if it is none, is empty, or names a key twice
    """
    reader, members = _Reader(text.strip(" ")), dict[str, Member]()
    while True:
        key = reader.need(_KEY)
        if key in members:
            raise NotStructured(f"{key} twice")
        members[key] = _member(reader)
        if reader.at_end:
            return members
        reader.need(_COMMA)


def usual_bytes(name: str, text: str) -> bytes | None:
    """
    Return the bytes of a field that is ``name=:…:`` to the letter, as nearly every one is.

    Nothing is returned for any other; it may still be right, and is read by the RFC.
    """
    start = f"{name}=:"
    if not (text.startswith(start) and text.endswith(":") and len(text) > len(start)):
        return None
    given = text[len(start) : -1]
    try:
        value = a2b_base64(given, strict_mode=True)
    except ValueError:
        return None
    return value if b2a_base64(value, newline=False).decode() == given else None


def _member(reader: _Reader) -> Member:
    if not reader.next("="):
        return Item(value=True, parameters=_parameters(reader))
    start = reader.at
    if not reader.next("("):
        return _item(reader)
    items = list[Item]()
    while True:
        reader.take(_SPACES)
        if reader.next(")"):
            break
        items.append(_item(reader))
        if not reader.text.startswith((" ", ")"), reader.at):
            raise NotStructured(f"unexpected at {reader.at}")
    parameters = _parameters(reader)
    return InnerList(tuple(items), parameters, reader.text[start : reader.at])


def _item(reader: _Reader) -> Item:
    return Item(_bare(reader), _parameters(reader))


def _parameters(reader: _Reader) -> dict[str, Bare]:
    found = dict[str, Bare]()
    while reader.next(";"):
        reader.take(_SPACES)
        key = reader.need(_KEY)
        if key in found:
            raise NotStructured(f"{key} twice")
        found[key] = _bare(reader) if reader.next("=") else True
    return found


def _bare(reader: _Reader) -> Bare:
    if (found := reader.take(_STRING)) is not None:
        return re.sub(r"\\(.)", r"\1", found[1])
    if (found := reader.take(_BYTES)) is not None:
        return _bytes(found[1])
    if (found := reader.take(_INTEGER)) is not None:
        return int(found[0])
    if (found := reader.take(_BOOLEAN)) is not None:
        return found[1] == "1"
    return Token(reader.need(_TOKEN))


def _bytes(text: str) -> bytes:
    try:
        value = a2b_base64(text, strict_mode=True)
    except NotBase64 as error:
        raise NotStructured("not base64") from error
    if b2a_base64(value, newline=False).decode() != text:
        raise NotStructured("not the one base64 of its bytes")
    return value


def written(value: Bare) -> str:
    """
    Return a value as it is written in a field.

    :raises ValueError: for a string with anything but printable ASCII
    """
    match value:
        case bool():
            return f"?{value:d}"
        case int():
            return str(value)
        case bytes():
            return f":{b2a_base64(value, newline=False).decode()}:"
        case Token():
            return str(value)
        case _:
            if not (value.isascii() and value.isprintable()):
                raise ValueError("a string in a field is printable ASCII")
            quoted = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{quoted}"'


def written_parameters(parameters: Parameters) -> str:
    """Return parameters as they follow a value; one that is true is its name alone."""
    return "".join(
        f";{key}" if value is True else f";{key}={written(value)}"
        for key, value in parameters.items()
    )
