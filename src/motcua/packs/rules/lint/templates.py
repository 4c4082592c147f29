"""Templates of results, as far as their text alone says: names they ask, packages they take."""

import re
from collections.abc import Iterator, Mapping

from motcua.forms.rules.definition import Field, Kind
from motcua.forms.rules.schema import PARTS, parts_of
from motcua.kernel.text import N_
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.flaws import Flaw
from motcua.packs.rules.places import place_of

NO_FIELD = N_("The form has no field {name}: correct the name")
NO_PART = N_("{field} has no part {part}: write one of {known}")
NO_PACKAGE = N_("A template takes nothing from the internet: write what {name} would give")

_COMMENT = re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.DOTALL)
_ASKED = re.compile(r"(?<![\w.\"-])(?:a|d\.values)\.([a-z][a-z0-9_]*)(?:\.([a-z_]+))?")
_PACKAGE = re.compile(r"\"@[a-z]+/[^\"]*\"")
METHODS = frozenset(("len", "map", "filter", "at", "join", "enumerate", "first", "last", "split"))


def template_flaws(pack: Pack) -> Iterator[Flaw]:
    """Yield names in templates that lead nowhere, and packages."""
    fields = {field.id: field for field in pack.form.fields if field.kind is not Kind.NOTE}
    for file, source in pack.templates.items():
        text = _COMMENT.sub(lambda found: " " * len(found.group()), source)
        for found in _ASKED.finditer(text):
            if flaw := _wrong(file, found, fields, text):
                yield flaw
        for found in _PACKAGE.finditer(text):
            place = place_of(text, found.start())
            facts = {"name": found.group()}
            yield Flaw("template-package", ("templates", file), NO_PACKAGE, facts, place=place)


def _wrong(file: str, found: re.Match[str], fields: Mapping[str, Field], text: str) -> Flaw | None:
    name, part = found.groups()
    place = place_of(text, found.start())
    if name not in fields:
        return Flaw("template-field", ("templates", file), NO_FIELD, {"name": name}, place=place)
    field = fields[name]
    known = (*parts_of(field), "text") if field.kind in PARTS else ()
    if not known or not part or part in known or part in METHODS:
        return None
    facts = {"field": name, "part": part, "known": ", ".join(known)}
    return Flaw("template-field", ("templates", file), NO_PART, facts, place=place)
