"""The demonstration's national registers: who keeps them, who may ask them, who is in them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.utils.timezone import localdate

from motcua.agencies.queries.units import units_in
from motcua.exchange.operations.demo import agreed
from motcua.exchange.operations.members import NewMember, change_member
from motcua.exchange.operations.services import NewService, open_service
from motcua.exchange.operations.serving import served
from motcua.exchange.queries.members import member
from motcua.identity.operations.demo import DEMO_CITIZENS, DemoAccount
from motcua.kernel.actors import Actor
from motcua.registrar.operations.seeding import Known, seed_registers

PEOPLE = 3_000
"""How many people the registers hold unless another number is asked for."""
CITY = "01"
CHANGES = "registry-changes.v1"
PURPOSES = ("prefill-form", "settle-dossier", "correct-data", "notify-change")
TELLING = "dossiers.v1"
BY = Actor.system("demo")
MOTHER, FATHER, GRANDMOTHER = (details.personal_id for details in DEMO_CITIZENS)


def load_registers(accounts: Iterable[DemoAccount], *, people: int, at: datetime) -> None:
    """Let the registers answer, the portal ask them, and the accounts' people be in them."""
    for register, owner in settings.REGISTERS.items():
        _let_answer(f"{register}.v1", owner, at=at)
    communes = units_in(CITY, level="commune", on=localdate(at))
    seed_registers(
        [_known(each, each.birth_date) for each in accounts if each.birth_date],
        [unit.code for unit in communes],
        size=people,
        by=BY,
        at=at,
        today=localdate(at),
    )


def _let_answer(code: str, owner: str, *, at: datetime) -> None:
    keeper = member(owner, by=BY)
    if keeper.address != settings.REGISTRAR_URL:
        moved = NewMember(
            owner, keeper.title, keeper.title_en, keeper.agency, settings.REGISTRAR_URL
        )
        change_member(moved, by=BY, at=at)
    offer(code, owner, at=at)
    for consumer in settings.EXCHANGE_MEMBERS:
        agreed(consumer, owner, code, *PURPOSES, at=at)
        offer(CHANGES, consumer, at=at)
        agreed(owner, consumer, CHANGES, "notify-change", at=at)


def offer(code: str, provider: str, *, at: datetime) -> None:
    """Let a member offer a service that this program can answer."""
    found = served(code)
    assert found is not None
    new = NewService(provider, code, found.title_vi, found.openapi(), found.title_en)
    open_service(new, by=BY, at=at)


def let_tell(*, at: datetime) -> None:
    """Let the keepers of registers, which are ministries, tell us of their dossiers too."""
    if (found := served(TELLING)) is None:
        return
    for provider in settings.EXCHANGE_MEMBERS:
        new = NewService(provider, TELLING, found.title_vi, found.openapi(), found.title_en)
        open_service(new, by=BY, at=at)
        for consumer in set(settings.REGISTERS.values()) - {provider}:
            agreed(consumer, provider, TELLING, "synchronise", at=at)


def _known(account: DemoAccount, born: date) -> Known:
    """Return an account's person; the three citizens of the demonstration are one family."""
    return Known(
        account.personal_id,
        account.name,
        account.sex,
        born,
        mother=GRANDMOTHER if account.personal_id == FATHER else "",
        spouse={MOTHER: FATHER, FATHER: MOTHER}.get(account.personal_id, ""),
    )
