"""What reports count comes from the steps as they were known at the end of the time asked for."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from motcua.dossiers.queries.counted import Before, Narrow, counted
from motcua.dossiers.queries.milestones import Column, tallies
from motcua.dossiers.rules.lifecycle import SETTLES, State, Step, may_follow
from motcua.dossiers.tests.conftest import MONDAY
from motcua.dossiers.tests.walks import columns_of, filed

PLACES = ("A", "B", "C")
CAME = ("online", "direct", "carried")
STANDS = ("early", "on_time", "late", "within", "overdue")
LATER = timedelta(days=400)

pytestmark = pytest.mark.django_db


def counts(agencies, since, until):
    """Return what the door says, added up by agency and procedure, without zeros."""
    found = Counter()
    for tally in tallies(agencies, since=since, until=until):
        for name in CAME + STANDS:
            found[tally.agency, tally.procedure, name] += getattr(tally, name)
    return +found


def slowly(walks, agencies, since, until):
    found = Counter()
    for walk in walks:
        for came, stands, agency, procedure in columns_of(walk, agencies, since=since, until=until):
            found[agency, procedure, came] += 1
            found[agency, procedure, stands] += 1
    return found


def of(found, names):
    return sum(count for (_agency, _procedure, name), count in found.items() if name in names)


days = st.integers(-6, 12).map(lambda n: timedelta(days=n))
waits = st.sampled_from([timedelta(0), timedelta(hours=5), timedelta(days=1), timedelta(days=6)])


class Province(RuleBasedStateMachine):
    """Dossiers file, wait, move, end and open again; now and then somebody makes a report."""

    walks = Bundle("walks")

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now = self.began = MONDAY
        self.all = []
        self.reports = []

    def teardown(self):
        later = self.now + LATER
        for since, until, found in self.reports:
            assert counts(PLACES, since, until) == found
            for each in PLACES:
                alone = counts([each], since, until)
                assert alone == Counter({k: n for k, n in found.items() if k[0] == each})
        for since in (self.began, self.now, later):
            assert counts(PLACES, since, later) == slowly(self.all, PLACES, since, later)
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.pass_time(timedelta(hours=1))

    @rule(
        target=walks,
        place=st.sampled_from(PLACES),
        channel=st.sampled_from([1, 2, 3]),
        procedure=st.sampled_from(["p1", "p2"]),
        due_in=days,
        lay=waits,
    )
    def file(self, place, channel, procedure, due_in, lay):
        walk = filed(
            f"{len(self.all)}",
            agency=place,
            at=self.now,
            due_at=self.now + due_in,
            channel=channel,
            procedure=procedure,
            arrived=self.now - lay if channel == 3 else None,
        )
        self.all.append(walk)
        return walk

    @rule(
        walk=walks,
        data=st.data(),
        due_in=days,
        place=st.sampled_from(PLACES),
        late=st.booleans(),
        wait=waits,
        waited=st.sampled_from([0, 0, 0, 10]),
    )
    def step(self, walk, data, due_in, place, late, wait, waited):
        """Take a step; one that waited for another's is of a moment before that one."""
        self.pass_time(wait)
        told = max([walk.steps[0].at, *(until for _since, until, _found in self.reports)])
        at = max(self.now - timedelta(minutes=waited), told)
        possible = sorted(may_follow(walk.state))
        if not possible:
            return
        step = data.draw(st.sampled_from(possible))
        moves = step in (Step.SUPPLY, Step.PAY, Step.REAPPOINT, Step.REOPEN, Step.TRANSFER)
        walk.take(
            step,
            at=at,
            due_in=due_in if moves else timedelta(0),
            agency=place if step is Step.TRANSFER else "",
            late=late and step is Step.REAPPOINT,
        )

    @rule(walk=walks, due_in=days)
    def change_a_calendar(self, walk, due_in):
        if walk.state in (State.NEW, State.IN_PROCESS, State.SUPPLEMENT):
            walk.move_due(due_in, at=self.now)

    @rule(wait=waits)
    def pass_time(self, wait):
        self.now += wait + timedelta(minutes=7)

    @rule(back=st.sampled_from([timedelta(hours=3), timedelta(days=2), timedelta(days=30)]))
    def report(self, back):
        since, until = self.now - back, self.now
        found = counts(PLACES, since, until)
        assert found == slowly(self.all, PLACES, since, until)
        self.reports.append((since, until, found))
        self.now += timedelta(minutes=1)

    @invariant()
    def received_is_settled_and_pending(self):
        if not self.reports:
            return
        _since, _until, found = self.reports[-1]
        assert of(found, CAME) == of(found, STANDS)


