"""
Conditions: small questions about answers, as data. They are total: no loop, no call, no error.

``{field: relation, equals: other}`` · ``{field: relation, in: [parent, other]}`` ·
``{field: copies, at_least: 1}`` · ``{field: copies, at_most: 9}`` · ``{field: father, present:
true}`` · ``{not: …}`` · ``{all: […]}`` · ``{any: […]}``. ``field: father.sex`` looks into a block.
A field that is not shown counts as not answered.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from motcua.forms.rules.definition import Answers, Condition, Field, Form, Step

EMPTY: tuple[Any, ...] = (None, "", [], {})
DEEPEST = 8
"""How deep conditions may stand in each other: deeper ones are nobody's to read."""


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "equals": lambda value, wanted: type(value) is type(wanted) and bool(value == wanted),
    "in": lambda value, wanted: value in wanted,
    "contains": lambda value, wanted: isinstance(value, list) and wanted in value,
    "present": lambda value, wanted: (value not in EMPTY) is wanted,
    "at_least": lambda value, wanted: _whole(value) and value >= wanted,
    "at_most": lambda value, wanted: _whole(value) and value <= wanted,
}


def value_at(path: str, answers: Answers) -> Any:
    """Return the answer at ``field`` or ``field.part``, or None."""
    name, _, part = path.partition(".")
    value = answers.get(name)
    if not part:
        return value
    return value.get(part) if isinstance(value, Mapping) else None


def holds(condition: Condition, answers: Answers) -> bool:
    """Tell whether ``condition`` is true of ``answers``; several keys must all be true."""
    if "all" in condition:
        return all(holds(each, answers) for each in condition["all"])
    if "any" in condition:
        return any(holds(each, answers) for each in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers)
    value = value_at(condition["field"], answers)
    return all(_TESTS[test](value, wanted) for test, wanted in condition.items() if test != "field")


def fields_in(condition: Condition) -> Iterator[str]:
    """Yield the fields (or ``field.part``) that ``condition`` asks about."""
    for each in (*condition.get("all", ()), *condition.get("any", ())):
        yield from fields_in(each)
    if "not" in condition:
        yield from fields_in(condition["not"])
    if "field" in condition:
        yield condition["field"]


def depth(condition: Condition) -> int:
    """Return how deep conditions stand in each other; a plain one is 1."""
    inner = (*condition.get("all", ()), *condition.get("any", ()))
    if "not" in condition:
        inner = (*inner, condition["not"])
    return 1 + max((depth(each) for each in inner), default=0)


def seen(form: Form, answers: Answers) -> dict[str, Any]:
    """
    Return the answers of the fields that are shown, and only those.

    A condition asks about earlier fields only (checked when a pack is loaded), so one pass in
    order is enough and there can be no cycle.
    """
    kept: dict[str, Any] = {}
    for step in form.steps:
        if step.show is not None and not holds(step.show, kept):
            continue
        for field in step.fields:
            if field.id in answers and (field.show is None or holds(field.show, kept)):
                kept[field.id] = answers[field.id]
    return kept


def visible_steps(form: Form, answers: Answers) -> tuple[Step, ...]:
    """Return the pages to go through with these answers."""
    known = seen(form, answers)
    return tuple(s for s in form.steps if s.show is None or holds(s.show, known))


def visible_fields(form: Form, step: str, answers: Answers) -> tuple[Field, ...]:
    """Return the fields of page ``step`` to be shown with these answers; none of a hidden page."""
    known = seen(form, answers)
    return tuple(
        field
        for page in form.steps
        if page.id == step and (page.show is None or holds(page.show, known))
        for field in page.fields
        if field.show is None or holds(field.show, known)
    )


def is_required(rule: bool | Condition, answers: Answers) -> bool:  # noqa: FBT001
    """Tell whether a ``required`` rule asks for a value; ``answers`` are those `seen`."""
    return rule if isinstance(rule, bool) else holds(rule, answers)
