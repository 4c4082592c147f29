"""Trying a pack: its examples through form, eligibility, case, fee, papers, due date and result."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from motcua.agencies.queries.calendars import usual_calendar
from motcua.forms.queries.forms import problem_text, problems_in
from motcua.forms.rules.saying import Tongue
from motcua.forms.rules.summary import values_for_result
from motcua.kernel.scope import public
from motcua.kernel.text import N_
from motcua.kernel.worktime import Limit, Unit, due_at
from motcua.packs.queries.packs import newest_pack
from motcua.packs.queries.results import paper_of
from motcua.packs.queries.trying_parts import try_parts
from motcua.packs.rules.charges import (
    case_of,
    fees_for,
    limit_for,
    papers_for,
    refused_by,
    result_for,
    total_of,
    unit_of,
)
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.demands import Channel
from motcua.packs.rules.document import Document, pack_from
from motcua.packs.rules.flaws import Flaw
from motcua.packs.rules.lint.linked import Others
from motcua.packs.rules.places import Path, Place
from motcua.packs.rules.source import Source
from motcua.packs.rules.work import Result

__all__ = ["Tried", "drawing_flaws", "example_flaws", "pack_of", "try_examples", "try_source"]

NONE_VALID = N_("There is no valid example: add examples/valid-….yaml with fee and papers")
NONE_INVALID = N_("There is no invalid example: add examples/invalid-….yaml with its problems")
DIFFERS = N_("Expected: {expected}. Found: {found}")
HAS_PROBLEM = N_("This valid example has a problem: {problem}")
IS_REFUSED = N_("This valid example is refused: {reason}")
NOT_FOUND = N_("Nothing is wrong with {field}. Found: {found}")
NOTHING_EXPECTED = N_("Say what is expected: the problems, or which rule refuses it")
TELL_FEE = N_("Say what is expected: fee and papers at least")
TELL_AT = N_("To say when it is due, say when it is filed: at: 2026-11-24T09:00")
TOO_LATE = N_("The steps of the work would end on {ends}, after the answer is due on {due}")
NOT_DRAWN = N_("The result cannot be drawn: {problem}")


@dataclass(frozen=True, slots=True)
class Tried:
    """An example and what differs from what it expects; nothing: it is as it says."""

    name: str
    flaws: tuple[Flaw, ...]


@public
def try_examples(
    pack: Pack, document: Document, *, others: Others | None = None
) -> tuple[Tried, ...]:
    """
    Return every example of a pack of the right shape with what differs.

    :param others: finds the packs that a linked pack links; the newest published if left out
    """
    found = others or newest_pack
    return tuple(
        Tried(name, tuple(_tried(pack, name, example, found)))
        for name, example in sorted(document["examples"].items())
    )


@public
def try_source(source: Source, *, others: Others | None = None) -> tuple[Tried, ...]:
    """Return every example of a pack without errors with what differs; see `try_examples`."""
    return try_examples(pack_of(source), source.document, others=others)


@public
def pack_of(source: Source) -> Pack:
    """Return the pack that files without errors make, though it is not published."""
    return pack_from(source.document, version="")


@public
def example_flaws(
    pack: Pack, document: Document, *, others: Others | None = None
) -> Iterator[Flaw]:
    """Yield what is wrong with the examples, and kinds of examples that are missing."""
    names = document["examples"].keys()
    for kind, message in (("valid-", NONE_VALID), ("invalid-", NONE_INVALID)):
        if not any(name.startswith(kind) for name in names):
            yield Flaw("no-examples", ("procedure",), message)
    for tried in try_examples(pack, document, others=others):
        yield from tried.flaws


@public
def drawing_flaws(pack: Pack, *, on: date) -> Iterator[Flaw]:
    """Yield what keeps the templates of results from being drawn where nothing is answered."""
    for result in pack.results:
        if result.template in pack.templates:
            yield from _drawn(pack, result, {}, on)


@dataclass(frozen=True, slots=True)
class _Example:
    path: Path
    answers: Mapping[str, Any]
    expect: Mapping[str, Any]
    channel: Channel
    on: date
    at: datetime | None

    def differs(self, name: str, found: Any) -> Iterator[Flaw]:
        """Yield a flaw where something is expected and something else was found."""
        if name in self.expect and self.expect[name] != found:
            facts = {"expected": _shown(self.expect[name]), "found": _shown(found)}
            yield Flaw("example", (*self.path, "expect", name), DIFFERS, facts)


def _tried(pack: Pack, name: str, example: Mapping[str, Any], others: Others) -> Iterator[Flaw]:
    at = example.get("at")
    made = _Example(
        ("examples", name),
        example["answers"],
        example["expect"],
        Channel(example.get("channel", "online")),
        date.fromisoformat(example["on"]),
        datetime.fromisoformat(at).replace(tzinfo=usual_calendar().zone) if at else None,
    )
    yield from _invalid(pack, made) if name.startswith("invalid-") else _valid(pack, made, others)


def _invalid(pack: Pack, example: _Example) -> Iterator[Flaw]:
    expected = example.expect
    if "problems" not in expected and "refused" not in expected:
        yield Flaw("example", (*example.path, "expect"), NOTHING_EXPECTED)
    if "refused" in expected:
        refusal = refused_by(pack, example.answers, on=example.on)
        numbers = [n for n, each in enumerate(pack.eligibility) if each is refusal]
        yield from example.differs("refused", numbers[0] if numbers else None)
    found = {problem.field for problem in problems_in(pack.form, example.answers, on=example.on)}
    for number, field in enumerate(expected.get("problems", ())):
        if field not in found:
            facts = {"field": field, "found": ", ".join(sorted(found)) or "–"}
            yield Flaw("example", (*example.path, "expect", "problems", number), NOT_FOUND, facts)


def _valid(pack: Pack, example: _Example, others: Others) -> Iterator[Flaw]:
    answers, on, path = example.answers, example.on, example.path
    for problem in problems_in(pack.form, answers, on=on):
        steps = (int(s) if s.isdecimal() else s for s in problem.field.split("."))
        facts = {
            "problem": problem_text(pack.form, problem, "en"),
            "problem_vi": problem_text(pack.form, problem, "vi"),
        }
        yield Flaw("example", (*path, "answers", *steps), HAS_PROBLEM, facts)
    if refusal := refused_by(pack, answers, on=on):
        facts = {"reason": refusal.reason.en, "reason_vi": refusal.reason.vi}
        yield Flaw("example", (*path, "answers"), IS_REFUSED, facts)
    if not {"fee", "papers"} <= example.expect.keys():
        yield Flaw("example", (*path, "expect"), TELL_FEE, at_key=True)
    yield from example.differs("case", case_of(pack, answers, on=on))
    tried = try_parts(
        pack, answers, channel=example.channel, on=on, at=(*path, "answers"), others=others
    )
    yield from tried.flaws
    yield from example.differs("parts", list(tried.parts))
    fees = fees_for(pack, answers, channel=example.channel, on=on)
    yield from example.differs("fee", total_of(fees).amount + tried.fee)
    asked = papers_for(pack, answers, on=on)
    yield from example.differs("papers", [each.paper.id for each in asked if each.required])
    yield from example.differs("agency_unit", unit_of(pack, answers))
    if pack.parts:
        return
    yield from _due(pack, example)
    result = result_for(pack, answers, on=on)
    yield from example.differs("result", result.code)
    for flaw in _drawn(pack, result, answers, on):
        yield replace(flaw, rule="example", path=(*path, "answers"), place=None)


def _due(pack: Pack, example: _Example) -> Iterator[Flaw]:
    if example.at is None:
        if "due" in example.expect:
            yield Flaw("example", (*example.path, "expect", "due"), TELL_AT)
        return
    calendar = usual_calendar()
    limit = limit_for(pack, example.channel, example.answers, on=example.on)
    due = due_at(example.at, limit, calendar)
    yield from example.differs("due", f"{due:%Y-%m-%dT%H:%M}")
    ends = example.at
    for step in pack.workflow:
        ends = due_at(ends, step.limit or Limit(limit.amount * 0, Unit.WORKING_HOURS), calendar)
    if ends > due and limit.unit is not Unit.SAME_DAY:
        facts = {"ends": f"{ends:%d/%m/%Y %H:%M}", "due": f"{due:%d/%m/%Y %H:%M}"}
        yield Flaw("example", example.path, TOO_LATE, facts, warning=True)


def _drawn(pack: Pack, result: Result, answers: Mapping[str, Any], on: date) -> Iterator[Flaw]:
    import typst  # noqa: PLC0415 (large; only who tries a pack needs it)

    facts = {
        "code": "H57.14-261124-0018",
        "number": "0018",
        "agency": "Ủy ban nhân dân phường Thuận Hóa",
        "applicant": "Nguyễn Thị Hương",
        "approved_by": "Lê Thị Thanh",
        "approved_on": on.isoformat(),
        "values": values_for_result(pack.form, answers, Tongue("vi"), on=on),
    }
    try:
        paper_of(pack, result, facts)
    except typst.TypstError as error:
        text = str(getattr(error, "diagnostic", ""))
        found = re.search(r"main\.typ:(\d+):(\d+)", text)
        place = Place(int(found[1]), int(found[2]) + 1) if found else Place(1, 1)
        problem = {"problem": str(error).splitlines()[0]}
        path: Path = ("templates", result.template)
        yield Flaw("template", path, NOT_DRAWN, problem, place=place)


def _shown(value: Any) -> str:
    return ", ".join(str(each) for each in value) or "–" if isinstance(value, list) else str(value)
