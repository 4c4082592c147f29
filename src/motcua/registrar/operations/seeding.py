"""Fill the registers with a town that was made up: set-wise, once."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from django.db import connection

from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.folding import fold
from motcua.registrar.models import TABLES
from motcua.registrar.rules.access import check_may_keep
from motcua.registrar.rules.history import Days
from motcua.registrar.rules.holdings import Holdings
from motcua.registrar.rules.keys import columns_of
from motcua.registrar.rules.lives import versions_of
from motcua.registrar.rules.town import Known, Town
from motcua.registries.queries.answers import Register

__all__ = ["Known", "seed_registers"]

_ARRAYS = ("persons", "parents")
_MORE = {
    Register.POPULATION: ("parents", "household"),
    Register.LAND: ("address",),
    Register.ENTERPRISE: ("address",),
}
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('registrar/seed', 0))"

Row = tuple[Days, Any]


@one_transaction
def seed_registers(
    known: Sequence[Known],
    units: Sequence[str],
    *,
    size: int,
    by: Actor,
    at: datetime,
    today: date,
) -> int:
    """
    Fill empty registers with at least ``size`` people and what they have; return how many.

    The same people for the same ``known``, ``units``, size and day. Registers that hold anybody
    already are left as they are: nothing is returned for them.

    :param known: who must be among them
    :param units: codes of the communes they live in
    :raises NotYourRegister: if ``by`` is not the portal itself
    """
    check_may_keep("", by=by)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    if TABLES[Register.POPULATION].objects.exists():
        return 0
    people = Town(units, today=today).settle(known, size)
    lives = ((days, value) for each in people for days, value in versions_of(each, today=today))
    _copy(Register.POPULATION, lives, by=by, at=at)
    held = Holdings(people, today=today)
    for register, found in (
        (Register.LAND, held.parcels()),
        (Register.ENTERPRISE, held.registered()),
        (Register.FINANCE, held.taxpayers()),
        (Register.INSURANCE, held.insured()),
    ):
        _copy(register, ((each.days, each.value) for each in found), by=by, at=at)
    return len(people)


def _copy(register: Register, rows: Iterator[Row], *, by: Actor, at: datetime) -> None:
    table = TABLES[register]._meta.db_table  # noqa: SLF001
    more = _MORE.get(register, ())
    columns = ("key", "name", "folded", "persons", "facts", "valid_from", "valid_to")
    written = f"{by.id}\t{at.isoformat()}\tDữ liệu mẫu"
    names = ", ".join([*columns, *more, "by", "recorded_at", "reason"])
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
    ):
        for days, value in rows:
            copy.write(f"{_line(days, value, more)}\t{written}\n")


def _line(days: Days, value: Any, more: tuple[str, ...]) -> str:
    known = columns_of(value)
    facts = msgspec.json.encode(value).decode().replace("\\", "\\\\")
    until = r"\N" if days.until is None else days.until.isoformat()
    shown = [known["key"], known["name"], fold(known["name"]), _array(known["persons"])]
    rest = [_array(known[name]) if name in _ARRAYS else known[name] for name in more]
    return "\t".join([*shown, facts, days.first.isoformat(), until, *rest])


def _array(items: Sequence[str]) -> str:
    return "{" + ",".join(items) + "}"
