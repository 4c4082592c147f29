"""A ward with an office, two lines, and clerks who sit at its windows."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from motcua.agencies.operations.agencies import Kind, Level, NewAgency, add_office, open_agency
from motcua.agencies.queries.agencies import offices_of
from motcua.kernel.actors import Actor, Role
from motcua.queues.operations.places import arrange_service, open_window
from motcua.queues.operations.tickets import draw

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WARD, OTHER = "000.00.61.H26", "000.00.62.H26"
PORTAL = Actor.system("tests")
HOA = Actor("hoa", "Lê Thị Hoa", WARD, frozenset({Role.CLERK}))
TU = Actor("tu", "Phạm Văn Tú", WARD, frozenset({Role.SPECIALIST}))
CHIEF = Actor("chief", "Trần Thu", WARD, frozenset({Role.LEADER}))
ADMINISTRATOR = Actor("admin", "Vũ Minh", WARD, frozenset({Role.ADMINISTRATOR}))
STRANGER = Actor("stranger", "Đỗ An", OTHER, frozenset({Role.CLERK, Role.ADMINISTRATOR}))


@contextmanager
def refused(kind):
    """Expect a refusal, and leave the test's transaction usable after it."""
    with pytest.raises(kind) as caught, transaction.atomic():
        yield caught


def build_office():
    """Open two agencies; the first has an office with the lines A and B."""
    for number, name in ((WARD, "UBND phường Thuận Hóa"), (OTHER, "UBND phường Vỹ Dạ")):
        ward = NewAgency(
            id=number,
            name=name,
            level=Level.PROVINCE,
            kind=Kind.DEPARTMENT,
            opened_on=date(2025, 7, 1),
        )
        open_agency(ward, by=PORTAL, at=AT)
        add_office(number, "Bộ phận một cửa", address="1 Lê Lợi", by=PORTAL, at=AT)
    found = offices_of(WARD)[0].id
    for letter, title in (("A", "Hộ tịch"), ("B", "Đất đai")):
        arrange_service(found, letter, title, by=CHIEF, at=AT)
    return found


@pytest.fixture
def office(db):
    return build_office()


@pytest.fixture
def take(office):
    """Return a way to draw a number."""

    def take(letter="A", at=AT, **more):
        return draw(office, letter, by=PORTAL, at=at, **more).number

    return take


@pytest.fixture
def hoa(office):
    """Hoa, who sits at window 1 and serves every line."""
    open_window(office, "1", by=HOA, at=AT)
    return HOA


@pytest.fixture
def tu(office):
    """Tú, who sits at window 2 and serves line B only."""
    open_window(office, "2", ["B"], by=TU, at=AT)
    return TU
