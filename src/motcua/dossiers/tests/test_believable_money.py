"""The fees of made-up dossiers: asked when they are filed, paid before anybody works on them."""

from collections import Counter
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.access import Held, check_may_take
from motcua.dossiers.rules.believable import Matter, Place
from motcua.dossiers.rules.believable_money import Payment
from motcua.dossiers.rules.believable_story import a_story
from motcua.dossiers.rules.lifecycle import (
    CAME_TO_NOTHING,
    NEEDS_REASON,
    WAITING,
    State,
    Step,
    after,
)
from motcua.dossiers.tests.conftest import HERE, WARD
from motcua.dossiers.tests.test_believable import DESK, NOW, OFFICIALS, SINCE, actor_of
from motcua.kernel.worktime import STANDARD_WEEK, Limit, Unit, WorkingCalendar

CALENDAR = WorkingCalendar(STANDARD_WEEK)
PLACE = Place(WARD, CALENDAR, OFFICIALS, office=7)
COUNTER, ONLINE, POST = 1, 2, 3
SEEDS = st.integers(0, 10**9)
CHANNELS = st.sampled_from([COUNTER, ONLINE, POST])


def told(seed, channel=ONLINE, *, fee=24_000, days=5, place=PLACE, since=SINCE):
    limit = Limit(Decimal(days), Unit.WORKING_DAYS if days else Unit.SAME_DAY)
    matter = Matter({channel: limit}, DESK, ["proof"], ["name"], {channel: fee})
    return a_story(Random(seed), place, matter, applicant=("c", "C"), since=since, now=NOW)


def lately(seed, channel):
    return told(seed, channel, since=NOW - timedelta(days=20))


@given(SEEDS, CHANNELS, st.integers(0, 20))
def test_a_story_with_a_fee_is_a_legal_path_too(seed, channel, days):
    story = told(seed, channel, days=days)
    assert SINCE <= story.filed_at <= story.history[-1].at <= NOW
    waiting_from = None
    for one, two in pairwise(story.history):
        assert after(one.state, two.step, waiting_from=waiting_from) is two.state
        assert (two.before, one.at <= two.at) == (one.state.value, True)
        waiting_from = one.state if two.state in WAITING else None
        owes = story.payment is None or story.payment.at > two.at
        held = Held("c", WARD, one.state, DESK[one.stage], owes=owes)
        check_may_take(two.step, by=actor_of(two, story), held=held)
        assert len(two.reason) >= 10 or two.step not in NEEDS_REASON


@given(SEEDS, CHANNELS)
def test_a_fee_is_paid_after_it_was_asked_and_before_the_dossier_is_accepted(seed, channel):
    for story in (told(seed, channel), lately(seed, channel)):
        accepted, paid = story.at(Step.ACCEPT), story.payment
        if paid is not None:
            assert story.filed_at <= paid.at <= NOW
        if accepted is not None:
            assert paid is not None
            assert paid.at <= accepted
        if story.state in CAME_TO_NOTHING and paid is not None:
            assert paid.at <= story.history[-1].at
        assert story.is_given_up is (accepted is None and story.state in CAME_TO_NOTHING)


@given(SEEDS, CHANNELS)
def test_what_waits_for_its_fee_was_asked_for_it_and_owes_it(seed, channel):
    for story in (told(seed, channel), lately(seed, channel)):
        asked, came = story.at(Step.ASK_PAYMENT), story.at(Step.PAY)
        if story.state is State.PAYMENT:
            assert (story.payment, story.asked) == (None, {"fees": []})
            assert story.waiting_since == asked
        if came is not None:
            assert asked < came == story.payment.at
            assert story.due_at > story.promised_at
        assert story.asked_times == sum(
            taken.step is Step.ASK_SUPPLEMENT for taken in story.history
        )


def test_money_that_comes_while_it_is_asked_for_comes_after_that(monkeypatch):
    def an_hour_later(rng, channel, filed_at, **_):
        return Payment(filed_at + timedelta(minutes=60))

    monkeypatch.setattr("motcua.dossiers.rules.believable_story.a_payment", an_hour_later)
    asked_for = 0
    for seed in range(1_500):
        story = told(seed, days=0)
        asked, came = story.at(Step.ASK_PAYMENT), story.at(Step.PAY)
        if came is not None:
            asked_for += 1
            assert asked < came == story.payment.at
    assert asked_for > 100


@given(SEEDS, CHANNELS)
def test_what_costs_nothing_is_neither_asked_for_nor_paid(seed, channel):
    story = told(seed, channel, fee=0)
    assert (story.fee, story.payment) == (0, None)
    assert story.at(Step.ASK_PAYMENT, Step.PAY) is None


@given(SEEDS, CHANNELS)
def test_cash_is_taken_by_a_clerk_where_and_while_the_counter_is_open(seed, channel):
    story = told(seed, channel)
    if story.payment is None or story.payment.shift is None:
        return
    assert channel == COUNTER
    shift, at = story.payment.shift, story.payment.at
    assert (shift.clerk, shift.clerk_name) in OFFICIALS["clerk"]
    spans = list(CALENDAR.hours_on(at.date()).on(at.date(), CALENDAR.zone))
    assert any(opens <= at <= closes for opens, closes in spans)
    assert (shift.opened_at, shift.closed_at) == (spans[0][0], spans[-1][1])


def test_a_till_of_today_is_counted_by_now():
    today = NOW.replace(hour=7)
    shifts = [
        story.payment.shift
        for story in (told(seed, COUNTER, since=today) for seed in range(300))
        if story.payment and story.payment.shift and story.filed_at.date() == NOW.date()
    ]
    assert shifts
    assert {shift.closed_at for shift in shifts} == {NOW}


def test_where_there_is_no_office_nobody_pays_in_cash():
    place = Place(WARD, CALENDAR, OFFICIALS)
    paid = [story.payment for story in (told(n, COUNTER, place=place) for n in range(200))]
    assert sum(each is not None for each in paid) > 150
    assert not any(each is not None and each.shift for each in paid)


def test_most_pay_at_once_some_later_and_a_few_never():
    ways = Counter()
    for seed in range(1_500):
        for channel in (COUNTER, ONLINE, POST):
            story = told(seed, channel)
            paid = story.payment
            late = paid is not None and paid.at - story.filed_at > timedelta(days=3)
            ways[channel, "never" if paid is None else "late" if late else "soon"] += 1
            ways[channel, "cash"] += bool(paid and paid.shift)
    for channel, late in ((COUNTER, 30), (ONLINE, 90), (POST, 90)):
        assert 0 < ways[channel, "late"] < late
        assert 0 < ways[channel, "never"] < 150
    assert 900 < ways[COUNTER, "cash"] < 1_200
    assert ways[ONLINE, "cash"] == ways[POST, "cash"] == 0


def test_nobody_transfers_in_the_small_hours_days_later():
    later = [
        story.payment.at
        for story in (told(seed, POST) for seed in range(500))
        if story.payment is not None
    ]
    assert all(moment.astimezone(HERE).hour >= 6 for moment in later)
    assert isinstance(later[0], datetime)
