"""Whoever is to come tomorrow is reminded the day before, once for each appointment."""

from datetime import timedelta

import pytest
from django.apps import apps

from motcua.dossiers import jobs
from motcua.dossiers.queries.telling import agencies_with_appointments, appointments_of
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.returning import ReturnBy
from motcua.dossiers.tests.conftest import MONDAY, OTHER, WARD
from motcua.dossiers.tests.counter import Counter
from motcua.notices.queries.mine import unread

DAY = timedelta(days=1)


@pytest.fixture
def counter(definition):
    return Counter(definition).open()


def change(code, **columns):
    apps.get_model("dossiers", "Dossier").objects.filter(code=code).update(**columns)


def expected(at=MONDAY):
    return [(told.code, told.is_done) for told in appointments_of(WARD, at=at)]


def test_those_due_tomorrow_at_the_desk_are_expected(counter):
    today, tomorrow, after, done, online, asked = (counter.file().code for _ in range(6))
    counter.walk(done, Step.ACCEPT, Step.FORWARD, Step.PROPOSE, Step.APPROVE)
    counter.walk(asked, Step.ASK_SUPPLEMENT)
    for code, days in {today: 0, tomorrow: 1, after: 2, done: 1, online: 1, asked: 1}.items():
        change(code, due_at=MONDAY.replace(hour=17) + days * DAY, return_by=0)
    change(online, return_by=ReturnBy.ONLINE)
    assert expected() == [(tomorrow, False), (done, True)]
    assert expected(MONDAY.replace(hour=23)) == expected()
    assert list(appointments_of(OTHER, at=MONDAY)) == []
    assert agencies_with_appointments() == [WARD]


def test_each_is_reminded_once_in_the_morning(counter, work, monkeypatch):
    code = counter.file().code
    change(code, due_at=MONDAY + DAY, return_by=0)
    work()
    lan = counter.actor("lan")
    before = unread(by=lan)
    for hour, more in ((6, 0), (8, 1), (12, 1)):
        monkeypatch.setattr(jobs, "now", lambda hour=hour: MONDAY.replace(hour=hour))
        jobs.watch_appointments(0)
        work()
        assert unread(by=lan) == before + more
