"""A form made ready to be asked: its expressions compiled once, kept with the immutable form."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from motcua.forms.rules.definition import Check, Field, Form, Kind, Step, Words
from motcua.forms.rules.expressions.answers import READERS
from motcua.forms.rules.expressions.compiling import Expression, compiled
from motcua.forms.rules.expressions.types import Name, Scope
from motcua.forms.rules.schema import PARTS, parts_of
from motcua.forms.rules.scopes import names_needed, names_of


@dataclass(frozen=True, slots=True)
class Rule:
    """A check ready to be asked: ``needed`` are (type, name, in a branch) of what it compares."""

    expression: Expression
    message: Words
    at: str
    needed: tuple[tuple[str, str, bool], ...]

    def can_be_asked(
        self, answers: Mapping[str, Any], row: Mapping[str, Any], shown: Container[str]
    ) -> bool:
        """Tell whether everything it compares has an answer of its type, as far as it is shown."""
        for type_, path, branch in self.needed:
            head, _, part = path.partition(".")
            if branch and head not in shown:
                continue
            value = row[head] if head in row else answers.get(head)
            if part:
                value = value.get(part) if isinstance(value, dict) else None
            if READERS[type_](value) is None:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A field ready to be asked.

    ``named`` are its checks by name; ``parts`` those of a block; ``ids`` the columns that have
    answers, ``made`` those of them that are computed.
    """

    field: Field
    show: Expression | None
    required: bool | Expression
    value: Expression | None
    rules: tuple[Rule, ...]
    named: frozenset[str]
    parts: frozenset[str] | None
    columns: tuple["Asked", ...]
    ids: frozenset[str]
    made: frozenset[str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page ready to be asked."""

    step: Step
    show: Expression | None
    fields: tuple[Asked, ...]
    rules: tuple[Rule, ...]


@lru_cache(maxsize=512)
def compiled_form(form: Form) -> tuple[Page, ...]:
    """
    Return the pages of ``form``, their expressions compiled.

    :raises BadExpression: if one has a flaw; forms of checked packs have none
    """
    scope: dict[str, Name] = {}
    pages = []
    for step in form.steps:
        show = _expression(step.show, scope)
        fields = []
        for field in step.fields:
            fields.append(_asked(field, scope))
            scope |= names_of(field, scope)
        pages.append(Page(step, show, tuple(fields), _rules(step.checks, scope, "")))
    return tuple(pages)


@lru_cache(maxsize=512)
def ids_of(form: Form) -> frozenset[str]:
    """Return the ids of the fields that have answers."""
    return frozenset(field.id for field in form.fields if field.kind is not Kind.NOTE)


def _asked(field: Field, scope: Scope) -> Asked:
    columns = []
    own = {**scope, **names_of(field, scope)}
    if field.rows is not None:
        inside = dict(scope)
        for column in field.rows.columns:
            columns.append(_asked(column, inside))
            inside |= names_of(column, inside)
        own = inside
    return Asked(
        field=field,
        show=_expression(field.show, scope),
        required=(
            field.required if isinstance(field.required, bool) else compiled(field.required, scope)
        ),
        value=compiled(field.value, scope) if field.kind is Kind.COMPUTED else None,
        rules=_rules((c for c in field.checks if isinstance(c, Check)), own, field.id),
        named=frozenset(c for c in field.checks if isinstance(c, str)),
        parts=frozenset(parts_of(field)) if field.kind in PARTS else None,
        columns=tuple(columns),
        ids=frozenset(c.field.id for c in columns if c.field.kind is not Kind.NOTE),
        made=frozenset(c.field.id for c in columns if c.value is not None),
    )


def _expression(text: str | None, scope: Scope) -> Expression | None:
    return None if text is None else compiled(text, scope)


def _rules(checks: Iterable[Check], scope: Scope, at: str) -> tuple[Rule, ...]:
    rules = []
    for check in checks:
        expression = compiled(check.rule, scope)
        order = [name for name in scope if name in expression.names]
        place = check.at or at or (order[-1] if order else "")
        needed = tuple(dict.fromkeys(names_needed(expression.tree)))
        rules.append(Rule(expression, check.message, place, needed))
    return tuple(rules)
