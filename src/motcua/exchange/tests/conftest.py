"""Two members and a ministry, spoken for by one portal, with officials on both sides."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from motcua.exchange.models import Member
from motcua.exchange.operations.agreements import Step, ask_for_agreement, take_step
from motcua.exchange.operations.demo import seed_members
from motcua.exchange.operations.members import NewMember
from motcua.exchange.operations.services import NewService, open_service
from motcua.exchange.operations.serving import Reply
from motcua.exchange.rules.terms import Asked
from motcua.exchange.tests.places import HANOI, HUE, OPENAPI, POLICE
from motcua.exchange.tests.wire import agreement, line, now, offered
from motcua.kernel.actors import Actor, Role

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PORTAL = Actor.system("test")
CITY = NewMember(HANOI, "Ủy ban nhân dân thành phố Hà Nội")
OTHER = NewMember(HUE, "Ủy ban nhân dân thành phố Huế")
MINISTRY = NewMember(POLICE, "Bộ Công an", agency="G01")


def official(name: str, agency: str, *roles: Role) -> Actor:
    return Actor(name, name.title(), agency, frozenset(roles))


ADMIN = official("admin-hanoi", HANOI, Role.ADMINISTRATOR)
AUDITOR = official("auditor-hanoi", HANOI, Role.AUDITOR)
CLERK = official("clerk-hanoi", HANOI, Role.CLERK)
HUE_ADMIN = official("admin-hue", HUE, Role.ADMINISTRATOR)
LEADER = official("leader-police", "G01", Role.LEADER)
SECOND = official("admin-police", "G01", Role.ADMINISTRATOR)
STRANGER = official("admin-ward", "000.00.61.H26", Role.ADMINISTRATOR)


DAY = timedelta(days=1)
ASKED = Asked(
    *(HANOI, POLICE, "population.v1", ("prefill-form", "settle-dossier")),
    *(AT, AT + 100 * DAY, "Điền sẵn tờ khai", "Nghị định 278/2025/NĐ-CP"),
    per_day=1000,
)


@contextmanager
def refused(error):
    """Expect an operation to refuse, and undo what it did, as its own transaction would."""
    with pytest.raises(error) as found, transaction.atomic():
        yield found


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.VAR = tmp_path
    settings.EXCHANGE_MEMBERS = (HANOI, POLICE)
    settings.EXCHANGE_ANCHORS = ""


@pytest.fixture
def since():
    """Since when everything holds; tests of what reads the clock say another moment."""
    return AT


@pytest.fixture
def members(db, since):
    seed_members((CITY, OTHER, MINISTRY), address="http://127.0.0.1:1", by=PORTAL, at=since)
    return {row.id: row for row in Member.objects.all()}


@pytest.fixture
def population(members, since):
    new = NewService(POLICE, "population.v1", "Dân cư", OPENAPI, "Population")
    open_service(new, by=PORTAL, at=since)
    return new


@pytest.fixture
def wire(db):
    """Three members of now, whose calls pass through the whole gateway in this process."""
    seed_members((CITY, OTHER, MINISTRY), address="http://127.0.0.1:1", by=PORTAL, at=now())
    with line() as made:
        yield made


@pytest.fixture
def asked(population):
    return ask_for_agreement(ASKED, by=ADMIN, at=AT)


@pytest.fixture
def granted(asked):
    take_step(asked, Step.GRANT, by=LEADER, at=AT)
    take_step(asked, Step.GRANT, by=SECOND, at=AT)
    return asked


@pytest.fixture
def done(wire):
    """Have an agreement and an echo; return the bodies of what the provider really did."""
    calls = []

    def handler(call):
        calls.append(call.body.read())
        return Reply(body=b"{}")

    agreement()
    offered(handler)
    return calls
