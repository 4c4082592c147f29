"""The shape of a pack's files: known keys, right types, both languages, nothing left to do."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import jsonschema_rs

from motcua.kernel.text import N_
from motcua.packs.rules.document import Document
from motcua.packs.rules.flaws import Flaw
from motcua.packs.rules.places import Path, place_of
from motcua.packs.rules.published import pack_schema, validator_of_file

UNKNOWN_KEY = N_("There is no key {key} here: take it out")
UNKNOWN_KEY_NEAR = N_("There is no key {key} here: did you mean {near}?")
INSIDE_ROWS = N_("{key} stands inside rows: write rows: (columns: …, name: …, least: …, most: …)")
MISSING_KEY = N_("The key {key} is missing: add it")
TRANSLATION = N_("The words in {language} are missing: people read either language")
WRONG_TYPE = N_("This must be {wanted}")
QUOTE = N_('This must be text: put it in quotes, as "{value}"')
NOT_OFFERED = N_("{value} is not allowed here: write one of {offered}")
NOT_OFFERED_NEAR = N_("{value} is not allowed here: did you mean {near}? ({offered})")
PATTERN = N_("{value} is not written as it must be: it must match {pattern}")
TOO_SHORT = N_("This is empty or too short: write at least {least}")
TOO_LONG = N_("This is too long: at most {most}")
TOO_SMALL = N_("{value} is too small: at least {least}")
TOO_GREAT = N_("{value} is too great: at most {most}")
TWICE = N_("Something stands twice in this list: keep one")
DATE = N_("{value} is no date: write YYYY-MM-DD")
ADDRESS = N_("{value} is no address: write https://…")
NONE_OF = N_("This fits nothing that is allowed here: {allowed}")
OTHER = N_("This does not fit: {problem}")
TODO = N_("Something is left to do here: replace the words TODO")

ALLOWED = {
    "required": "true, false, 'expression'",
    "amount": "8000, 'expression'",
    "papers": "paper_id, {result_of: part_id}",
    "items": "name, not_future, not_past, {rule: 'expression', message: {vi: …, en: …}}",
}
RULES = {
    "held_by": "unknown-registry",
    "life_events": "unknown-life-event",
    "role": "no-post",
}
"""Names of the checks of values that people look for by these names."""
FILES = ("procedure", "form", "workflow")


def shape_flaws(document: Document) -> Iterator[Flaw]:
    """Yield what does not fit the published schema, and words still to be written."""
    for name in FILES:
        if name in document:
            yield from _against(document[name], name, (name,))
    for kind, each in (("list", "lists"), ("example", "examples")):
        for name, value in document[each].items():
            yield from _against(value, kind, (each, name))
    yield from _left_to_do(document, ())


def _against(value: Any, name: str, top: Path) -> Iterator[Flaw]:
    for error in validator_of_file(name).iter_errors(value):
        yield from _said(error, (*top, *error.instance_path))


def _said(error: jsonschema_rs.ValidationError, path: Path) -> Iterator[Flaw]:
    kind: Any = error.kind
    match kind.name:
        case "additionalProperties":
            for key in kind.unexpected:
                yield _unknown(key, error, path)
        case "required":
            yield _missing(kind.property, path)
        case "type":
            yield _wrong_type(error, path)
        case "enum":
            yield _not_offered(error, path)
        case "propertyNames":
            key = str(kind.error.instance)
            facts = {"value": key[:60], "pattern": kind.error.kind.pattern}
            yield Flaw("wrong-value", (*path, key), PATTERN, facts, at_key=True)
        case "anyOf":
            yield from _none_of(error, path)
        case _:
            yield _limited(error, path)


def _not_offered(error: jsonschema_rs.ValidationError, path: Path) -> Flaw:
    kind: Any = error.kind
    offered = [str(each) for each in kind.options]
    value = str(error.instance)
    rule = next((rule for key, rule in RULES.items() if key in path), "wrong-value")
    near = next(iter(get_close_matches(value, offered, n=1)), "")
    facts = {"value": value[:60], "offered": ", ".join(offered), "near": near}
    return Flaw(rule, path, NOT_OFFERED_NEAR if near else NOT_OFFERED, facts)


def _none_of(error: jsonschema_rs.ValidationError, path: Path) -> Iterator[Flaw]:
    """Say what is wrong with the alternative that was meant, if it is clear which."""
    top = path[: len(path) - len(error.instance_path)]
    for tried in getattr(error.kind, "context", ()):
        if tried and all(
            inner.kind.name != "type" or inner.instance_path != error.instance_path
            for inner in tried
        ):
            for inner in tried:
                yield from _said(inner, (*top, *inner.instance_path))
            return
    keys = [str(each) for each in error.schema_path if str(each) in ALLOWED]
    allowed = ALLOWED[keys[-1]] if keys else "–"
    yield Flaw("wrong-type", path, NONE_OF, {"allowed": allowed})


LIMITS: Mapping[str, tuple[str, str, str]] = {
    "minLength": ("too-short", TOO_SHORT, "least"),
    "minItems": ("too-short", TOO_SHORT, "least"),
    "minProperties": ("too-short", TOO_SHORT, "least"),
    "maxLength": ("too-long", TOO_LONG, "most"),
    "maxItems": ("too-long", TOO_LONG, "most"),
    "maxProperties": ("too-long", TOO_LONG, "most"),
    "minimum": ("wrong-value", TOO_SMALL, "least"),
    "exclusiveMinimum": ("wrong-value", TOO_SMALL, "least"),
    "maximum": ("wrong-value", TOO_GREAT, "most"),
}
"""By keyword of JSON Schema: the check, what is said, and what its limit is called there."""


def _limited(error: jsonschema_rs.ValidationError, path: Path) -> Flaw:
    kind: Any = error.kind
    if kind.name in LIMITS:
        rule, message, name = LIMITS[kind.name]
        facts = {"value": str(error.instance)[:60], name: str(kind.limit)}
        return Flaw(rule, path, message, facts)
    if kind.name == "pattern":
        return _value(error, path, PATTERN, pattern=kind.pattern)
    if kind.name == "format":
        return _value(error, path, DATE if kind.format == "date" else ADDRESS)
    if kind.name == "uniqueItems":
        return Flaw("twice", path, TWICE)
    return Flaw("wrong-shape", path, OTHER, {"problem": error.message.splitlines()[0]})


def _value(error: jsonschema_rs.ValidationError, path: Path, message: str, **facts: str) -> Flaw:
    shown = str(error.instance)
    return Flaw("wrong-value", path, message, {"value": shown[:60], **facts})


def _unknown(key: str, error: jsonschema_rs.ValidationError, path: Path) -> Flaw:
    known = _known_keys(error.schema_path)
    near = next(iter(get_close_matches(key, known, n=1)), "")
    message = UNKNOWN_KEY_NEAR if near else UNKNOWN_KEY
    if "rows" in known and key in ("row", "columns", "least"):
        message = INSIDE_ROWS
    facts = {"key": key[:60], "near": near}
    return Flaw("unknown-key", (*path, key), message, facts, at_key=True)


def _known_keys(way: list[str | int]) -> list[str]:
    """Return the keys that the schema knows where it refused one."""
    here: Any = pack_schema()
    for step in way[:-1]:
        here = here[step]
    return list(here.get("properties", ()))


def _missing(key: str, path: Path) -> Flaw:
    if key in ("vi", "en"):
        language = {"vi": "vi (tiếng Việt)", "en": "en (English)"}[key]
        return Flaw("missing-translation", path, TRANSLATION, {"language": language}, at_key=True)
    return Flaw("missing-key", path, MISSING_KEY, {"key": key}, at_key=True)


def _wrong_type(error: jsonschema_rs.ValidationError, path: Path) -> Flaw:
    kind: Any = error.kind
    wanted = ", ".join(str(each) for each in kind.types)
    value = error.instance
    if wanted == "string" and isinstance(value, int | float):
        return Flaw("wrong-type", path, QUOTE, {"value": str(value)})
    return Flaw("wrong-type", path, WRONG_TYPE, {"wanted": wanted})


def _left_to_do(value: Any, path: Path) -> Iterator[Flaw]:
    if isinstance(value, str):
        if "TODO" in value:
            offset = value.index("TODO")
            place = place_of(value, offset) if path[0] == "templates" else None
            yield Flaw("todo", path, TODO, inside=offset + 1, place=place)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _left_to_do(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _left_to_do(each, (*path, number))
