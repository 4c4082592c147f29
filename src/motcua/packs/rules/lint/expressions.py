"""Every expression of a pack: names that come before, types that fit, no fee below zero."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from motcua.forms.rules.definition import Check, Field, Kind
from motcua.forms.rules.expressions.bounds import bounds
from motcua.forms.rules.expressions.compiling import compiled, flaws
from motcua.forms.rules.expressions.flaws import BadExpression
from motcua.forms.rules.expressions.types import Name, Scope, Type
from motcua.forms.rules.places import place_at
from motcua.forms.rules.scopes import names_of, scope_of
from motcua.kernel.text import N_
from motcua.packs.rules.asking import scope_with_case
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.flaws import Flaw
from motcua.packs.rules.places import Path

NEGATIVE = N_("This fee could be below 0: write it inside max(0, …), or give its fields a minimum")
OTHER_FORMAT = N_("The format {format} is for a {wanted}, and this is a {got}: change one of them")
NO_PLACE = N_("There is no field {field} to say it at: correct the name")

FORMATS: Mapping[str, frozenset[Type]] = {
    "number": frozenset((Type.NUMBER,)),
    "money": frozenset((Type.NUMBER,)),
    "date": frozenset((Type.DATE,)),
    "text": frozenset((Type.TEXT, Type.BOOLEAN, Type.NUMBER, Type.DATE)),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """An expression, where it stands, what it must give (None: any) and what it may ask."""

    path: Path
    text: str
    wanted: Type | None
    scope: Scope


def expression_flaws(pack: Pack) -> Iterator[Flaw]:
    """Yield what is wrong with the expressions of the form and of the rest of the pack."""
    every = scope_of(pack.form)
    for asked in expressions_of(pack):
        later = every.keys() - asked.scope.keys()
        for flaw in flaws(asked.text, asked.scope, asked.wanted, later=later):
            yield Flaw("expression", asked.path, flaw.message, flaw.facts, inside=flaw.column)
    yield from _formats(pack)
    yield from _places(pack)
    yield from _negative(pack)


def expressions_of(pack: Pack) -> Iterator[Asked]:
    """Yield every expression of a pack with its place."""
    yield from _of_form(pack)
    yield from _of_procedure(pack)


def _of_form(pack: Pack) -> Iterator[Asked]:
    scope: dict[str, Name] = {}
    for s, step in enumerate(pack.form.steps):
        top: Path = ("form", "steps", s)
        if step.show is not None:
            yield Asked((*top, "show"), step.show, Type.BOOLEAN, dict(scope))
        for t, section in enumerate(step.sections):
            for f, field in enumerate(section.fields):
                yield from _of_field(field, (*top, "sections", t, "fields", f), scope)
                scope |= names_of(field, scope)
        yield from _of_checks(step.checks, (*top, "checks"), scope)


def _of_field(field: Field, path: Path, scope: Mapping[str, Name]) -> Iterator[Asked]:
    before = dict(scope)
    if field.show is not None:
        yield Asked((*path, "show"), field.show, Type.BOOLEAN, before)
    if not isinstance(field.required, bool):
        yield Asked((*path, "required"), field.required, Type.BOOLEAN, before)
    if field.kind is Kind.COMPUTED and field.value:
        yield Asked((*path, "value"), field.value, None, before)
    own = before | names_of(field, scope)
    if field.rows is not None:
        own = dict(before)
        for c, column in enumerate(field.rows.columns):
            yield from _of_field(column, (*path, "rows", "columns", c), own)
            own |= names_of(column, own)
    yield from _of_checks(field.checks, (*path, "checks"), own)


def _of_checks(
    checks: tuple[str | Check, ...] | tuple[Check, ...], path: Path, scope: Mapping[str, Name]
) -> Iterator[Asked]:
    for number, check in enumerate(checks):
        if isinstance(check, Check):
            yield Asked((*path, number, "rule"), check.rule, Type.BOOLEAN, dict(scope))


def _of_procedure(pack: Pack) -> Iterator[Asked]:
    plain, scope = scope_of(pack.form), scope_with_case(pack)
    for number, case in enumerate(pack.cases):
        if case.when is not None:
            yield Asked(("procedure", "cases", number, "when"), case.when, Type.BOOLEAN, plain)
    for path, text in _conditions(pack):
        if isinstance(text, str):
            yield Asked(("procedure", *path), text, Type.BOOLEAN, scope)
    for path, text in _amounts(pack):
        yield Asked(("procedure", *path), text, Type.NUMBER, scope)
    for number, part in enumerate(pack.parts):
        for target, text in part.answers.items():
            yield Asked(("procedure", "parts", number, "answers", target), text, None, scope)


def _amounts(pack: Pack) -> Iterator[tuple[Path, str]]:
    for number, fee in enumerate(pack.fees):
        if isinstance(fee.amount, str):
            yield ("fees", number, "amount"), fee.amount
        if fee.times:
            yield ("fees", number, "times"), fee.times


def _conditions(pack: Pack) -> Iterator[tuple[Path, str | bool | None]]:
    for number, refusal in enumerate(pack.eligibility):
        yield ("eligibility", number, "refuse_when"), refusal.refuse_when
    for number, limit in enumerate(pack.limits):
        yield ("limits", number, "when"), limit.when
    for number, paper in enumerate(pack.papers):
        yield ("papers", number, "show"), paper.show
        yield ("papers", number, "required"), paper.required
        yield ("papers", number, "spared_when"), paper.spared_when
    for number, fee in enumerate(pack.fees):
        yield ("fees", number, "when"), fee.when
        for place, exemption in enumerate(fee.exempt):
            yield ("fees", number, "exempt", place, "when"), exemption.when
    for number, result in enumerate(pack.results):
        yield ("results", number, "when"), result.when
    for number, part in enumerate(pack.parts):
        yield ("parts", number, "when"), part.when


def _formats(pack: Pack) -> Iterator[Flaw]:
    """Yield computed fields that are shown as something they are not."""
    for asked, field in _computed(pack):
        try:
            got = compiled(asked.text, asked.scope).type
        except BadExpression:
            continue
        wanted = FORMATS[field.format]
        if got not in wanted:
            facts = {"format": field.format, "wanted": min(wanted).value, "got": got.value}
            yield Flaw("wrong-type", (*asked.path[:-1], "format"), OTHER_FORMAT, facts)


def _computed(pack: Pack) -> Iterator[tuple[Asked, Field]]:
    fields = [field for field in _with_columns(pack) if field.kind is Kind.COMPUTED and field.value]
    asked = [each for each in _of_form(pack) if each.path[-1] == "value"]
    yield from zip(asked, fields, strict=True)


def _with_columns(pack: Pack) -> Iterator[Field]:
    for field in pack.form.fields:
        yield field
        yield from field.rows.columns if field.rows else ()


def _places(pack: Pack) -> Iterator[Flaw]:
    """Yield checks whose message stands at a field that is not there."""
    for s, step in enumerate(pack.form.steps):
        for number, check in enumerate(step.checks):
            if check.at and place_at(pack.form, check.at) is None:
                path: Path = ("form", "steps", s, "checks", number, "at")
                yield Flaw("unknown-field", path, NO_PLACE, {"field": check.at})


def _negative(pack: Pack) -> Iterator[Flaw]:
    scope = scope_with_case(pack)
    for number, fee in enumerate(pack.fees):
        if not isinstance(fee.amount, str) or flaws(fee.amount, scope, Type.NUMBER):
            continue
        low, _high = bounds(fee.amount, scope)
        if low is None or low < 0:
            yield Flaw("negative-fee", ("procedure", "fees", number, "amount"), NEGATIVE)
