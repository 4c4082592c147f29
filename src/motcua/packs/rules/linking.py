"""The parts of a linked pack: which are filed, under which answers, with which papers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.forms.rules.definition import Answers
from motcua.forms.rules.expressions.nodes import Node, Reference
from motcua.forms.rules.expressions.reading import parse
from motcua.forms.rules.expressions.types import CASE
from motcua.forms.rules.showing import seen
from motcua.forms.rules.values import as_json, is_empty
from motcua.packs.rules.asking import Asking
from motcua.packs.rules.charges import papers_for
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.work import Part, ResultOf

Papers = Mapping[str, Any]
"""Papers of the whole by id: whatever the caller keeps for one, such as ids of files."""


def parts_for(pack: Pack, answers: Answers, *, on: date) -> tuple[Part, ...]:
    """Return the parts that are filed with these answers, in the pack's order."""
    asking = Asking(pack, answers, on)
    return tuple(part for part in pack.parts if asking.fits(part.when))


def waits_for(part: Part, filed: tuple[Part, ...]) -> tuple[str, ...]:
    """Return which of the parts that are ``filed`` must be done before this one opens."""
    ids = {each.id for each in filed}
    return tuple(name for name in part.after if name in ids)


def answers_for(
    part: Part, pack: Pack, answers: Answers, target: Pack, *, on: date
) -> dict[str, Any]:
    """
    Return the answers of a part, as its own procedure asks them; what it does not ask is left out.

    A plain name takes the answer over as it is, blocks and rows too; anything else is computed.
    """
    asking = Asking(pack, answers, on)
    made: dict[str, Any] = {}
    for place, text in part.answers.items():
        value = _value(text, asking)
        if is_empty(value):
            continue
        field, _, inner = place.partition(".")
        if not inner:
            made[field] = value
            continue
        block = made.get(field)
        made[field] = {**(block if isinstance(block, dict) else {}), inner: value}
    return seen(target.form, made, on=on)


def _value(text: str, asking: Asking) -> Any:
    if (name := plain_name(parse(text))) is not None:
        return _at(name, asking.known)
    return as_json(asking.value(text))


def corrected(part: Part, answers: Answers, *, filed: Answers, now: Answers) -> dict[str, Any]:
    """
    Return the answers of the whole with what was corrected since in one part.

    :param filed: the answers of the part as it was filed
    :param now: its answers as they stand; a correction of one taken over as it is counts
    """
    made = dict(answers)
    for place, text in part.answers.items():
        name = plain_name(parse(text))
        value = _at(place, now)
        if name is None or value is None or value == _at(place, filed):
            continue
        field, _, inner = name.partition(".")
        block = made.get(field)
        made[field] = (
            {**(block if isinstance(block, dict) else {}), inner: value} if inner else value
        )
    return made


def _at(place: str, answers: Answers) -> Any:
    field, _, inner = place.partition(".")
    value = answers.get(field)
    if not inner:
        return value
    return value.get(inner) if isinstance(value, dict) else None


def plain_name(node: Node) -> str | None:
    """Return the name that an expression is nothing but, or None."""
    return node.name if isinstance(node, Reference) and node.name != CASE else None


def papers_for_part(
    part: Part, papers: Papers, answers: Answers, target: Pack, *, on: date
) -> dict[str, Any]:
    """
    Return the papers of a part that its own procedure asks with its ``answers``, by their ids.

    One stands for what the caller keeps in ``papers``, or is `ResultOf` an earlier part.
    """
    asked = {each.paper.id for each in papers_for(target, answers, on=on)}
    found: dict[str, Any] = {}
    for paper, source in part.papers.items():
        if paper not in asked:
            continue
        if isinstance(source, ResultOf):
            found[paper] = source
        elif not is_empty(given := papers.get(source)):
            found[paper] = given
    return found
