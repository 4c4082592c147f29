"""Papers and questions that a State registry replaces."""

from collections.abc import Iterator

from motcua.forms.rules.definition import Words
from motcua.kernel.text import N_
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.demands import Paper
from motcua.packs.rules.redtape.findings import Finding, Group, Remains, Weight
from motcua.packs.rules.redtape.places import Asked, questions
from motcua.packs.rules.redtape.recognising import Held, held_field, held_paper
from motcua.packs.rules.redtape.registries import fact_of

PAPER_HELD = N_("The State already holds what “{paper}” proves: {fact} ({registry})")
FALLBACK_HELD = N_(
    "“{paper}” is asked for only where the State's own record is not found: {fact} ({registry})"
)
FIELD_HELD = N_("The State already holds the answer to “{field}”: {fact} ({registry})")
PART_HELD = N_("In “{field}” the number alone is enough: {fact} is held by the {registry}")
LOOK_UP = N_("Look it up in the registry and take the paper out of the pack")
FALLBACK = N_("Once the look-up is reliable, take the paper out of the pack")
FILL_IN = N_("Fill it in from the registry")
LEAVE_OUT = N_("Take {part} out of the parts that are asked")


def papers_held(pack: Pack) -> Iterator[Finding]:
    """Yield the papers that a registry replaces."""
    for number, paper in enumerate(pack.papers):
        if facts := held_paper(paper):
            yield _paper(paper, number, facts)


def _paper(paper: Paper, number: int, facts: tuple[str, ...]) -> Finding:
    fallback = paper.required is False or paper.spared_when is not None
    everybody = paper.required is True and not paper.show and not paper.cases
    weight = Weight.HEAVY if everybody else Weight.MIDDLE
    remains = fact_of(facts[0])[1].remains
    return Finding(
        "paper-held",
        Group.HELD,
        Weight.LIGHT if fallback else weight,
        ("procedure", "papers", number),
        FALLBACK_HELD if fallback else PAPER_HELD,
        FALLBACK if fallback else LOOK_UP,
        {"paper": paper.name, **_named(*facts)},
        held_by=facts,
        remains=remains,
        spares=(f"paper:{paper.id}",),
    )


def fields_held(pack: Pack) -> Iterator[Finding]:
    """Yield the questions whose answers a registry holds; what decides the office stays asked."""
    for asked in questions(pack):
        if asked.field.id == pack.unit_field and asked.within is None:
            continue
        for held in held_field(asked.field):
            yield _field(asked, held)


def _field(asked: Asked, held: Held) -> Finding:
    whole = not held.part
    facts: dict[str, str | Words] = {"field": asked.field.label, **_named(held.fact)}
    return Finding(
        "field-held" if whole else "part-held",
        Group.HELD,
        Weight.MIDDLE if whole and asked.field.required is True else Weight.LIGHT,
        (*asked.path, "label") if whole else (*asked.path, "parts"),
        FIELD_HELD if whole else PART_HELD,
        FILL_IN if whole else LEAVE_OUT,
        facts if whole else {**facts, "part": fact_of(held.fact)[1].name},
        held_by=(held.fact,),
        remains=Remains.CONFIRM if whole else Remains.NOTHING,
        spares=(f"field:{asked.name}" + (f".{held.part}" if held.part else ""),),
    )


def _named(*facts: str) -> dict[str, str | Words]:
    names = [fact_of(each)[1].name for each in facts]
    together = Words("; ".join(n.vi for n in names), "; ".join(n.en for n in names))
    return {"fact": together, "registry": fact_of(facts[0])[0].name}
