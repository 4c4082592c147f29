"""What is asked twice, and copies that somebody must certify first."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from motcua.forms.rules.definition import Kind
from motcua.kernel.text import N_
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.demands import Paper, PaperForm
from motcua.packs.rules.redtape.findings import Finding, Group, Weight
from motcua.packs.rules.redtape.places import Asked, apart, cases_apart, questions
from motcua.packs.rules.redtape.recognising import fold, own_name
from motcua.packs.rules.work import ResultOf

PAPER_TWICE = N_("“{paper}” is asked for twice")
PAPER_IN_PARTS = N_("“{paper}” is asked for by several parts of one filing")
OWN_RESULT = N_("“{paper}” is a result of this very filing: the part “{part}” issues it")
FIELD_TWICE = N_("“{field}” asks what “{before}” asked already")
CERTIFIED = N_("“{paper}” must be certified before it is handed in")
JOIN = N_("Ask for it once and use it wherever it is needed")
HAND_OVER = N_("Hand it over inside the filing: write result_of: {id}")
ASK_ONCE = N_("Ask once, and fill the second in from the first")
PLAIN_COPY = N_(
    "Take a plain copy and let the official compare it with the original (Decree 23/2015/NĐ-CP, "
    "article 6)"
)


def papers_twice(pack: Pack, parts: Mapping[str, Pack]) -> Iterator[Finding]:
    """Yield identical papers that one person can be asked for: in a pack, or for its parts."""
    named = [(number, paper, own_name(paper.name.vi)) for number, paper in enumerate(pack.papers)]
    for (_n, one, name), (number, other, same) in combinations(named, 2):
        together = not cases_apart(one.cases, other.cases) and not apart(one.show, other.show)
        if name == same and together:
            yield _twice(PAPER_TWICE, number, other)
    if pack.parts:
        yield from _for_parts(pack, parts)


def _twice(message: str, number: int, paper: Paper) -> Finding:
    return Finding(
        "paper-twice",
        Group.TWICE,
        Weight.HEAVY if paper.required is True else Weight.MIDDLE,
        ("procedure", "papers", number, "name"),
        message,
        JOIN,
        {"paper": paper.name},
        spares=(f"paper:{paper.id}",),
    )


def _for_parts(pack: Pack, parts: Mapping[str, Pack]) -> Iterator[Finding]:
    """Yield papers of a linked pack that two parts need alike, or that one of them results in."""
    own = {paper.id: (number, paper) for number, paper in enumerate(pack.papers)}
    needed: dict[str, str] = {}
    for part in pack.parts:
        target = parts.get(part.procedure)
        if target is None:
            continue
        names = {paper.id: own_name(paper.name.vi) for paper in target.papers}
        for wanted, given in part.papers.items():
            if isinstance(given, ResultOf) or given not in own or wanted not in names:
                continue
            before = needed.setdefault(names[wanted], given)
            if before != given:
                yield _twice(PAPER_IN_PARTS, *own[given])
    yield from _own_results(pack, parts)


def _own_results(pack: Pack, parts: Mapping[str, Pack]) -> Iterator[Finding]:
    results = {
        own_name(result.name.vi): part
        for part in pack.parts
        if part.procedure in parts
        for result in parts[part.procedure].results
    }
    for number, paper in enumerate(pack.papers):
        if part := results.get(own_name(paper.name.vi)):
            yield Finding(
                "paper-is-result",
                Group.TWICE,
                Weight.HEAVY,
                ("procedure", "papers", number),
                OWN_RESULT,
                HAND_OVER,
                {"paper": paper.name, "part": part.name, "id": part.id},
                spares=(f"paper:{paper.id}",),
            )


def fields_twice(pack: Pack) -> Iterator[Finding]:
    """
    Yield questions asked twice: both from one fact of the account, or alike under one heading.

    The birth dates of a mother and of a father are two questions: each has its heading. Of two
    persons either may be the one who signed in: they are not the same.
    """
    found = [each for each in questions(pack) if each.within is None]
    for one, other in combinations(found, 2):
        if _same(one, other) and not _apart(one, other):
            yield Finding(
                "field-twice",
                Group.TWICE,
                Weight.MIDDLE,
                (*other.path, "label"),
                FIELD_TWICE,
                ASK_ONCE,
                {"field": other.field.label, "before": one.field.label},
                spares=(f"field:{other.name}",),
            )


def _same(one: Asked, other: Asked) -> bool:
    if one.field.kind is not other.field.kind or one.field.kind in (Kind.NOTE, Kind.COMPUTED):
        return False
    if one.field.kind is not Kind.PERSON and one.field.source:
        return one.field.source == other.field.source
    where = (one.step.id, one.heading) == (other.step.id, other.heading)
    return where and fold(one.field.label.vi) == fold(other.field.label.vi)


def _apart(one: Asked, other: Asked) -> bool:
    conditions = [
        (first, second)
        for first in (one.field.show, one.step.show)
        for second in (other.field.show, other.step.show)
    ]
    return any(apart(first, second) for first, second in conditions)


def certified_copies(pack: Pack) -> Iterator[Finding]:
    """Yield papers that only a certified copy satisfies."""
    for number, paper in enumerate(pack.papers):
        if PaperForm.CERTIFIED not in paper.forms or PaperForm.COPY in paper.forms:
            continue
        only = set(paper.forms) == {PaperForm.CERTIFIED}
        weight = Weight.HEAVY if only and paper.required is True else Weight.LIGHT
        path = ("procedure", "papers", number, "forms")
        facts = {"paper": paper.name}
        yield Finding("certified", Group.CERTIFIED, weight, path, CERTIFIED, PLAIN_COPY, facts)
