"""The valid answers of a pack's own examples, as people type them into boxes."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from motcua.packs.queries.folders import SHIPPED

Boxes = dict[str, list[str]]
HERE = {"province": "01", "commune": "00070"}
"""A ward of the demonstration."""
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def valid_examples(code: str) -> list[Path]:
    """Return the valid examples of a shipped pack."""
    return sorted((SHIPPED / code / "examples").glob("valid-*.json"))


def answers_here(example: Path, unit_field: str, *, today: date) -> dict[str, Any]:
    """
    Return an example's answers, given at a place of the demonstration and on the day it is now.

    Only what lies in the example's future is moved, to stay in the future.
    """
    made = json.loads(example.read_text())
    by = today - date.fromisoformat(made["on"])
    answers = {name: _moved(value, made["on"], by) for name, value in made["answers"].items()}
    there = answers.get(unit_field) or {}
    return {
        name: _here(value, {part: there.get(part) for part in HERE})
        for name, value in answers.items()
    }


def _here(value: Any, there: Mapping[str, Any]) -> Any:
    """Return an answer with whatever lies in the competent unit moved to the demonstration's."""
    if isinstance(value, list):
        return [_here(each, there) for each in value]
    if not isinstance(value, dict):
        return value
    if (
        there["commune"] is None and value.get("province") == there["province"]
    ) or there.items() <= value.items():
        return {**value, **HERE}
    return {name: _here(each, there) for name, each in value.items()}


def _moved(value: Any, on: str, by: timedelta) -> Any:
    if isinstance(value, dict):
        return {name: _moved(each, on, by) for name, each in value.items()}
    if isinstance(value, list):
        return [_moved(each, on, by) for each in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) and value > on:
        return (date.fromisoformat(value) + by).isoformat()
    return value


def boxes_of(answers: Mapping[str, Any]) -> Boxes:
    """Return what to put into every box that a page might have for these answers."""
    return {name: values for each in answers for name, values in _boxes(each, answers[each])}


def rows_of(answers: Mapping[str, Any]) -> dict[str, int]:
    """Return how many rows each table and group has."""
    return {
        name: len(value)
        for name, value in answers.items()
        if isinstance(value, list) and value and isinstance(value[0], dict)
    }


def _typed(value: Any) -> str:
    """Return a yes or no, a number or a text as it is typed."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",")
    return str(value)


def _boxes(name: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = {str(number): row for number, row in enumerate(value)}
    if isinstance(value, dict):
        for part, inner in value.items():
            yield from _boxes(f"{name}.{part}", inner)
    elif isinstance(value, list):
        yield name, [str(each) for each in value]
    else:
        yield name, [_typed(value)]
        if found := _DATE.fullmatch(str(value)):
            for part, text in zip(("year", "month", "day"), found.groups(), strict=True):
                yield f"{name}-{part}", [str(int(text)) if text else ""]
