"""The town of the registers' own tests, and owners who answer for it over real HTTP."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.conf import settings as known

from motcua.exchange.adapters.sending import close_breakers
from motcua.exchange.models import Agreement, Member
from motcua.exchange.operations.demo import DEMO_MEMBERS, seed_members
from motcua.exchange.operations.services import NewService, open_service
from motcua.exchange.operations.serving import served
from motcua.exchange.queries.agreements import PURPOSES, forget_agreements
from motcua.exchange.queries.members import forget_members
from motcua.registrar.tests.conftest import registers, town
from motcua.registrar.tests.world import OWNERS, SYSTEM, fill

__all__ = ["registers", "town"]
HANOI = "000.00.00.H26"


def agree(service, provider, at, consumer=HANOI):
    """Let a member, Hà Nội unless said otherwise, call a service for everything."""
    document = served(service).openapi()
    open_service(NewService(provider, service, service, document), by=SYSTEM, at=at)
    row = Member.objects.get(pk=provider).services.get(code=service)
    Agreement.objects.create(
        id=uuid4(),
        consumer_id=consumer,
        service=row,
        purposes=list(PURPOSES),
        standing="in-force",
        valid_from=at - timedelta(days=1),
        valid_until=at + timedelta(days=1),
        reason="thử",
        legal_basis="thử",
        asked_by="a",
        asked_by_name="a",
        asked_at=at,
        first_by="b",
        second_by="c",
    )
    forget_agreements()


def move(member, address):
    """Let a member answer elsewhere from now on."""
    Member.objects.filter(pk=member).update(address=address)
    forget_members()


@pytest.fixture
def owners(transactional_db, live_server, settings, tmp_path):
    """Have the owners of all five registers answer at a server of their own."""
    close_breakers()
    settings.VAR = tmp_path
    settings.EXCHANGE_MEMBERS = (HANOI, *sorted(set(OWNERS.values())))
    settings.EXCHANGE_ANCHORS = ""
    settings.REGISTERS = OWNERS
    settings.REGISTRIES = {
        register: {"vendor": "exchange", "member": owner} for register, owner in OWNERS.items()
    }
    settings.ALLOWED_HOSTS = ["*"]
    at = datetime.now(UTC)
    seed_members(DEMO_MEMBERS, address=live_server.url, by=SYSTEM, at=at)
    for register, owner in OWNERS.items():
        agree(f"{register}.v1", owner, at)
    fill()
    assert known.REGISTERS == OWNERS
    return live_server
