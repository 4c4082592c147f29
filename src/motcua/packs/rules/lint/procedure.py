"""The procedure as a whole: its place, its cases, its limits, its results, its law."""

from collections.abc import Iterator, Sequence
from datetime import date

from motcua.forms.rules.definition import Kind
from motcua.forms.rules.schema import parts_of
from motcua.kernel.text import N_
from motcua.packs.rules.charges import usual_limit
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.flaws import Flaw
from motcua.packs.rules.lint.form import twice
from motcua.packs.rules.places import Path

UNIT_FIELD = N_("Name an address field that asks the {part}: it decides which office is competent")
UNIT_ALWAYS = N_("The field {field} must always be asked: take show and required away from it")
ENDS_BEFORE = N_("The last day of validity lies before the first")
KEPT_TWICE = N_("It is kept for good already: take keep_forever or retention_years away")
NO_LIMIT = N_("The channel {channel} has no limit for every case: add one without conditions")
LAST_FREE = N_("The last one must have no condition, so that one always fits: take when out")
NEVER_REACHED = N_("This never counts: the one before it has no condition")
NO_CASE = N_("There is no case {case}: write one of {known}")
NO_TEMPLATE = N_("There is no file {file} in the folder: add it, or correct the name")
UNUSED_TEMPLATE = N_("No result uses this template: name it in results, or remove it")
NOT_LISTED = N_("{code} does not stand in the list legal: add it there, or correct the number")
LAW_OVER = N_("{code} has not been in force since {day}: name the law that replaced it")
NO_PAPER = N_("There is no paper {paper}: correct the name")
SAME_PAPER = N_("The same paper is asked twice: join the two")
LINKED_ONLY = N_("A linked pack has no {key}: its parts have")
NOT_LINKED = N_("The key {key} is missing: add it")


def procedure_flaws(pack: Pack) -> Iterator[Flaw]:
    """Yield what is wrong with the procedure as a whole."""
    yield from _ids(pack)
    yield from _place(pack)
    yield from _order(pack)
    yield from _limits(pack)
    yield from _cases(pack)
    yield from _results(pack)
    yield from _laws(pack)
    yield from _papers(pack)


def _at(*way: str | int) -> Path:
    return ("procedure", *way)


def _ids(pack: Pack) -> Iterator[Flaw]:
    ids: dict[str, list[str]] = {
        "papers": [each.id for each in pack.papers],
        "cases": [each.id for each in pack.cases],
        "satisfaction": [each.id for each in pack.satisfaction],
        "parts": [each.id for each in pack.parts],
    }
    codes = {
        "fees": [each.code for each in pack.fees],
        "legal": [each.code for each in pack.legal],
    }
    for key, part in (("id", ids), ("code", codes)):
        for name, found in part.items():
            yield from twice([(each, _at(name, n, key)) for n, each in enumerate(found)])


def _place(pack: Pack) -> Iterator[Flaw]:
    part = "commune" if pack.level == "commune" else "province"
    for step in pack.form.steps:
        for field in step.fields:
            if field.id != pack.unit_field:
                continue
            if field.kind is not Kind.ADDRESS or part not in parts_of(field):
                yield Flaw("unit-field", _at("unit_field"), UNIT_FIELD, {"part": part})
            elif step.show or field.show or field.required is not True:
                yield Flaw("unit-field", _at("unit_field"), UNIT_ALWAYS, {"field": field.id})
            return
    yield Flaw("unit-field", _at("unit_field"), UNIT_FIELD, {"part": part})


def _order(pack: Pack) -> Iterator[Flaw]:
    if pack.valid_to is not None and pack.valid_to < pack.valid_from:
        yield Flaw("validity", _at("valid_to"), ENDS_BEFORE)
    if pack.keep_forever and pack.retention_years is not None:
        yield Flaw("retention", _at("retention_years"), KEPT_TWICE)
    yield from _first_that_fits("cases", [bool(each.when) for each in pack.cases])
    yield from _first_that_fits("results", [bool(each.when) for each in pack.results])


def _first_that_fits(name: str, conditions: Sequence[bool]) -> Iterator[Flaw]:
    """Of a list whose first fitting item counts, only the last may and must have no condition."""
    for number, has in enumerate(conditions[:-1]):
        if not has:
            yield Flaw("never-reached", _at(name, number + 1), NEVER_REACHED)
            return
    if conditions and conditions[-1]:
        yield Flaw("last-condition", _at(name, len(conditions) - 1, "when"), LAST_FREE, at_key=True)


