"""What was declared before a correction: kept in the step that corrected it, by field."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

WAS = "was"
"""Under which name a step's details keep it."""


def was_declared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return for a step's details the answers that differ, as they were; none said is null."""
    names = sorted({*before, *after})
    differ = {x: before.get(x) for x in names if before.get(x) != after.get(x)}
    return [json.dumps(differ, ensure_ascii=False)] if differ else []


def former(details: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the answers that a step changed, as they were declared before it, by field."""
    return {
        name: value for kept in details.get(WAS, ()) for name, value in json.loads(kept).items()
    }


def before_each(
    history: Sequence[Mapping[str, Sequence[str]]], answers: Mapping[str, Any]
) -> dict[int, tuple[dict[str, Any], dict[str, Any]]]:
    """
    Return what was declared before and after each step that changed it, by the step's place.

    :param history: the details of the steps, in their order
    :param answers: what is declared after the last of them
    """
    found, now = {}, dict(answers)
    for number in reversed(range(len(history))):
        if was := former(history[number]):
            before = {x: value for x, value in {**now, **was}.items() if value is not None}
            found[number], now = (before, now), before
    return found
