"""A due time in words: how late, how long left, or why the clock stands still."""

from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from motcua.dossiers.rules.clock import Due
from motcua.dossiers.rules.lifecycle import LIFECYCLE, State, Step
from motcua.dossiers.rules.words import (
    ACTIONS,
    HAPPENED,
    STATE_LOOK,
    STATE_MEANS,
    STATE_WORDS,
    TOLD_TO_APPLICANT,
)
from motcua.dossiers.tests.conftest import HERE
from motcua.dossiers.web.desk.actions import SLUGS, STEPS
from motcua.dossiers.web.due import due_badge

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    ("due", "after", "words"),
    [
        (Due.LATE, timedelta(minutes=-40), "Quá giờ hẹn 40 phút"),
        (Due.LATE, timedelta(seconds=-1), "Quá giờ hẹn 1 phút"),
        (Due.LATE, timedelta(hours=-13), "Quá 1 ngày"),
        (Due.TODAY, timedelta(hours=5), "Còn 5 giờ"),
        (Due.TODAY, timedelta(hours=1, minutes=5), "Còn 1 giờ 05"),
        (Due.SOON, timedelta(days=1), "Còn 1 ngày"),
        (Due.IN_TIME, timedelta(days=9), "Còn 9 ngày"),
        (Due.WAITING, timedelta(days=-9), "Tạm dừng"),
    ],
)
def test_a_due_time_is_said_as_people_say_it(due, after, words):
    with override("vi"):
        badge = due_badge(due, NOON + after, State.IN_PROCESS, at=NOON)
    assert (badge.state, badge.text) == (due.value, words)


def test_the_promise_names_today_or_the_day():
    with override("vi"):
        today = due_badge(Due.TODAY, NOON + timedelta(hours=5), State.NEW, at=NOON)
        later = due_badge(Due.SOON, NOON + timedelta(days=1), State.NEW, at=NOON)
    assert today.detail == "hẹn 17:00 hôm nay"
    assert later.detail == "hẹn 12:00 thứ Tư 25/11/2026"


def test_what_is_settled_was_on_time_or_was_not():
    with override("vi"):
        kept = due_badge(Due.IN_TIME, NOON, State.RETURNED, at=NOON)
        early = due_badge(Due.EARLY, NOON, State.RETURNED, at=NOON)
        broken = due_badge(Due.LATE, NOON, State.DONE, at=NOON)
    assert (kept.text, broken.text) == ("Đúng hạn", "Trễ hẹn")
    assert (early.state, early.text) == ("ok", "Trước hạn")
    assert due_badge(Due.NONE, NOON, State.REFUSED, at=NOON) is None


def test_no_state_and_no_step_is_without_words():
    assert set(STATE_WORDS) == set(STATE_LOOK) == set(STATE_MEANS) == set(State)
    assert set(HAPPENED) == set(Step)
    others = {Step.FILE, Step.SUPPLY, Step.PAY, Step.WITHDRAW, Step.EXPIRE, Step.CONSULTED}
    assert set(ACTIONS) == set(Step) - others - {Step.RECALL}
    assert set(SLUGS) <= set(ACTIONS)
    assert len(STEPS) == len(SLUGS)


def test_whatever_ends_or_stops_a_dossier_tells_the_applicant_why():
    ends = {step for steps in LIFECYCLE.values() for step in steps}
    assert ends >= TOLD_TO_APPLICANT
    assert {Step.REFUSE, Step.STOP, Step.ASK_SUPPLEMENT, Step.ASK_PAYMENT} <= TOLD_TO_APPLICANT
