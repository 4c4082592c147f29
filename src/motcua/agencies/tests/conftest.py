"""A small country: Hà Nội with one ward, and those who work there."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from motcua.agencies.models import Unit
from motcua.agencies.operations.agencies import NewAgency, open_agency
from motcua.agencies.rules.levels import Kind, Level
from motcua.kernel.actors import Actor, Role

SYSTEM = Actor.system("test")
AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
CITY, WARD = "000.00.00.H26", "000.00.61.H26"
NEW_MAP = date(2025, 7, 1)
CHIEF = Actor("chief", "Nguyễn Thị Lan", agency=WARD, roles=frozenset({Role.ADMINISTRATOR}))


@contextmanager
def refused(kind):
    """Expect a refusal, and leave the test's transaction usable after it."""
    with pytest.raises(kind), transaction.atomic():
        yield


@pytest.fixture
def country(db):
    rows = [
        ("province", "01", "", "thành phố trung ương", "Thành phố Hà Nội"),
        ("district", "001", "01", "quận", "Quận Ba Đình"),
        ("commune", "00004", "001", "phường", "Phường Trúc Bạch"),
    ]
    for level, code, parent, kind, name in rows:
        Unit.objects.create(
            level=level, code=code, parent=parent, kind=kind, name=name, valid_to=NEW_MAP
        )
    for level, code, parent, kind, name in [
        rows[0],
        ("commune", "00004", "01", "phường", "Phường Ba Đình"),
    ]:
        Unit.objects.create(
            level=level, code=code, parent=parent, kind=kind, name=name, valid_from=NEW_MAP
        )


@pytest.fixture
def ward(country):
    """Open the city's committee and, under it, the ward's."""
    city = NewAgency(
        id=CITY,
        name="Ủy ban nhân dân thành phố Hà Nội",
        level=Level.PROVINCE,
        kind=Kind.COMMITTEE,
        opened_on=NEW_MAP,
        unit="01",
    )
    below = NewAgency(
        id=WARD,
        name="Ủy ban nhân dân phường Ba Đình",
        level=Level.COMMUNE,
        kind=Kind.COMMITTEE,
        opened_on=NEW_MAP,
        unit="00004",
        parent=CITY,
    )
    open_agency(city, by=SYSTEM, at=AT)
    open_agency(below, by=SYSTEM, at=AT)
    return WARD
