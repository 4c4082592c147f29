"""What is wrong with a pack's definition: where, and what to do about it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from motcua.forms.rules.definition import Condition, Field, Kind
from motcua.forms.rules.expressions.compiling import flaws
from motcua.forms.rules.expressions.types import Name, Scope, Type
from motcua.forms.rules.schema import PARTS, compiled, parts_of, schema_of_field
from motcua.forms.rules.scopes import names_of
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.document import Document, pack_from


@dataclass(frozen=True, slots=True)
class PackFlaw:
    """A place in the definition (``form/steps/0/title``), and what is wrong there."""

    place: str
    message: str


def flaws_in(document: Document, *, schema: Mapping[str, Any]) -> tuple[PackFlaw, ...]:
    """Return what is wrong with a definition; ``schema`` is the published schema of packs."""
    flaws = tuple(_against_schema(document, schema))
    return flaws or tuple(_inside(pack_from(document, version="")))


def _against_schema(document: Document, schema: Mapping[str, Any]) -> Iterator[PackFlaw]:
    for error in compiled(dict(schema)).iter_errors(document):
        place = "/".join(str(each) for each in error.instance_path)
        yield PackFlaw(place, error.message.splitlines()[0])


def _inside(pack: Pack) -> Iterator[PackFlaw]:
    """Yield what a schema cannot see: names that lead nowhere, ids used twice, gaps."""
    yield from _twice(pack)
    yield from _form_flaws(pack)
    yield from _condition_flaws(pack)
    yield from _fee_flaws(pack)
    yield from _whole_flaws(pack)


def _twice(pack: Pack) -> Iterator[PackFlaw]:
    kinds: dict[str, Iterable[str]] = {
        "form/fields": (f.id for f in pack.form.fields),
        "form/steps": (s.id for s in pack.form.steps),
        "procedure/papers": (p.id for p in pack.papers),
        "procedure/fees": (f.code for f in pack.fees),
        "procedure/stages": (s.id for s in pack.stages),
    }
    for place, names in kinds.items():
        for name, times in Counter(names).items():
            if times > 1:
                yield PackFlaw(f"{place}/{name}", f"This id is used {times} times: rename one")


def _form_flaws(pack: Pack) -> Iterator[PackFlaw]:
    for field in pack.form.fields:
        place = f"form/fields/{field.id}"
        chosen = field.kind in (Kind.CHOICE, Kind.CHOICES)
        values = [option.value for option in field.options]
        if chosen != bool(values):
            yield PackFlaw(place, "Only choices have options, and they need them")
        if len(set(values)) < len(values):
            yield PackFlaw(place, "Two options have the same value: change one")
        known = set(PARTS.get(field.kind, ()))
        asked = set(parts_of(field))
        if not asked <= known or not set(field.optional_parts) <= asked:
            yield PackFlaw(place, f"Only these parts can be asked: {', '.join(sorted(known))}")
            continue
        if "commune" in asked and "province" not in asked:
            yield PackFlaw(place, "A commune is chosen after its province: ask both")
        yield from _check_flaws(field, place)


def _check_flaws(field: Field, place: str) -> Iterator[PackFlaw]:
    for check in field.checks:
        wanted = Kind.TEXT if check == "name" else Kind.DATE
        if field.kind is not wanted:
            yield PackFlaw(place, f"The check {check} is for a {wanted} field")
    if (field.source == "account.person") != (field.kind is Kind.PERSON) and field.source:
        yield PackFlaw(place, "account.person is for a person, other sources for other fields")
    try:
        compiled(schema_of_field(field))
    except (jsonschema_rs.ValidationError, ValueError) as error:
        yield PackFlaw(f"{place}/schema", str(error).splitlines()[0])


def _condition_flaws(pack: Pack) -> Iterator[PackFlaw]:
    scope: dict[str, Name] = {}
    for step in pack.form.steps:
        yield from _asks(step.show, scope, f"form/steps/{step.id}/show")
        for field in step.fields:
            place = f"form/fields/{field.id}"
            yield from _asks(field.show, scope, f"{place}/show")
            if not isinstance(field.required, bool):
                yield from _asks(field.required, scope, f"{place}/required")
            scope |= names_of(field, scope)
    for place, condition in _outside_the_form(pack):
        yield from _asks(condition, scope, f"procedure/{place}")


def _outside_the_form(pack: Pack) -> Iterator[tuple[str, Condition | None]]:
    for paper in pack.papers:
        yield f"papers/{paper.id}/show", paper.show
        if not isinstance(paper.required, bool):
            yield f"papers/{paper.id}/required", paper.required
    for fee in pack.fees:
        yield f"fees/{fee.code}/when", fee.when
        for exemption in fee.exempt:
            yield f"fees/{fee.code}/exempt", exemption.when
    for number, limit in enumerate(pack.limits):
        yield f"limits/{number}/when", limit.when


def _asks(condition: Condition | None, scope: Scope, place: str) -> Iterator[PackFlaw]:
    if condition is not None:
        for flaw in flaws(condition, scope, Type.BOOLEAN):
            yield PackFlaw(f"{place}:{flaw.column}", flaw.message.format(**flaw.facts))


def _fee_flaws(pack: Pack) -> Iterator[PackFlaw]:
    numbers = {f.id for f in pack.form.fields if f.kind is Kind.NUMBER}
    for fee in pack.fees:
        if fee.times and fee.times not in numbers:
            yield PackFlaw(f"procedure/fees/{fee.code}/times", "This is not a number field")


def _whole_flaws(pack: Pack) -> Iterator[PackFlaw]:
    unit = next((f for f in pack.form.fields if f.id == pack.unit_field), None)
    part = "commune" if pack.level == "commune" else "province"
    if unit is None or unit.kind is not Kind.ADDRESS or part not in parts_of(unit):
        yield PackFlaw("procedure/unit_field", f"Name an address field that asks the {part}")
    if pack.valid_to is not None and pack.valid_to < pack.valid_from:
        yield PackFlaw("procedure/valid_to", "The last day of validity lies before the first")
    for channel in pack.channels:
        if not any(channel in each.channels and each.when is None for each in pack.limits):
            yield PackFlaw("procedure/limits", f"Add a limit without a condition for {channel}")
