"""A desk of the hub, and what it takes at its counter for the province."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.agencies.operations.agencies import Kind, Level, add_office, open_agency
from motcua.agencies.queries.agencies import offices_of
from motcua.dossiers.operations.counter import (
    Finished,
    Present,
    Way,
    begin_counter,
    file_counter,
)
from motcua.dossiers.operations.drafts import attach, save_answers
from motcua.dossiers.tests.conftest import MONDAY, SYSTEM, a_file, answers, committee
from motcua.exchange.tests.places import POLICE
from motcua.exchange.tests.wire import now
from motcua.forwarding.models import Handed
from motcua.kernel.actors import Role

CODE = "9.000001"
DESK = POLICE
GRANNY = Present("001147000123", "Phạm Thị Sáu", date(1947, 5, 4), document="card")
DONE = Finished("paper", {"proof": "original"}, accept=True)


@pytest.fixture
def office(agreed, counter):
    """A desk of the hub, with a clerk; it settles nothing of this procedure itself."""
    desk = committee(DESK, Level.MINISTRY, "")
    desk = replace(desk, name="Bộ Công an", kind=Kind.MINISTRY, unit=None)
    open_agency(desk, by=SYSTEM, at=MONDAY)
    counter._official("hub-clerk", Role.CLERK, DESK)
    counter._official("hub-leader", Role.LEADER, DESK)
    add_office(DESK, "Bộ phận một cửa của Bộ", by=SYSTEM, at=MONDAY)
    return offices_of(DESK)[0].id


@pytest.fixture
def begun(counter, office):
    def begun(present=GRANNY, **more):
        clerk = counter.actor("hub-clerk")
        draft = begin_counter(CODE, present, Way(office, **more), by=clerk, at=now())
        save_answers(draft, answers(), by=clerk, at=now())
        attach(draft, "proof", a_file(clerk, now()), by=clerk, at=now())
        return draft

    return begun


@pytest.fixture
def taken(counter, begun):
    filed = file_counter(begun(), DONE, by=counter.actor("hub-clerk"), at=now())
    return Handed.objects.get(code=filed.code)
