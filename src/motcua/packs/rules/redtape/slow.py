"""Time: steps longer than the law allows, limits longer than those published, needless hands."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise

from motcua.kernel.text import N_
from motcua.kernel.worktime import Limit
from motcua.packs.rules.charges import usual_limit
from motcua.packs.rules.definition import Pack
from motcua.packs.rules.demands import Channel
from motcua.packs.rules.lint.workflow import hours_in
from motcua.packs.rules.redtape.findings import Finding, Group, Weight

TOO_SLOW = N_("The steps take {sum} working hours, the law allows {limit}")
LONGER = N_("The limit is {own} working hours, the published one {record}")
SAME_ROLE = N_("“{before}” and “{step}” are done by the same post, one after the other")
SHORTEN = N_("Shorten the steps until they fit into the time of the law")
AS_PUBLISHED = N_("Keep to the published limit, or publish the longer one with its reason")
JOIN_STEPS = N_("Join the two steps")

Record = Mapping[Channel, Limit]
"""The limits of the published record, by channel."""


def too_slow(pack: Pack, record: Record) -> Iterator[Finding]:
    """Yield what takes longer than it may, or than it is published to."""
    inside = sum((hours_in(step.limit) for step in pack.workflow if step.limit), Decimal(0))
    allowed = min((hours_in(each.limit) for each in pack.limits), default=None)
    if allowed is not None and inside > allowed:
        facts = {"sum": f"{inside:f}", "limit": f"{allowed:f}"}
        path = ("workflow", "steps")
        yield Finding("too-slow", Group.TIME, Weight.HEAVY, path, TOO_SLOW, SHORTEN, facts)
    for channel in pack.channels:
        own, published = usual_limit(pack, channel), record.get(channel)
        if own and published and hours_in(own) > hours_in(published):
            facts = {"own": f"{hours_in(own):f}", "record": f"{hours_in(published):f}"}
            yield Finding(
                "longer-than-published",
                Group.TIME,
                Weight.HEAVY,
                ("procedure", "limits"),
                LONGER,
                AS_PUBLISHED,
                facts,
            )
            return


def same_hands(pack: Pack) -> Iterator[Finding]:
    """Yield steps after which the dossier stays with the same post."""
    for number, (before, step) in enumerate(pairwise(pack.workflow), 1):
        if before.role is step.role and not step.four_eyes:
            yield Finding(
                "same-role",
                Group.TIME,
                Weight.LIGHT,
                ("workflow", "steps", number),
                SAME_ROLE,
                JOIN_STEPS,
                {"before": before.name, "step": step.name},
            )
