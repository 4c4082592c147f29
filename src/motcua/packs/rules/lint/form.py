"""Fields: each has what its kind needs and nothing else, and its schema is a tame one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jsonschema_rs

from motcua.forms.rules.definition import Field, Kind
from motcua.forms.rules.schema import PARTS, compiled, parts_of, schema_of_field
from motcua.kernel.text import N_
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.document import Document
from motcua.packs.rules.flaws import Flaw
from motcua.packs.rules.places import Path

TWICE = N_("The id {id} stands {times} times: rename one")
NEEDS = N_("A field of the kind {kind} needs the key {key}: add it")
NOT_OF_KIND = N_("The key {key} is not for the kind {kind}: take it out")
SAME_OPTION = N_("The value {value} is offered twice: change one")
OTHER_PARTS = N_("{part} is no part of {kind}: ask {known}")
OPTIONAL_NOT_ASKED = N_("{part} may stay empty but is not asked: add it to parts")
PROVINCE_FIRST = N_("A commune is chosen after its province: ask both")
CHECK_OF_KIND = N_("The check {check} is for a field of the kind {kind}")
SOURCE_OF_KIND = N_("account.person is for a person, the other sources for other kinds")
IN_A_ROW = N_("A column of a {kind} cannot be of the kind {column}")
BAD_SCHEMA = N_("This adds up to no schema: {problem}")
FEWER_THAN_LEAST = N_("At least {least} rows and at most {most} cannot both be")
NOT_LINEAR = N_("This pattern cannot be used: write one without look-around and references back")
LABEL = N_("Every field but a note has a label: add it")

LARGEST_PATTERN = 1_000_000
"""Bytes that a compiled pattern may take."""
CHOSEN = (Kind.CHOICE, Kind.CHOICES)
REPEATED = (Kind.TABLE, Kind.GROUP)
SIMPLE = frozenset(
    (
        Kind.TEXT,
        Kind.NUMBER,
        Kind.MONEY,
        Kind.DATE,
        Kind.CHOICE,
        Kind.YES_NO,
        Kind.PHONE,
        Kind.EMAIL,
        Kind.COMPUTED,
    )
)
"""Kinds that fit in the cell of a table."""
IN_CARDS = SIMPLE | {
    Kind.PERSON,
    Kind.ADDRESS,
    Kind.ENTERPRISE,
    Kind.LONG_TEXT,
    Kind.CHOICES,
    Kind.NOTE,
}
"""Kinds that fit in the card of a group."""
OWN_KEYS: Mapping[str, tuple[Kind, ...]] = {
    "decimals": (Kind.NUMBER,),
    "unit": (Kind.NUMBER, Kind.COMPUTED),
    "partial": (Kind.DATE,),
    "rows": REPEATED,
    "options": CHOSEN,
    "options_from": CHOSEN,
    "parts": (Kind.ADDRESS, Kind.PERSON, Kind.ENTERPRISE, Kind.BANK_ACCOUNT),
    "optional_parts": (Kind.ADDRESS, Kind.PERSON, Kind.ENTERPRISE, Kind.BANK_ACCOUNT),
    "most": (Kind.FILES,),
    "accept": (Kind.FILES,),
    "value": (Kind.COMPUTED,),
    "format": (Kind.COMPUTED,),
    "text": (Kind.NOTE,),
    "tone": (Kind.NOTE,),
}
"""Keys that only some kinds have."""
NEEDED: Mapping[Kind, tuple[str, ...]] = {
    Kind.TABLE: ("rows",),
    Kind.GROUP: ("rows",),
    Kind.COMPUTED: ("value",),
    Kind.NOTE: ("text",),
}


def fields_with_paths(document: Document) -> Iterator[tuple[Mapping[str, Any], Path]]:
    """Yield every field of the form as it is written, columns after their table, with its path."""
    for s, step in enumerate(document["form"]["steps"]):
        for t, section in enumerate(step["sections"]):
            for f, field in enumerate(section["fields"]):
                path: Path = ("form", "steps", s, "sections", t, "fields", f)
                yield field, path
                for c, column in enumerate(field.get("rows", {}).get("columns", ())):
                    yield column, (*path, "rows", "columns", c)


def all_fields(pack: Pack) -> Iterator[tuple[Field, Field | None]]:
    """Yield every field of a pack in the same order, each column with its table or group."""
    for field in pack.form.fields:
        yield field, None
        for column in field.rows.columns if field.rows else ():
            yield column, field


def twice(named: Sequence[tuple[str, Path]]) -> Iterator[Flaw]:
    """Yield ids used more than once, at the second place."""
    times = Counter(name for name, _path in named)
    seen: set[str] = set()
    for name, path in named:
        if name in seen:
            yield Flaw("duplicate-id", path, TWICE, {"id": name, "times": str(times[name])})
        seen.add(name)


def form_flaws(document: Document, pack: Pack) -> Iterator[Flaw]:
    """Yield what is wrong with the fields, their expressions apart."""
    written = tuple(fields_with_paths(document))
    yield from twice([(field["id"], (*path, "id")) for field, path in written])
    steps = document["form"]["steps"]
    yield from twice([(s["id"], ("form", "steps", n, "id")) for n, s in enumerate(steps)])
    for (raw, path), (field, within) in zip(written, all_fields(pack), strict=True):
        yield from _keys(raw, field, path)
        yield from _options(field, path)
        yield from _parts(field, path)
        yield from _checks(field, path)
        if within is not None:
            allowed = IN_CARDS if within.kind is Kind.GROUP else SIMPLE
            if field.kind not in allowed:
                facts = {"kind": within.kind.value, "column": field.kind.value}
                yield Flaw("wrong-kind", (*path, "kind"), IN_A_ROW, facts)
        if field.rows and field.rows.least > field.rows.most:
            facts = {"least": str(field.rows.least), "most": str(field.rows.most)}
            yield Flaw("wrong-value", (*path, "rows"), FEWER_THAN_LEAST, facts)


def _keys(raw: Mapping[str, Any], field: Field, path: Path) -> Iterator[Flaw]:
    kind = field.kind.value
    for key in raw:
        if key in OWN_KEYS and field.kind not in OWN_KEYS[key]:
            facts = {"key": key, "kind": kind}
            yield Flaw("wrong-kind", (*path, key), NOT_OF_KIND, facts, at_key=True)
    for key in NEEDED.get(field.kind, ()):
        if key not in raw:
            yield Flaw("missing-key", path, NEEDS, {"key": key, "kind": kind}, at_key=True)
    if "label" not in raw and field.kind is not Kind.NOTE:
        yield Flaw("missing-key", path, LABEL, at_key=True)


def _options(field: Field, path: Path) -> Iterator[Flaw]:
    if field.kind in CHOSEN and not field.options:
        facts = {"key": "options", "kind": field.kind.value}
        yield Flaw("missing-key", path, NEEDS, facts, at_key=True)
    for value, times in Counter(option.value for option in field.options).items():
        if times > 1:
            yield Flaw("duplicate-id", (*path, "options"), SAME_OPTION, {"value": value})


def _parts(field: Field, path: Path) -> Iterator[Flaw]:
    known = PARTS.get(field.kind, {})
    if not known:
        return
    for key, parts in (("parts", field.parts), ("optional_parts", field.optional_parts)):
        for part in parts:
            if part not in known:
                facts = {"part": part, "kind": field.kind.value, "known": ", ".join(known)}
                yield Flaw("wrong-value", (*path, key), OTHER_PARTS, facts)
            elif part not in parts_of(field):
                yield Flaw("wrong-value", (*path, key), OPTIONAL_NOT_ASKED, {"part": part})
    if "commune" in parts_of(field) and "province" not in parts_of(field):
        yield Flaw("wrong-value", (*path, "parts"), PROVINCE_FIRST)


def _checks(field: Field, path: Path) -> Iterator[Flaw]:
    for number, check in enumerate(field.checks):
        wanted = {"name": Kind.TEXT, "not_future": Kind.DATE, "not_past": Kind.DATE}.get(str(check))
        if wanted is not None and field.kind is not wanted:
            facts = {"check": str(check), "kind": wanted.value}
            yield Flaw("wrong-kind", (*path, "checks", number), CHECK_OF_KIND, facts)
    if field.source and (field.source == "account.person") != (field.kind is Kind.PERSON):
        yield Flaw("wrong-kind", (*path, "source"), SOURCE_OF_KIND)
    pattern = field.schema.get("pattern")
    if pattern is not None and not _is_linear(pattern):
        yield Flaw("pattern", (*path, "schema", "pattern"), NOT_LINEAR)
    elif field.schema:
        try:
            compiled(schema_of_field(field))
        except (jsonschema_rs.ValidationError, ValueError) as error:
            yield Flaw(
                "wrong-schema",
                (*path, "schema"),
                BAD_SCHEMA,
                {"problem": str(error).splitlines()[0]},
            )


def _is_linear(pattern: str) -> bool:
    """Tell whether a pattern compiles in an engine whose time grows with the text, no faster."""
    try:
        linear = jsonschema_rs.RegexOptions(size_limit=LARGEST_PATTERN)
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=linear)
    except (jsonschema_rs.ValidationError, ValueError):
        return False
    return True
