"""
The made-up history of one dossier, told by the same lifecycle and clock as a real one's.

About 2.7 % of what is settled is late; one in eight is asked for something more, which stops the
clock; some are refused, withdrawn, stopped, expire unanswered or get a new appointment. What was
filed lately is still under way. Nothing is accepted before its fee has come: where it is late, it
is asked for, which stops the clock too.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from motcua.dossiers.rules.believable import ONE_DAY, Matter, Place, a_moment, a_visit
from motcua.dossiers.rules.believable_history import Story, Taken
from motcua.dossiers.rules.believable_hours import OfficeHours
from motcua.dossiers.rules.believable_money import Payment, a_payment
from motcua.dossiers.rules.believable_reasons import ASKING, REASONS
from motcua.dossiers.rules.clock import Clock
from motcua.dossiers.rules.lifecycle import WAITING, State, Step, after
from motcua.kernel.actors import Role
from motcua.kernel.worktime import Wait

ONLINE, COUNTER, POST = 2, 1, 3
CHANNELS = (ONLINE,) * 11 + (COUNTER,) * 8 + (POST,)
LATE, REAPPOINTED, LATE_AGAIN = 0.025, 0.012, 0.1
LEAST, INSTANT = 0.15, 0.001
"""The shortest time to work in and an instant, as shares of a working day."""
SUPPLEMENT, UNANSWERED = 0.12, 0.05
REFUSED, WITHDRAWN, STOPPED = 0.03, 0.02, 0.01
ANSWER_WITHIN = 30 * ONE_DAY
HEARD_WITHIN = timedelta(minutes=5)
BY_PORTAL, BY_BANK = ("system:expiry", ""), ("system:payments", "")
WITHIN_A_STAGE = frozenset({Step.REAPPOINT, Step.SUPPLY, Step.ASK_PAYMENT, Step.PAY})


class Over(Exception):
    """What would come next has not happened yet."""


def a_story(
    rng: Random,
    place: Place,
    matter: Matter,
    *,
    applicant: tuple[str, str],
    since: datetime,
    now: datetime,
    until: datetime | None = None,
) -> Story:
    """
    Return one believable dossier of a place.

    :param applicant: id and name of whom it is for
    :param until: before when it was filed; until ``now``, if it is not said
    """
    channel = rng.choice(CHANNELS)
    if channel not in matter.limits:
        channel = matter.channels[0]
    hours = place.hours(now.date())
    draw = a_moment if channel == ONLINE else partial(a_visit, hours=hours)
    filed = draw(rng, since=since, until=until or now)
    due = Clock(filed_at=filed, limit=matter.limits[channel]).due(place.calendar)
    story = Story(*applicant, channel, filed, due, due, matter.fees.get(channel, 0))
    teller = Teller(rng, place, matter, story, now, hours)
    with suppress(Over):
        teller.tell()
    story.payment = teller.what_came()
    return story


@dataclass(slots=True)
class Teller:
    """Takes the steps of one story, one after the other, until the present."""

    rng: Random
    place: Place
    matter: Matter
    story: Story
    now: datetime
    hours: OfficeHours
    """The working time of the place."""
    plan: Payment | None = None
    """How the fee is going to be paid, if ever."""

    def tell(self) -> None:
        """Take every step until the dossier ends; raises ``Over`` at the present."""
        rng, story = self.rng, self.story
        applicant = (story.applicant, story.applicant_name)
        self.take(Step.FILE, applicant, story.filed_at)
        if story.fee:
            clerks = self.place.officials[Role.CLERK] if self.place.office else ()
            hours, now, filed = self.hours, self.now, story.filed_at
            self.plan = a_payment(rng, story.channel, filed, clerks=clerks, hours=hours, now=now)
        chance = rng.random()
        start, end = self.span_from(story.filed_at)
        first = self.hours.moment(start + (end - start) * rng.uniform(0.03, 0.2))
        if chance < REFUSED:
            self.take(Step.REFUSE, self.an_official(Role.CLERK), first)
        elif chance < REFUSED + WITHDRAWN:
            self.take(Step.WITHDRAW, applicant, first)
        elif chance < REFUSED + WITHDRAWN + SUPPLEMENT:
            self.supplement(applicant, first)
            self.await_fee(story.history[-1].at)
            self.process()
        else:
            self.await_fee(first)
            self.process(stops=chance > 1 - STOPPED)

    def span_from(self, at: datetime) -> tuple[float, float]:
        """Return where a moment and the due time after it stand in working time."""
        start = self.hours.position(at)
        return start, max(self.hours.position(self.story.due_at), start + LEAST)

    def when_settled(self, start: float, due: float) -> float:
        """Return when the answer is given: mostly before the due time, sometimes after its day."""
        rng = self.rng
        if rng.random() < LATE:
            return int(due - INSTANT) + 1 + (due - start) * rng.uniform(0.05, 1.2)
        early = rng.random() < 0.75
        return start + (due - start) * (rng.uniform(0.3, 0.85) if early else rng.uniform(0.9, 0.99))

    def supplement(self, applicant: tuple[str, str], at: datetime) -> None:
        """Ask for something more; most answer in days, some never."""
        story, rng = self.story, self.rng
        papers = self.one_of(self.matter.papers) if rng.random() < 0.8 else []
        asked = {"papers": papers, "fields": [] if papers else self.one_of(self.matter.fields)}
        self.take(Step.ASK_SUPPLEMENT, self.an_official(Role.CLERK), at, details=asked)
        story.asked = asked
        asked_at = story.history[-1].at
        if rng.random() < UNANSWERED:
            self.take(Step.EXPIRE, BY_PORTAL, asked_at + ANSWER_WITHIN)
            raise Over
        self.take(Step.SUPPLY, applicant, asked_at + ONE_DAY * rng.uniform(0.2, 9))

    def await_fee(self, at: datetime) -> None:
        """Ask for the fee where it has not come by then; some never pay."""
        story = self.story
        if not story.fee or (self.plan is not None and self.plan.at <= at):
            return
        asked: dict[str, list[str]] = {"fees": []}
        self.take(Step.ASK_PAYMENT, self.an_official(Role.CLERK), at, details=asked)
        story.asked, asked_at = asked, story.history[-1].at
        if self.plan is None or self.plan.at >= asked_at + ANSWER_WITHIN:
            self.plan = None
            self.take(Step.EXPIRE, BY_PORTAL, asked_at + ANSWER_WITHIN)
            raise Over
        if self.plan.at < asked_at + HEARD_WITHIN:
            self.plan = Payment(asked_at + HEARD_WITHIN * self.rng.uniform(1, 20))
        self.take(Step.PAY, BY_BANK, self.plan.at)

    def what_came(self) -> Payment | None:
        """Return how the fee was paid, if it was by now and before nobody asked for it any more."""
        story, plan = self.story, self.plan
        until = story.history[-1].at if story.is_given_up else self.now
        return plan if plan is not None and plan.at <= until else None

    def one_of(self, names: Sequence[str]) -> list[str]:
        """Return one of some names, or none where there is none."""
        return [self.rng.choice(names)] if names else []

    def process(self, *, stops: bool = False) -> None:
        """Accept it, let it go through its workflow, approve it and give the result back."""
        story, rng, roles, hours = self.story, self.rng, self.matter.workflow, self.hours
        start, due = self.span_from(story.history[-1].at)
        settled = self.when_settled(start, due)
        again = not stops and rng.random() < REAPPOINTED and due - start > 1
        leader = roles.index(Role.LEADER)
        part = ((due if again else settled) - start) / (leader + 2)
        accepted = hours.moment(start + part * rng.uniform(0.1, 0.9))
        if self.plan is not None:
            accepted = max(accepted, self.plan.at)
        self.take(Step.ACCEPT, self.an_official(Role.CLERK), accepted)
        self.take(Step.FORWARD, story.holder, hours.moment(start + part))
        if stops:
            self.take(Step.STOP, self.holder_or(roles[1]), hours.moment(start + part * 2))
            return
        done = start + part
        if again:
            done, settled = self.reappoint(max(done, start + (due - start) * 0.7), due)
        part = (settled - done) / (leader + 1)
        for stage in range(1, leader):
            at = hours.moment(done + part * stage)
            self.take(Step.PROPOSE, self.holder_or(roles[stage]), at)
        self.take(Step.APPROVE, self.holder_or(Role.LEADER), hours.moment(settled))
        given = rng.uniform(0.01, 0.2) if story.channel == ONLINE else rng.uniform(0, 4)
        given += hours.position(story.history[-1].at)
        self.take(Step.RETURN, self.an_official(Role.CLERK), hours.moment(given))

    def reappoint(self, since: float, due: float) -> tuple[float, float]:
        """
        Move the due time once, announced before it comes, because it cannot be held.

        :returns: when it was announced, and when the answer is given: mostly by the new time
        """
        story, rng = self.story, self.rng
        before, far = story.due_at, rng.randint(1, 5)
        announced = since + (due - since) * rng.uniform(0.2, 0.8)
        day = self.hours.moment(due + far - INSTANT).date()
        story.due_at = story.appointed_at = self.place.calendar.closing_of(day)
        try:
            self.take(Step.REAPPOINT, self.an_official(Role.LEADER), self.hours.moment(announced))
        except Over:
            story.due_at, story.appointed_at = before, None
            raise
        late = rng.random() < LATE_AGAIN
        return announced, due + (far + rng.uniform(0.5, 2) if late else far * rng.uniform(0.2, 0.9))

    def an_official(self, role: Role) -> tuple[str, str]:
        """Return somebody who holds a role in the agency."""
        return self.rng.choice(self.place.officials[role])

    def holder_or(self, role: Role) -> tuple[str, str]:
        """Return who has the dossier in hand, else somebody who holds a role."""
        return self.story.holder if self.story.holder[0] else self.an_official(role)

    def take(
        self,
        step: Step,
        by: tuple[str, str],
        at: datetime,
        *,
        details: dict[str, list[str]] | None = None,
    ) -> None:
        """
        Take one step by the law of the lifecycle; a wait that ends moves the due time.

        :raises Over: if it has not happened yet
        """
        story = self.story
        before = story.state
        if step is not Step.FILE:
            at = max(at, story.history[-1].at + timedelta(seconds=self.rng.randint(20, 240)))
            if by not in (BY_PORTAL, BY_BANK) and (
                by[0] != story.applicant or story.channel != ONLINE
            ):
                at = self.hours.at_work(at)
            if at > self.now:
                raise Over
            story.state = after(before, step, waiting_from=story.waiting_from)
        self.follow(before, step, by, at)
        story.history.append(
            Taken(
                step,
                before.value if step is not Step.FILE else "",
                story.state,
                story.stage,
                *by,
                self.reason(step, details),
                details or {},
                story.due_at,
                at,
            )
        )

    def reason(self, step: Step, details: dict[str, list[str]] | None) -> str:
        """Return why a step was taken, where one says so."""
        if step is Step.ASK_SUPPLEMENT:
            return self.rng.choice(ASKING[bool(details and details["papers"])])
        return self.rng.choice(REASONS[step]) if step in REASONS else ""

    def follow(self, before: State, step: Step, by: tuple[str, str], at: datetime) -> None:
        """Change what a step changes besides the state."""
        story = self.story
        if before in WAITING and story.waiting_since is not None:
            story.waits.append(Wait(story.waiting_since, at))
            story.waiting_from, story.waiting_since = None, None
            limit = self.matter.limits[story.channel]
            clock = Clock(filed_at=story.filed_at, limit=limit, waits=tuple(story.waits))
            story.due_at = clock.due_again(story.promised_at, self.place.calendar)
        if story.state in WAITING:
            story.waiting_from, story.waiting_since = before, at
            story.asked_times += step is Step.ASK_SUPPLEMENT
        if step in (Step.FORWARD, Step.PROPOSE):
            story.stage += 1
            role = self.matter.workflow[story.stage]
            story.holder = self.an_official(role) if self.rng.random() < 0.8 else ("", "")
        elif step is Step.ACCEPT:
            story.holder = by
        elif step is Step.APPROVE:
            story.holder = ("", "")
        if step not in WITHIN_A_STAGE:
            story.stage_since = at