def _limits(pack: Pack) -> Iterator[Flaw]:
    if pack.parts:
        yield from _linked(pack)
        return
    for channel in pack.channels:
        if usual_limit(pack, channel) is None:
            facts = {"channel": channel.value}
            yield Flaw("no-limit", _at("limits"), NO_LIMIT, facts, at_key=True)
    if not pack.results:
        yield Flaw("missing-key", _at(), NOT_LINKED, {"key": "results"})
    if not pack.workflow:
        yield Flaw("missing-file", ("files", "workflow.yaml"), NOT_LINKED, {"key": "workflow.yaml"})


def _linked(pack: Pack) -> Iterator[Flaw]:
    for key, given in (("limits", pack.limits), ("results", pack.results)):
        if given:
            yield Flaw("linked", _at(key), LINKED_ONLY, {"key": key}, at_key=True)
    if pack.workflow:
        yield Flaw("linked", ("workflow",), LINKED_ONLY, {"key": "workflow"})


def _cases(pack: Pack) -> Iterator[Flaw]:
    known = [each.id for each in pack.cases]
    named = {
        "limits": [each.cases for each in pack.limits],
        "papers": [each.cases for each in pack.papers],
        "fees": [each.cases for each in pack.fees],
    }
    for name, items in named.items():
        for number, cases in enumerate(items):
            for place, case in enumerate(cases):
                if case not in known:
                    facts = {"case": case, "known": ", ".join(known) or "–"}
                    yield Flaw("unknown-case", _at(name, number, "cases", place), NO_CASE, facts)


def _results(pack: Pack) -> Iterator[Flaw]:
    for number, each in enumerate(pack.results):
        if each.template not in pack.templates:
            path, facts = _at("results", number, "template"), {"file": each.template}
            yield Flaw("no-template", path, NO_TEMPLATE, facts)
    for file in sorted(set(pack.templates) - {each.template for each in pack.results}):
        yield Flaw("unused-template", ("templates", file), UNUSED_TEMPLATE, warning=True)


def laws_named(pack: Pack) -> Iterator[tuple[Path, str]]:
    """Yield every reference to the law, with its path."""
    named = {
        "papers": [each.legal for each in pack.papers],
        "fees": [each.legal for each in pack.fees],
        "limits": [each.legal for each in pack.limits],
        "eligibility": [each.legal for each in pack.eligibility],
    }
    for name, items in named.items():
        for number, legal in enumerate(items):
            yield _at(name, number, "legal"), legal
    for number, fee in enumerate(pack.fees):
        for place, exemption in enumerate(fee.exempt):
            yield _at("fees", number, "exempt", place, "legal"), exemption.legal
    for number, step in enumerate(pack.workflow):
        yield ("workflow", "steps", number, "legal"), step.legal


def _laws(pack: Pack) -> Iterator[Flaw]:
    listed = {law.code: law for law in pack.legal}
    for path, named in laws_named(pack):
        for reference in filter(None, (each.strip() for each in named.split(";"))):
            code = reference.split()[0]
            if code not in listed:
                inside = named.index(code) + 1
                facts = {"code": code}
                yield Flaw("law-not-listed", path, NOT_LISTED, facts, warning=True, inside=inside)
    for number, law in enumerate(pack.legal):
        yield from _over(number, law.code, law.valid_to, pack.valid_from)


def _over(number: int, code: str, ends: date | None, since: date) -> Iterator[Flaw]:
    if ends is not None and ends < since:
        facts = {"code": code, "day": f"{ends:%d/%m/%Y}"}
        yield Flaw("law-over", _at("legal", number, "valid_to"), LAW_OVER, facts, warning=True)


def _papers(pack: Pack) -> Iterator[Flaw]:
    names: set[str] = set()
    for number, paper in enumerate(pack.papers):
        name = " ".join(paper.name.vi.casefold().split())
        if name in names:
            yield Flaw("duplicate-paper", _at("papers", number, "name"), SAME_PAPER, warning=True)
        names.add(name)
    ids = {paper.id for paper in pack.papers}
    for number, task in enumerate(pack.cost.tasks):
        kind, _, paper_id = task.kind.partition(":")
        if kind == "paper" and paper_id not in ids:
            path = _at("cost", "tasks", number, "for")
            yield Flaw("unknown-paper", path, NO_PAPER, {"paper": paper_id})
