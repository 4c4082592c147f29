"""The control slip: who had a dossier, from when to when, and how that stood to the limits."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.clock import Timing
from motcua.dossiers.rules.control import Passed, legs_of
from motcua.dossiers.rules.lifecycle import WAITING, State, Step, StepNotAllowed, after
from motcua.kernel.tests.calendars_used import PLAIN
from motcua.kernel.worktime import Limit, Unit, WorkingCalendar

A, B = "a", "b"
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
TWO_HOURS = Limit(Decimal(2), Unit.WORKING_HOURS)
ONE_DAY = Limit(Decimal(1), Unit.WORKING_DAYS)
LIMITS = (TWO_HOURS, ONE_DAY, None, TWO_HOURS)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=HERE)


def hours(n):
    return MONDAY + timedelta(hours=n)


def test_each_stage_has_its_own_hands_and_its_own_limit():
    legs = legs_of(
        [
            Passed(Step.FILE, State.NEW, 0, "Lan", MONDAY, A),
            Passed(Step.ACCEPT, State.RECEIVED, 0, "Hương", hours(1), A),
            Passed(Step.FORWARD, State.IN_PROCESS, 1, "Hương", hours(2), A),
            Passed(Step.PROPOSE, State.IN_PROCESS, 2, "Bình", hours(49), A),
        ],
        LIMITS,
        {A: PLAIN},
    )
    assert [(x.given_by, x.taken_by, x.stood) for x in legs] == [
        ("Lan", "Hương", Timing.ON_TIME),
        ("Hương", "Bình", Timing.LATE),
        ("Bình", "", None),
    ]


def test_a_wait_for_the_applicant_is_not_held_against_the_stage():
    asked, given_back = hours(1), hours(73)
    history = [
        Passed(Step.FILE, State.NEW, 0, "Lan", MONDAY, A),
        Passed(Step.ASK_SUPPLEMENT, State.SUPPLEMENT, 0, "Hương", asked, A),
        Passed(Step.SUPPLY, State.NEW, 0, "Lan", given_back, A),
        Passed(Step.REFUSE, State.REFUSED, 0, "Hương", hours(74), A),
    ]
    (leg,) = legs_of(history, LIMITS, {A: PLAIN})
    assert (leg.ended, leg.stood) == (hours(74), Timing.ON_TIME)


@given(st.lists(st.sampled_from(sorted(Step)), max_size=30))
def test_whatever_happens_the_stages_follow_each_other_without_a_gap(steps):
    state, waiting, at = State.NEW, None, MONDAY
    history = [Passed(Step.FILE, state, 0, "Lan", at, A)]
    for step in steps:
        try:
            target = after(state, step, waiting_from=waiting)
        except StepNotAllowed:
            continue
        waiting = (waiting or state) if target in WAITING else None
        state, at = target, at + timedelta(hours=1)
        history.append(Passed(step, state, 0, "x", at, A))
    legs = legs_of(history, LIMITS, {A: PLAIN})
    assert legs[0].began == MONDAY
    assert all(one.ended is not None and one.ended <= two.began for one, two in pairwise(legs))
    assert all(leg.ended is None or leg.began < leg.ended for leg in legs)


def test_each_agency_counts_its_own_stage_by_its_own_calendar():
    closed = WorkingCalendar(holidays=frozenset({MONDAY.date()}))
    history = [
        Passed(Step.FILE, State.NEW, 0, "Lan", MONDAY, A),
        Passed(Step.TRANSFER, State.NEW, 0, "Hương", hours(1), B),
    ]
    one, two = legs_of(history, LIMITS, {A: PLAIN, B: closed})
    assert (one.agency, one.due) == (A, hours(2))
    assert (two.agency, two.due.date()) == (B, MONDAY.date() + timedelta(days=1))
