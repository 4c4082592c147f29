"""The work inside the office: from clerk to clerk over a leader, within the time of the law."""

from collections.abc import Iterator
from decimal import Decimal

from motcua.kernel.actors import Role
from motcua.kernel.text import N_
from motcua.kernel.worktime import Limit, Unit
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.flaws import Flaw
from motcua.packs.rules.lint.form import twice

FIRST = N_("The first step is the clerk's, who takes the dossier in: write role: clerk")
LAST = N_("The last step is the clerk's, who hands the result over: write role: clerk")
LEADER = N_("Nobody decides: before the last step there must be one of a leader")
LONGER = N_(
    "The steps take {sum} working hours, longer than the shortest limit of the law, {limit}"
)
FOUR_EYES_FIRST = N_("Nobody has worked on it before the first step: take four_eyes out")

HOURS: dict[Unit, Decimal] = {
    Unit.WORKING_HOURS: Decimal(1),
    Unit.CLOCK_HOURS: Decimal(1),
    Unit.WORKING_DAYS: Decimal(8),
    Unit.DAYS: Decimal(8),
    Unit.MONTHS: Decimal(23 * 8),
}
"""The most working hours there can be in a unit: a day of the office has eight."""


def workflow_flaws(pack: Pack) -> Iterator[Flaw]:
    """Yield what is wrong with the steps of the work."""
    steps = pack.workflow
    if not steps:
        return
    yield from twice([(s.id, ("workflow", "steps", n, "id")) for n, s in enumerate(steps)])
    if steps[0].role is not Role.CLERK:
        yield Flaw("workflow-ends", ("workflow", "steps", 0, "role"), FIRST)
    if steps[0].four_eyes:
        yield Flaw("workflow-ends", ("workflow", "steps", 0, "four_eyes"), FOUR_EYES_FIRST)
    last = len(steps) - 1
    if steps[last].role is not Role.CLERK or last == 0:
        yield Flaw("workflow-ends", ("workflow", "steps", last, "role"), LAST)
    if not any(step.role is Role.LEADER for step in steps[:last]):
        yield Flaw("no-leader", ("workflow", "steps"), LEADER, at_key=True)
    inside = sum((hours_in(step.limit) for step in steps if step.limit), Decimal(0))
    allowed = min((hours_in(each.limit) for each in pack.limits), default=None)
    if allowed is not None and inside > allowed:
        facts = {"sum": f"{inside:f}", "limit": f"{allowed:f}"}
        yield Flaw("too-slow", ("workflow", "steps"), LONGER, facts, warning=True, at_key=True)


def hours_in(limit: Limit) -> Decimal:
    """Return the most working hours a limit can have; an answer on the same day has eight."""
    return Decimal(8) if limit.unit is Unit.SAME_DAY else limit.amount * HOURS[limit.unit]
