"""The case that a cost is reckoned for: what one filing asks, as one of the pack's examples."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.forms.rules.definition import Field, Kind
from motcua.forms.rules.schema import PARTS, parts_of
from motcua.forms.rules.showing import Shown, look
from motcua.kernel.money import Dong
from motcua.packs.rules.charges import fees_for, papers_for, total_of
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.demands import Channel, Paper
from motcua.packs.rules.document import Document

_SILENT = frozenset((Kind.NOTE, Kind.COMPUTED))


@dataclass(frozen=True, slots=True)
class Question:
    """
    Something to type, ``times`` over: ``mother.birth_date``, or a table's ``children.name``.

    One that is filled in from the account is only to be confirmed.
    """

    name: str
    times: int = 1
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """What one filing asks: the questions seen, the papers it waits for, and its fees."""

    name: str
    questions: tuple[Question, ...]
    papers: tuple[Paper, ...]
    fees: Dong


def cases_of(pack: Pack, document: Document) -> tuple[Case, ...]:
    """Return the pack's valid examples as cases; without any, what is asked of everybody."""
    examples: Mapping[str, Any] = document.get("examples", {})
    found = tuple(
        _case(pack, name, example)
        for name, example in sorted(examples.items())
        if name.startswith("valid-")
    )
    return found or (_everybody(pack),)


def _case(pack: Pack, name: str, example: Mapping[str, Any]) -> Case:
    answers, on = example["answers"], date.fromisoformat(example["on"])
    sight = look(pack.form, answers, on=on)
    shown = [each for fields in sight.pages.values() for each in fields]
    fees = fees_for(pack, answers, channel=Channel(example.get("channel", "online")), on=on)
    asked = papers_for(pack, answers, on=on)
    return Case(
        name.removeprefix("valid-").rpartition(".")[0],
        tuple(question for each in shown for question in _questions(each)),
        tuple(each.paper for each in asked if each.required),
        total_of(fees),
    )


def _everybody(pack: Pack) -> Case:
    asked = [field for field in pack.form.fields if field.required is True and not field.show]
    fees = [fee.for_everybody for fee in pack.fees]
    return Case(
        "",
        tuple(question for field in asked for question in _of_field(field, field.id, 1)),
        tuple(p for p in pack.papers if p.required is True and not p.show and not p.cases),
        Dong(sum(fee for fee in fees if fee)),
    )


def _questions(shown: Shown) -> Iterator[Question]:
    if shown.field.rows is None:
        yield from _of_field(shown.field, shown.field.id, 1)
        return
    rows = sum(not row.blank for row in shown.rows)
    for column in shown.field.rows.columns if rows else ():
        yield from _of_field(column, f"{shown.field.id}.{column.id}", rows)


def _of_field(field: Field, name: str, times: int) -> Iterator[Question]:
    filled = bool(field.source)
    if field.kind in _SILENT or field.rows is not None:
        return
    if field.kind in PARTS:
        for part in parts_of(field):
            yield Question(f"{name}.{part}", times, filled)
    else:
        yield Question(name, times, filled)
