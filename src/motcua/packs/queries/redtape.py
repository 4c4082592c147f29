"""Red tape of a pack, in words: what it asks needlessly, how heavy that is, and the cure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, gettext, override

from motcua.forms.queries.forms import Words
from motcua.kernel.scope import public
from motcua.kernel.text import N_
from motcua.kernel.worktime import Limit
from motcua.packs.queries.packs import Channel, Pack, newest_pack
from motcua.packs.rules.lint.workflow import hours_in
from motcua.packs.rules.redtape.findings import Finding, Group, Remains, Weight
from motcua.packs.rules.redtape.registries import law_against_asking, registries
from motcua.packs.rules.redtape.slow import Record
from motcua.packs.rules.redtape.whole import redtape

__all__ = [
    "Finding",
    "Group",
    "Record",
    "Told",
    "Weight",
    "fact_names",
    "facts_held",
    "linked_by",
    "record_of",
    "redtape",
    "told",
]

GROUPS: Mapping[Group, str] = {
    Group.HELD: N_("What the State already holds"),
    Group.TWICE: N_("Asked twice"),
    Group.CERTIFIED: N_("Certified copies"),
    Group.TIME: N_("Time and hands"),
    Group.LAW: N_("Legal basis"),
    Group.UNUSED: N_("Answers nothing uses"),
}
WEIGHTS: Mapping[Weight, str] = {
    Weight.HEAVY: N_("Heavy"),
    Weight.MIDDLE: N_("Middling"),
    Weight.LIGHT: N_("Light"),
}
REMAINS: Mapping[Remains, str] = {
    Remains.NOTHING: N_("Nothing is left to ask."),
    Remains.CONFIRM: N_("People only confirm what is found."),
}
BY_LAW = N_("Not to be asked again: {law}.")
BY_LAW_OPEN = N_("Not to be asked again: {law}; the article is to be confirmed.")
LAW_OPEN = N_("The law that forbids asking again is to be confirmed.")


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words, in one language."""

    rule: str
    group: Group
    group_name: str
    weight: Weight
    weight_name: str
    message: str
    cure: str
    remains: str
    law: str
    spares: tuple[str, ...]


@public
def told(finding: Finding, language: str | None = None) -> Told:
    """Return a finding in words, in the reader's language unless another is named."""
    language = language or get_language() or "vi"
    facts = {
        name: fact[language] if isinstance(fact, Words) else fact
        for name, fact in finding.facts.items()
    }
    with override(language):
        return Told(
            finding.rule,
            finding.group,
            gettext(GROUPS[finding.group]),
            finding.weight,
            gettext(WEIGHTS[finding.weight]),
            gettext(finding.message).format(**facts),
            gettext(finding.cure).format(**facts),
            gettext(REMAINS[finding.remains]) if finding.remains else "",
            _law(finding, language),
            finding.spares,
        )


def _law(finding: Finding, language: str) -> str:
    if not finding.held_by:
        return ""
    law = law_against_asking(finding.held_by[0])
    if law is None:
        return gettext(LAW_OPEN)
    article = {"vi": "Điều", "en": "article"}["en" if language.startswith("en") else "vi"]
    named = f"{law.name[language]} {law.code}" + (f", {article} {law.article}" * bool(law.article))
    return gettext(BY_LAW if law.confirmed else BY_LAW_OPEN).format(law=named)


@public
def record_of(limits: Iterable[tuple[str, Limit]]) -> Record:
    """Return the published limits by channel; of several the longest, so that nobody is wronged."""
    found: dict[Channel, Limit] = {}
    for name, limit in limits:
        channel = Channel(name)
        if channel not in found or hours_in(found[channel]) < hours_in(limit):
            found[channel] = limit
    return found


@public
def linked_by(pack: Pack) -> dict[str, Pack]:
    """Return the newest published packs of a linked pack's parts, by procedure."""
    found = {part.procedure: newest_pack(part.procedure) for part in pack.parts}
    return {code: each for code, each in found.items() if each is not None}


@public
def fact_names() -> dict[str, Words]:
    """Return what each fact that ``held_by`` names is called, after its registry and a colon."""
    return dict(facts_held())


@public
def facts_held() -> tuple[tuple[str, Words], ...]:
    """Return what State registries hold, as ``held_by`` names it, and what it is called."""
    return tuple(
        (
            f"{name}.{fact}",
            Words(
                f"{registry.name.vi}: {held.name.vi}",
                f"{registry.name.en}: {held.name.en}",
            ),
        )
        for name, registry in registries().items()
        for fact, held in registry.facts.items()
    )
