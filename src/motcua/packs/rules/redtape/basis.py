"""The legal basis of what is demanded: none named, or one no longer in force."""

from collections.abc import Iterator
from datetime import date

from motcua.forms.rules.definition import Words
from motcua.kernel.text import N_
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.lint.procedure import laws_named
from motcua.packs.rules.places import Path
from motcua.packs.rules.redtape.findings import Finding, Group, Weight

PAPER_NO_LAW = N_("No law is named that asks for “{paper}”")
FEE_NO_LAW = N_("No law is named for the fee “{fee}”")
LIMIT_NO_LAW = N_("No law is named for the limit")
STEP_NO_LAW = N_("No law is named for the step “{step}”")
STEPS_NO_LAW = N_("No law is named for any of the {count} steps of the work")
OVER = N_("{law} has not been in force since {day}")
OVER_NAMED = N_("This stands on {law}, which has not been in force since {day}")
NAME_IT = N_("Name the law with its article, or ask for it no longer")
NAME_STEP = N_("Name the rule that wants the step, or do without it")
NEW_LAW = N_("Name the law that replaced it, and check whether it still asks for this")


def without_law(pack: Pack) -> Iterator[Finding]:
    """Yield papers, fees, limits and steps for which no law is named."""
    for number, paper in enumerate(pack.papers):
        if not paper.legal:
            weight = Weight.MIDDLE if paper.required else Weight.LIGHT
            yield _finding("paper", weight, ("papers", number), PAPER_NO_LAW, {"paper": paper.name})
    for number, fee in enumerate(pack.fees):
        if not fee.legal:
            yield _finding("fee", Weight.HEAVY, ("fees", number), FEE_NO_LAW, {"fee": fee.name})
    for number, limit in enumerate(pack.limits):
        if not limit.legal:
            yield _finding("limit", Weight.LIGHT, ("limits", number), LIMIT_NO_LAW, {})
    yield from _steps(pack)


def _finding(
    what: str, weight: Weight, way: Path, message: str, facts: dict[str, str | Words]
) -> Finding:
    path = ("procedure", *way)
    return Finding(f"{what}-without-law", Group.LAW, weight, path, message, NAME_IT, facts)


def _steps(pack: Pack) -> Iterator[Finding]:
    """Yield the steps that name no law; one finding for all where none of them does."""
    rule, top = "step-without-law", ("workflow", "steps")
    without = [(number, step) for number, step in enumerate(pack.workflow) if not step.legal]
    if without and len(without) == len(pack.workflow):
        facts = {"count": str(len(without))}
        yield Finding(rule, Group.LAW, Weight.LIGHT, top, STEPS_NO_LAW, NAME_STEP, facts)
        return
    for number, step in without:
        path = (*top, number)
        named = {"step": step.name}
        yield Finding(rule, Group.LAW, Weight.LIGHT, path, STEP_NO_LAW, NAME_STEP, named)


def law_over(pack: Pack, *, on: date) -> Iterator[Finding]:
    """Yield laws no longer in force ``on`` a day, and what stands on them."""
    over = {law.code: law.valid_to for law in pack.legal if law.valid_to and law.valid_to < on}
    for number, law in enumerate(pack.legal):
        if law.code in over:
            path: Path = ("procedure", "legal", number)
            yield _over(path, OVER, law.code, over[law.code], Weight.MIDDLE)
    for path, named in laws_named(pack):
        codes = [each.split()[0] for each in named.split(";") if each.strip()]
        for code in codes:
            if code in over:
                yield _over(path, OVER_NAMED, code, over[code], Weight.HEAVY)


def _over(path: Path, message: str, code: str, ends: date | None, weight: Weight) -> Finding:
    facts = {"law": code, "day": f"{ends:%d/%m/%Y}"}
    return Finding("law-over", Group.LAW, weight, path, message, NEW_LAW, facts)
