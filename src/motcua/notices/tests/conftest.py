from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache

from motcua.identity.operations.registering import Details, register
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds

NOON = datetime(2026, 1, 5, 5, tzinfo=UTC)
PASSPHRASE = "cầu vồng sau cơn mưa"
ASKED = Kind(
    name="tests.supplement-asked",
    title=N_("Dear {name},"),
    body="{procedure}: by {until:moment}, on {on:day}, {amount:dong}, {count:number} papers",
    action=N_("See my notices"),
)
QUIET = Kind(name="tests.quiet", title="Quiet", body="Only here", action="See", mail=False)
register_kinds(ASKED, QUIET)
FACTS = {
    "name": "Hương",
    "procedure": "Đăng ký khai sinh",
    "procedure_en": "Birth registration",
    "until": "2026-11-24T10:00:00+00:00",
    "on": "2026-11-24",
    "amount": "24000",
    "count": "2",
}


@pytest.fixture(autouse=True)
def _forget():
    cache.clear()


def account(number, name, language="vi"):
    details = Details(
        personal_id=f"04619500012{number}",
        name=name,
        birth_date=date(1995, 3, 14),
        sex="female",
        phone=f"+8491234567{number}",
        email=f"p{number}@example.vn",
        language=language,
    )
    return register(details, passphrase=PASSPHRASE, by=Actor.system("tests"), at=NOON)


@pytest.fixture
def huong(db):
    return account(1, "Nguyễn Thị Hương")


@pytest.fixture
def reader(db):
    return account(2, "Lê Thị Sáu", "en")
