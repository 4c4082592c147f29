"""A small town in the registers, with a family one can name."""

from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from motcua.kernel.actors import Actor, Role
from motcua.registrar.operations.seeding import Known, seed_registers

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=HERE)
TODAY = NOON.date()
SYSTEM = Actor.system("tests")
HUONG, QUAN, SAU = "001195012345", "001092023456", "046158034567"
FAMILY = (
    Known(HUONG, "Nguyễn Thị Hương", "female", date(1995, 3, 14), spouse=QUAN),
    Known(QUAN, "Trần Minh Quân", "male", date(1992, 8, 2), mother=SAU),
    Known(SAU, "Lê Thị Sáu", "female", date(1958, 11, 20)),
)
UNITS = ("00070", "00004", "00167")
OWNERS = {
    "population": "000.00.00.G01",
    "land": "000.00.00.G10",
    "enterprise": "000.00.00.G12",
    "finance": "000.00.00.G12",
    "insurance": "000.00.00.G12",
}


def official(agency="G01", role=Role.SPECIALIST):
    return Actor(f"o-{role}-{agency}", f"Cán bộ {agency}", agency, frozenset({role}))


def fill(size=400):
    """Fill the registers."""
    return seed_registers(FAMILY, UNITS, size=size, by=SYSTEM, at=NOON, today=TODAY)


@contextmanager
def refused(kind):
    """Expect a refusal, and leave the test's transaction usable after it."""
    with pytest.raises(kind) as refusal, transaction.atomic():
        yield refusal
