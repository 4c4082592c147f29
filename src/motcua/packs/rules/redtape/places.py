"""The parts of a pack with their places in its document, as findings name them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from motcua.forms.rules.definition import Field, Step
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.places import Path

_SAME = re.compile(r"^([a-z][a-z0-9_]*(?:\.[a-z_]+)?) *= *(\"[^\"]*\"|'[^']*')$")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its place, the page and heading it stands under, and its table if a column."""

    field: Field
    path: Path
    step: Step
    heading: str
    within: Field | None = None

    @property
    def name(self) -> str:
        """Its id, a column's after its table's: ``children.name``."""
        return f"{self.within.id}.{self.field.id}" if self.within else self.field.id


def questions(pack: Pack) -> Iterator[Asked]:
    """Yield every question of the form with its place, columns after their table."""
    for s, step in enumerate(pack.form.steps):
        for t, section in enumerate(step.sections):
            heading = section.title.vi if section.title else ""
            for f, field in enumerate(section.fields):
                path: Path = ("form", "steps", s, "sections", t, "fields", f)
                yield Asked(field, path, step, heading)
                for c, column in enumerate(field.rows.columns if field.rows else ()):
                    yield Asked(column, (*path, "rows", "columns", c), step, heading, field)


def apart(one: str | None, other: str | None) -> bool:
    """Tell whether two conditions can never hold together, as far as their texts alone tell."""
    if one is None or other is None:
        return False
    first, second = _SAME.match(one.strip()), _SAME.match(other.strip())
    if first and second and first[1] == second[1]:
        return first[2][1:-1] != second[2][1:-1]
    return one.strip() in (f"not {other.strip()}", f"not ({other.strip()})") or other.strip() in (
        f"not {one.strip()}",
        f"not ({one.strip()})",
    )


def cases_apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two lists of cases have none in common; no list means every case."""
    return bool(one) and bool(other) and not set(one) & set(other)
