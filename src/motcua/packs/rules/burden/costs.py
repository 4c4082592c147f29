"""What a filing costs as the pack asks today, and with what it need not ask left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from motcua.forms.rules.definition import Words
from motcua.kernel.money import Dong
from motcua.packs.rules.burden.assumptions import NOTHING, Assumptions, Effort, less, rounded
from motcua.packs.rules.burden.usual import Case, Question, cases_of
from motcua.packs.rules.definition import CostTask, Pack
from motcua.packs.rules.demands import Paper
from motcua.packs.rules.document import Document
from motcua.packs.rules.redtape.findings import Finding, Remains

FORM = Words("Điền thông tin", "Fill in the form")
TRIP = Words("Đi lại để nộp hoặc nhận kết quả", "Travel to file or to collect the result")


class Origin(StrEnum):
    """Where a figure comes from."""

    PACK = "pack"
    DEFAULT = "default"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Line:
    """A task: what it takes today and what it would take, each with its cost; ``demand`` is why."""

    key: str
    name: Words
    origin: Origin
    before: Effort
    after: Effort
    demand: str = ""
    cost_before: Dong = NOTHING
    cost_after: Dong = NOTHING

    @property
    def kind(self) -> str:
        """``form``, ``paper``, or ``other``: trips and waiting."""
        kind = self.demand.partition(":")[0]
        return kind if kind in ("form", "paper") else "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """
    What somebody would rather reckon with; None or left out: the pack's figure, or the default.

    ``efforts`` are by key of a line, ``spared`` the demands left out (``paper:residence``),
    ``case`` the name of an example.
    """

    income: Dong | None = None
    subjects: int | None = None
    times: Decimal | None = None
    efforts: Mapping[str, Effort] = field(default_factory=dict)
    spared: frozenset[str] | None = None
    case: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """
    The cost of one filing in its usual case, and of a year where the number of filings is known.

    ``sparable`` are the demands that could be left out, ``spared`` those that ``after`` leaves out.
    """

    case: str
    cases: tuple[str, ...]
    lines: tuple[Line, ...]
    fees: Dong
    assumptions: Assumptions
    income_origin: Origin
    subjects: int | None
    subjects_origin: Origin
    times: Decimal
    times_origin: Origin
    source: Words | None
    sparable: tuple[str, ...]
    spared: frozenset[str]

    @property
    def before(self) -> Dong:
        """One filing as the pack asks today."""
        return sum((line.cost_before for line in self.lines), self.fees)

    @property
    def after(self) -> Dong:
        """One filing with what is spared left out."""
        return sum((line.cost_after for line in self.lines), self.fees)

    @property
    def saving(self) -> Dong:
        """What one filing saves."""
        return less(self.before, self.after)

    @property
    def filings(self) -> Decimal | None:
        """Filings a year, or None where nobody said how many there are."""
        return None if self.subjects is None else self.times * self.subjects

    def yearly(self, amount: Dong) -> Dong | None:
        """Return what an amount for each filing comes to in a year."""
        return None if self.filings is None else rounded(amount.amount * self.filings)

    @property
    def plausible(self) -> bool:
        """Whether the tasks of a filing cost less than a month's income: else look again."""
        tasks = less(self.before, self.fees)
        return tasks.amount * 12 <= self.assumptions.income.amount