def test_a_past_period_never_changes_and_every_count_is_the_slow_one():
    run_state_machine_as_test(
        Province,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def spring():
    """Nine dossiers at A: two carried over and settled, five new, one sent to B, one reopened."""
    at = MONDAY
    week = timedelta(days=7)
    walks = [
        filed(f"d{n}", agency="A", at=at - week, due_at=at + timedelta(days=n)) for n in range(2)
    ]
    walks += [
        filed(f"e{n}", agency="A", at=at + timedelta(hours=1), due_at=at + week, channel=n % 2 + 1)
        for n in range(7)
    ]
    day = at + timedelta(days=1, hours=2)
    for walk in walks[:2]:
        walk.take(Step.REFUSE, at=day)
    walks[2].take(Step.TRANSFER, at=day, agency="B")
    walks[3].take(Step.REFUSE, at=day)
    walks[3].take(Step.REOPEN, at=day + week)
    return walks


def test_each_column_counts_what_its_name_says(spring):
    since, until = MONDAY, MONDAY + timedelta(days=14)
    found = counts(["A"], since, until)
    named = {name: of(found, [name]) for name in CAME + STANDS}
    assert named == {
        "carried": 2,
        "online": 4,
        "direct": 3,
        "early": 1,
        "on_time": 1,
        "late": 1,
        "within": 0,
        "overdue": 6,
    }
    assert of(counts(["B"], since, until), ["direct"]) == 1


def test_every_figure_can_be_opened_to_the_dossiers_behind_it(spring):
    since, until = MONDAY, MONDAY + timedelta(days=14)
    found = counts(["A", "B"], since, until)
    for column in Column:
        names = {
            Column.RECEIVED: CAME,
            Column.CAME: ["online", "direct"],
            Column.SETTLED: STANDS[:3],
            Column.PENDING: STANDS[3:],
        }.get(column, (column.value,))
        listed = counted(["A", "B"], column, since=since, until=until, limit=100)
        assert len(listed) == of(found, names), column


def test_a_long_list_comes_in_pages_that_miss_and_repeat_nothing(spring):
    since, until = MONDAY, MONDAY + timedelta(days=14)
    whole = counted(["A"], Column.RECEIVED, since=since, until=until, limit=100)
    pages, before = [], None
    while page := counted(["A"], Column.RECEIVED, since=since, until=until, before=before, limit=2):
        pages += page
        before = Before(page[-1].id, page[-1].came_at)
    assert tuple(pages) == whole
    assert len({(each.id, each.came_at) for each in whole}) == len(whole) > 5


def test_only_the_procedures_asked_for_are_listed(spring):
    asked = {"since": MONDAY, "until": MONDAY + timedelta(days=14), "limit": 9}
    assert counted(["A"], Column.RECEIVED, narrow=Narrow(["p1"]), **asked)
    assert not counted(["A"], Column.RECEIVED, narrow=Narrow(["p2"]), **asked)


def test_counting_is_one_statement(spring, django_assert_num_queries):
    with django_assert_num_queries(1):
        tallies(PLACES, since=MONDAY, until=MONDAY + LATER)


def test_every_way_of_settling_is_counted(spring):
    assert {Step.APPROVE, Step.REFUSE, Step.WITHDRAW, Step.STOP, Step.EXPIRE} == SETTLES


@pytest.mark.parametrize("step", [Step.RECALL, Step.CONSULTED])
def test_the_end_of_an_opinion_while_a_dossier_waits_makes_it_no_later(step):
    """Its clock stood still before the time was up, and still does."""
    walk = filed("r", agency="A", at=MONDAY, due_at=MONDAY + timedelta(days=3))
    walk.take(Step.ASK_SUPPLEMENT, at=MONDAY + timedelta(days=1))
    seen = counts(["A"], MONDAY, MONDAY + LATER)
    assert of(seen, ["within"]) == 1
    walk.take(step, at=MONDAY + timedelta(days=9))
    assert counts(["A"], MONDAY, MONDAY + LATER) == seen


def test_a_letter_counts_in_the_period_in_which_it_was_entered():
    week, until = timedelta(days=7), MONDAY + timedelta(days=7)
    came = MONDAY - timedelta(days=2)
    due = came + week
    letter = filed("l", agency="A", at=MONDAY, due_at=due, channel=3, arrived=came)
    before = counts(["A"], MONDAY - week, MONDAY)
    assert not before
    now = counts(["A"], MONDAY, until)
    assert (of(now, ["direct"]), of(now, ["carried"]), of(now, ["within"])) == (1, 0, 0)
    letter.take(Step.REFUSE, at=MONDAY + timedelta(days=1))
    assert of(counts(["A"], MONDAY, until), ["direct", "early"]) == 2
    assert counts(["A"], MONDAY - week, MONDAY) == before


def test_a_dossier_is_counted_where_it_is_though_two_steps_crossed():
    """Both were asked for at once; the one asked for first had to wait for the other."""
    walk = filed("x", agency="A", at=MONDAY, due_at=LATER + MONDAY)
    walk.take(Step.ACCEPT, at=MONDAY + timedelta(hours=1))
    walk.take(Step.FORWARD, at=MONDAY + timedelta(hours=2))
    walk.take(Step.CONSULT, at=MONDAY + timedelta(hours=3, seconds=2))
    walk.take(Step.TRANSFER, at=MONDAY + timedelta(hours=3, seconds=1), agency="B")
    for alone, found in (("A", 0), ("B", 1)):
        tallied = tallies([alone], since=MONDAY, until=MONDAY + LATER)
        assert [each.agency for each in tallied] == [alone] * found
