"""Looking for somebody in a registry through the exchange, over real HTTP."""

from datetime import UTC, date, datetime

import pytest

from motcua.backbone.models import Look
from motcua.exchange.models import LogEntry
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Unavailable
from motcua.registrar.tests.world import HUONG, OWNERS
from motcua.registries.operations.asking import NotSaidWhy
from motcua.registries.operations.finding import find
from motcua.registries.queries.finding import EnterprisesNamed, PersonsNamed
from motcua.registries.queries.questions import NotKnown
from tests.registers.asking import account
from tests.registers.conftest import move

CLERK = Actor("o-1", "Lê Hoa", "000.00.61.H26", frozenset({Role.SPECIALIST}))
HER = PersonsNamed("Nguyễn Thị Hương", date(1995, 3, 14))


def found(question=HER, purpose="settle-dossier"):
    facts = {"reference": "HS-1", "timeout": 10}
    return find(question, purpose=purpose, **facts, by=CLERK, at=datetime.now(UTC))


def test_who_was_found_reads_who_looked_and_that_the_owner_told(owners):
    me = account("huong")
    told = found()
    assert [each.id for each in told.value.persons] == [HUONG]
    assert told.evidence is not None
    looks = {(look.person, look.by, look.reference == "HS-1") for look in Look.objects.all()}
    assert {(me.id, CLERK.id, True), (me.id, "member:000.00.00.H26", False)} == looks
    assert {entry.purpose for entry in LogEntry.objects.all()} == {"settle-dossier"}


def test_a_firm_is_found_and_what_there_is_not_is_not_known(owners):
    assert isinstance(found(EnterprisesNamed("Không Hề Có Công Ty Này")), NotKnown)
    assert found(EnterprisesNamed("công ty")).value.enterprises


def test_it_is_said_why_and_a_register_that_refuses_or_is_down_is_unavailable(owners):
    with pytest.raises(NotSaidWhy):
        found(purpose="curiosity")
    with pytest.raises(Unavailable):
        found(purpose="prefill-form")
    move(OWNERS["population"], "http://127.0.0.1:1")
    with pytest.raises(Unavailable):
        found()
    assert not Look.objects.exists()
