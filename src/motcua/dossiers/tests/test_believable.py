"""Made-up dossiers obey the same law as real ones."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.agencies.operations.agencies import add_office
from motcua.agencies.queries.agencies import one_stop_offices
from motcua.agencies.queries.calendars import calendar_of
from motcua.dossiers.models import DayNumber, Dossier, Transition
from motcua.dossiers.operations import seeding
from motcua.dossiers.operations.numbers import next_code
from motcua.dossiers.operations.seeding import seed_dossiers
from motcua.dossiers.rules.access import Held, check_may_take
from motcua.dossiers.rules.believable import Matter, Place
from motcua.dossiers.rules.believable_story import a_story
from motcua.dossiers.rules.clock import Timing, day_of, timing
from motcua.dossiers.rules.lifecycle import NEEDS_REASON, SETTLES, State, Step, after
from motcua.dossiers.tests.conftest import HERE, WARD, answers
from motcua.kernel.actors import Actor, Role
from motcua.kernel.worktime import STANDARD_WEEK, Limit, Unit, WorkingCalendar

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=HERE)
SINCE = NOW - timedelta(days=365)
OFFICIALS = {role: [(f"o-{role}-{n}", f"{role} {n}") for n in range(3)] for role in Role}
DESK = [Role.CLERK, Role.SPECIALIST, Role.LEADER, Role.CLERK]


PLACE = Place(WARD, WorkingCalendar(STANDARD_WEEK), OFFICIALS)


def told(seed, days=5, workflow=DESK):
    limit = Limit(Decimal(days), Unit.WORKING_DAYS if days else Unit.SAME_DAY)
    matter = Matter({1: limit, 2: limit}, workflow, ["proof"], ["name"])
    return a_story(Random(seed), PLACE, matter, applicant=("c", "C"), since=SINCE, now=NOW)


def actor_of(taken, story):
    role = next((r for r in Role if taken.by.startswith(f"o-{r}-")), None)
    if role is None:
        return Actor(taken.by, taken.by_name)
    return Actor(taken.by, taken.by_name, agency=WARD, roles=frozenset({role}))


@given(st.integers(0, 10**9), st.integers(0, 20), st.sampled_from([1, 2]))
def test_every_story_is_one_legal_path_in_time_s_order(seed, days, specialists):
    workflow = [Role.CLERK, *[Role.SPECIALIST] * specialists, Role.LEADER, Role.CLERK]
    story = told(seed, days, workflow)
    assert story.history[0].step is Step.FILE
    assert SINCE <= story.filed_at <= story.history[-1].at <= NOW
    waiting_from = None
    for one, two in pairwise(story.history):
        assert after(one.state, two.step, waiting_from=waiting_from) is two.state
        assert (two.before, one.at <= two.at) == (one.state.value, True)
        waiting_from = one.state if two.step is Step.ASK_SUPPLEMENT else None
        held = Held("c", WARD, one.state, workflow[one.stage])
        check_may_take(two.step, by=actor_of(two, story), held=held)
        assert len(two.reason) >= 10 or two.step not in NEEDS_REASON


@given(st.integers(0, 10**9))
def test_a_wait_moves_the_due_time_and_an_open_one_is_known(seed):
    story = told(seed)
    asked = [taken for taken in story.history if taken.step is Step.ASK_SUPPLEMENT]
    assert (story.state is State.SUPPLEMENT) is (story.waiting_since is not None)
    assert story.asked_times == len(asked)
    assert story.due_at >= story.promised_at
    if story.waits:
        assert story.due_at > story.promised_at


def test_about_three_in_a_hundred_are_late_and_most_are_early():
    counted = Counter()
    for seed in range(4_000):
        for taken in told(seed).history:
            if taken.step in SETTLES:
                counted[timing(day_of(taken.at), day_of(taken.due_at))] += 1
    whole = counted.total()
    assert 0.018 < counted[Timing.LATE] / whole < 0.036
    assert counted[Timing.EARLY] > counted[Timing.ON_TIME] > counted[Timing.LATE]


def seeded(definition, number, progress=lambda done: None):
    seed_dossiers(
        number,
        places=[Place(WARD, calendar_of(WARD), OFFICIALS)],
        packs=[(definition, answers())],
        applicants=10,
        now=NOW,
        progress=progress,
    )


def test_a_crowd_is_written_in_bulk_and_real_numbers_go_on_from_it(definition, file):
    heard = []
    seeded(definition, 300, heard.append)
    assert heard == [300]
    assert Dossier.objects.count() == 300
    assert Transition.objects.filter(step=Step.FILE).count() == 300
    day = DayNumber.objects.order_by("-last").first()
    at = datetime(day.day.year, day.day.month, day.day.day, 12, tzinfo=HERE)
    assert file(at=at).code.endswith(f"-{day.last + 1:04d}")


def test_what_is_not_filed_online_came_in_at_the_office(definition, ward):
    add_office(WARD, "Bộ phận một cửa", by=Actor.system("tests"), at=NOW)
    office = one_stop_offices()[WARD]
    place = Place(WARD, calendar_of(WARD), OFFICIALS, office=office)
    seed_dossiers(
        200,
        places=[place],
        packs=[(definition, answers())],
        applicants=10,
        now=NOW,
        progress=lambda done: None,
    )
    came = set(Dossier.objects.values_list("channel", "office"))
    assert came == {(1, office), (2, None)} | ({(3, office)} if (3, office) in came else set())


@pytest.mark.django_db
def test_numbers_of_today_are_shared_with_whoever_files_meanwhile():
    made_up = seeding.Numbers(NOW.date())
    codes = [
        made_up.next(WARD, NOW),
        next_code(WARD, at=NOW),
        made_up.next(WARD, NOW),
        next_code(WARD, at=NOW),
    ]
    assert [code[-4:] for code in codes] == ["0001", "0002", "0003", "0004"]
    assert not made_up.taken()


def test_what_is_written_of_a_step_is_what_the_dossier_was_then(definition):
    seeded(definition, 200)
    for x in Dossier.objects.prefetch_related("transitions"):
        steps = sorted(x.transitions.all(), key=lambda step: step.pk)
        last = steps[-1]
        assert (last.state, last.stage, last.due_at) == (x.state, x.stage, x.due_at)
        assert {(s.agency, s.procedure, s.channel, s.filed_at) for s in steps} == {
            (x.agency, x.procedure, x.channel, x.filed_at)
        }
        assert (x.version, x.stage_since is None) == (len(steps), False)
        assert (x.archive_on is None) is (
            x.state not in {"refused", "withdrawn", "stopped", "returned"}
        )


@pytest.mark.django_db(transaction=True)
def test_a_crowd_broken_off_is_whole_batches_and_goes_on_without_repeating(definition, monkeypatch):
    monkeypatch.setattr(seeding, "BATCH", 40)

    def stop_after_two(done):
        if done == 80:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seeded(definition, 400, stop_after_two)
    before = dict(Dossier.objects.values_list("pk", "filed_at"))
    assert len(before) in (80, 120)
    assert Transition.objects.filter(step=Step.FILE).count() == len(before)
    seeded(definition, 40)
    since = Dossier.objects.exclude(pk__in=before).values_list("filed_at", flat=True)
    assert len(since) == 40
    again = [moment for moment in since if moment in before.values()]
    assert len(again) < 10, "other stories: two of them may begin in the same minute"
