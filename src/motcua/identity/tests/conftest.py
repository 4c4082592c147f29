from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from django.db import transaction

from motcua.agencies.operations.agencies import Kind, Level, NewAgency, open_agency
from motcua.identity.operations.officials import make_official
from motcua.identity.operations.registering import register
from motcua.identity.rules.persons import Details
from motcua.kernel.actors import Actor, Role

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
PORTAL = Actor.system("tests")
PASSPHRASE = "cầu vồng sau cơn mưa"
SIGN_IN = "/tai-khoan/dang-nhap/"
HUONG = Details(
    personal_id="046195000123",
    name="Nguyễn Thị Hương",
    birth_date=date(1995, 3, 14),
    sex="female",
    phone="+84912345678",
    email="huong@example.vn",
)
QUAN = Details(
    personal_id="001092023456",
    name="Trần Minh Quân",
    birth_date=date(1992, 8, 2),
    sex="male",
    phone="+84912345679",
    email="quan@example.vn",
    language="en",
)


@contextmanager
def refused(kind):
    """Expect a refusal, and leave the test's transaction usable after it."""
    with pytest.raises(kind) as refusal, transaction.atomic():
        yield refusal


@pytest.fixture(autouse=True)
def _forget():
    cache.clear()


@pytest.fixture
def huong(db):
    return register(HUONG, passphrase=PASSPHRASE, by=PORTAL, at=NOON)


@pytest.fixture
def quan(db):
    return register(QUAN, passphrase=PASSPHRASE, by=PORTAL, at=NOON)


@pytest.fixture
def enter(client):
    """Sign somebody in through the page."""

    def enter(login, passphrase=PASSPHRASE, **more):
        return client.post(SIGN_IN, {"login": login, "passphrase": passphrase, **more})

    return enter


MINISTRY, OTHER = "000.00.00.G03", "000.00.00.G04"
EARLIER = datetime(2026, 1, 5, 5, tzinfo=UTC)


@pytest.fixture
def ministries(db):
    for id_, name in ((MINISTRY, "Bộ Tư pháp"), (OTHER, "Bộ Tài chính")):
        new = NewAgency(
            id=id_, name=name, level=Level.MINISTRY, kind=Kind.MINISTRY, opened_on=EARLIER.date()
        )
        open_agency(new, by=PORTAL, at=EARLIER)


@pytest.fixture
def clerk(ministries, quan):
    make_official(quan, MINISTRY, Role.CLERK, "Một cửa", by=PORTAL, at=EARLIER)
    return quan


LAN = Actor("lan", "Nguyễn Thị Lan", MINISTRY, frozenset({Role.CLERK}))
"""A clerk at the desk of the ministry."""
CHILD, CHILD_NUMBER = "Nguyễn Gia Bảo", "001220000456"
BORN = date(2020, 5, 4)
COMPANY, TAX_CODE = "Công ty cổ phần Hoa Sen", "0100109106"


@pytest.fixture
def for_huong(huong):
    """Act as Hương, a citizen."""
    return Actor(huong, HUONG.name)


@pytest.fixture
def for_quan(quan):
    """Act as Quân, a citizen."""
    return Actor(quan, QUAN.name)