def cost_of(
    pack: Pack,
    document: Document,
    findings: Iterable[Finding],
    *,
    typed: Typed | None = None,
    assumptions: Assumptions | None = None,
) -> Cost:
    """
    Return the compliance cost of a pack, before and after what its findings spare.

    Where the examples differ the lower-middle one by cost is the usual case.

    :param document: the pack's files, whose valid examples are the cases
    """
    typed, known = typed or Typed(), assumptions or Assumptions()
    if typed.income is not None:
        known = replace(known, income=typed.income)
    found = tuple(findings)
    made = [_cost(pack, case, found, typed, known) for case in cases_of(pack, document)]
    names = tuple(each.case for each in made)
    asked = next((each for each in made if typed.case and each.case == typed.case), None)
    ordered = sorted(made, key=lambda each: (each.before, each.case))
    return replace(asked or ordered[(len(ordered) - 1) // 2], cases=names)


def _cost(
    pack: Pack, case: Case, findings: tuple[Finding, ...], typed: Typed, known: Assumptions
) -> Cost:
    remains = {key: found.remains for found in findings for key in found.spares}
    sparable = tuple(key for key in remains if _is_asked(key, case))
    spared = frozenset(sparable) if typed.spared is None else typed.spared & frozenset(sparable)
    kept = {key: remains[key] for key in spared}
    lines = tuple(_priced(line, known) for line in _lines(pack, case, kept, typed, known))
    given = pack.cost
    return Cost(
        case=case.name,
        cases=(case.name,),
        lines=lines,
        fees=case.fees,
        assumptions=known,
        income_origin=Origin.TYPED if typed.income is not None else Origin.DEFAULT,
        subjects=given.subjects_per_year if typed.subjects is None else typed.subjects,
        subjects_origin=Origin.PACK if typed.subjects is None else Origin.TYPED,
        times=Decimal(str(given.times_per_year)) if typed.times is None else typed.times,
        times_origin=Origin.PACK if typed.times is None else Origin.TYPED,
        source=given.source,
        sparable=sparable,
        spared=spared,
    )


def _is_asked(key: str, case: Case) -> bool:
    kind, _, name = key.partition(":")
    if kind == "paper":
        return any(paper.id == name for paper in case.papers)
    return any(_within(question, name) for question in case.questions)


def _within(question: Question, name: str) -> bool:
    return question.name == name or question.name.startswith(name + ".")


def _priced(line: Line, known: Assumptions) -> Line:
    return replace(line, cost_before=known.cost(line.before), cost_after=known.cost(line.after))


def _lines(
    pack: Pack, case: Case, spared: Mapping[str, Remains | None], typed: Typed, known: Assumptions
) -> Iterator[Line]:
    asked = {paper.id for paper in case.papers}
    for key, name, kind, origin, effort in _tasks(pack, case, known):
        if kind.startswith("paper:") and kind[6:] not in asked:
            continue
        before = typed.efforts.get(key, effort)
        after = before
        if kind in spared:
            after = Effort()
        elif kind == "form":
            hours = before.hours * _share(case.questions, spared, known)
            after = replace(before, hours=hours)
        told = Origin.TYPED if key in typed.efforts else origin
        yield Line(key, name, told, before, after, kind)


def _tasks(
    pack: Pack, case: Case, known: Assumptions
) -> Iterator[tuple[str, Words, str, Origin, Effort]]:
    """Yield the pack's own tasks, and defaults for form and papers it says nothing of."""
    tasks = pack.cost.tasks
    named = {task.kind for task in tasks}
    if "form" not in named:
        hours = _hours(case.questions, {}, known)
        yield "form", FORM, "form", Origin.DEFAULT, Effort(hours)
    for number, task in enumerate(tasks, 1):
        yield f"task-{number}", task.name, task.kind, Origin.PACK, _effort(task)
    for paper in case.papers:
        kind = f"paper:{paper.id}"
        if kind not in named:
            yield kind, paper.name, kind, Origin.DEFAULT, _for_paper(paper, known)
    if not tasks:
        yield "trip", TRIP, "trip", Origin.DEFAULT, known.trip


def _effort(task: CostTask) -> Effort:
    return Effort(Decimal(str(task.hours)), Dong(task.travel), Dong(task.services))


def _for_paper(paper: Paper, known: Assumptions) -> Effort:
    """Return what the easiest form of a paper takes; further copies cost their services again."""
    effort = min((known.papers[form] for form in paper.forms), key=known.cost)
    return replace(effort, services=Dong(effort.services.amount * paper.count))


def _hours(
    questions: Iterable[Question], spared: Mapping[str, Remains | None], known: Assumptions
) -> Decimal:
    total = Decimal(0)
    for question in questions:
        each = known.confirming if question.filled else known.question
        for key, remains in spared.items():
            kind, _, name = key.partition(":")
            if kind == "field" and _within(question, name):
                each = min(each, known.confirming if remains is Remains.CONFIRM else Decimal(0))
        total += each * question.times
    return total


def _share(
    questions: tuple[Question, ...], spared: Mapping[str, Remains | None], known: Assumptions
) -> Decimal:
    """Return which part of filling in the form is left."""
    whole = _hours(questions, {}, known)
    return _hours(questions, spared, known) / whole if whole else Decimal(1)
