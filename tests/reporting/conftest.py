"""A city, two wards under it and another city, with dossiers of several periods."""

from datetime import date, datetime, timedelta

import pytest
from django.apps import apps

from motcua.dossiers.tests.conftest import HERE, MONDAY
from motcua.dossiers.tests.walks import Step, filed
from motcua.kernel.actors import Actor, Role

CITY, WARD, OTHER, AWAY = "000.00.00.H26", "000.00.61.H26", "000.00.62.H26", "000.00.00.H50"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=HERE)


def official(role, agency=CITY):
    return Actor(f"o-{role}", "Lê Hoài Nam", agency, frozenset({role}))


LEADER = official(Role.LEADER)


@pytest.fixture
def city(db):
    """Open the agencies, as few columns as they need."""
    for id_, name, level, parent in (
        (CITY, "Ủy ban nhân dân thành phố Hà Nội", "province", None),
        (WARD, "Ủy ban nhân dân phường Hoàn Kiếm", "commune", CITY),
        (OTHER, "Ủy ban nhân dân phường Cửa Nam", "commune", CITY),
        (AWAY, "Ủy ban nhân dân tỉnh khác", "province", None),
    ):
        apps.get_model("agencies", "Agency").objects.create(
            id=id_,
            name=name,
            level=level,
            kind="committee",
            parent_id=parent,
            opened_on=date(2025, 7, 1),
        )


@pytest.fixture
def dossiers(city):
    """October's and November's dossiers: early, on time, late, overdue, waiting, one moved."""
    day = timedelta(days=1)
    week = 7 * day
    october = MONDAY - 21 * day
    walks = [filed(f"w{n}", agency=WARD, at=MONDAY, due_at=MONDAY + week) for n in range(5)]
    walks += [
        filed("c0", agency=CITY, at=october, due_at=MONDAY, channel=1, procedure="p2"),
        filed("o0", agency=OTHER, at=MONDAY, due_at=MONDAY + 60 * day, channel=3),
        filed("x0", agency=AWAY, at=MONDAY, due_at=MONDAY + week),
    ]
    walks[0].take(Step.REFUSE, at=MONDAY + day)
    walks[1].take(Step.REFUSE, at=MONDAY + week)
    walks[2].take(Step.REFUSE, at=MONDAY + week + day)
    walks[3].take(Step.ASK_SUPPLEMENT, at=MONDAY + day)
    walks[4].take(Step.TRANSFER, at=MONDAY + day, agency=OTHER)
    return walks
