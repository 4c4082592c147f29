"""Trying the parts of a linked pack: each example through the packs of the procedures it links."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.forms.queries.forms import problem_text, problems_in
from motcua.kernel.scope import public
from motcua.kernel.text import N_
from motcua.packs.rules.charges import fees_for, papers_for, refused_by, total_of
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.demands import Channel
from motcua.packs.rules.flaws import Flaw
from motcua.packs.rules.linking import answers_for, papers_for_part, parts_for
from motcua.packs.rules.places import Path
from motcua.packs.rules.work import Part

__all__ = ["PartsTried", "try_parts"]

PART_PROBLEM = N_("The part {part} has a problem under {code}: {problem}")
PART_REFUSED = N_("The part {part} is refused under {code}: {reason}")
PART_PAPER = N_("The part {part} lacks a paper that {code} asks for: {paper}")


@dataclass(frozen=True, slots=True)
class PartsTried:
    """Which parts an example is filed as, what they cost together in dong, what is wrong."""

    parts: tuple[str, ...]
    fee: int
    flaws: tuple[Flaw, ...]


@public
def try_parts(
    pack: Pack,
    answers: Mapping[str, Any],
    *,
    channel: Channel,
    on: date,
    at: Path,
    others: Callable[[str], Pack | None],
) -> PartsTried:
    """
    Return what filing these answers comes to; a part without a pack is left to `lint`.

    :param at: where flaws are reported
    """
    flaws: list[Flaw] = []
    fee = 0
    chosen = parts_for(pack, answers, on=on)
    for part in chosen:
        if (target := others(part.procedure)) is None:
            continue
        made = answers_for(part, pack, answers, target, on=on)
        fee += total_of(fees_for(target, made, channel=channel, on=on)).amount
        handed = {each.paper.id: [each.paper.id] for each in papers_for(pack, answers, on=on)}
        papers = papers_for_part(part, handed, made, target, on=on)
        flaws += _flaws(part, target, made, papers, on, at)
    return PartsTried(tuple(part.id for part in chosen), fee, tuple(flaws))


def _flaws(
    part: Part, target: Pack, made: dict[str, Any], papers: dict[str, Any], on: date, at: Path
) -> Iterator[Flaw]:
    facts = {"part": part.id, "code": target.code}
    for problem in problems_in(target.form, made, on=on):
        said = {**facts, "problem": problem_text(target.form, problem)}
        yield Flaw("example", at, PART_PROBLEM, said)
    if refusal := refused_by(target, made, on=on):
        yield Flaw("example", at, PART_REFUSED, {**facts, "reason": refusal.reason.vi})
    for each in papers_for(target, made, on=on):
        if each.required and each.paper.id not in papers:
            yield Flaw("example", at, PART_PAPER, {**facts, "paper": each.paper.id})
