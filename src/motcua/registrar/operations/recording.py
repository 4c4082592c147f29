"""Write a new version of a record, and keep for subscribers that it changed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.folding import fold
from motcua.kernel.text import N_
from motcua.registrar.events import RecordChanged
from motcua.registrar.models import TABLES, Change, Record, Subscription
from motcua.registrar.operations.feeding import feed, take_turn
from motcua.registrar.queries.owners import owner_of
from motcua.registrar.rules.access import check_may_keep
from motcua.registrar.rules.fields import check_codes
from motcua.registrar.rules.history import Days, days_of_new
from motcua.registrar.rules.keys import columns_of, key_of
from motcua.registrar.rules.registers import BOOKS
from motcua.registries.queries.answers import Register

__all__ = ["WrongRecord", "record", "record_facts"]


class WrongRecord(Invalid):
    code = "registrar.wrong-record"
    message = N_("This is no record of the register: {problem}")


@dataclass(frozen=True, slots=True)
class Written:
    """The days a new version took, and the subscribers who will hear of it."""

    days: Days
    told: tuple[str, ...]


@one_transaction
def record(
    register: Register,
    value: Any,
    *,
    since: date,
    until: date | None = None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Written:
    """
    Let a record say ``value`` from ``since`` on, until the day before ``until``.

    Without ``until`` it takes the days of the version that holds on ``since``. Versions that hold
    on some of these days are taken back, with what is left of them written anew: what was believed
    before can still be told. Writers of one register wait for each other, so that its feed is in
    the order in which changes are seen.

    :raises NotYourRegister: if the actor is no keeper of it
    :raises NoDays: if it would end before it begins
    :raises NotSuchAValue: if it holds a code that the register does not know
    """
    check_may_keep(owner_of(register), by=by)
    check_codes(value)
    take_turn(register)
    table, key = TABLES[register], key_of(value)
    known = list(table.objects.believed().filter(key=key).select_for_update())
    days = days_of_new(since, until, (_days(row) for row in known))
    hit = [row for row in known if _days(row).overlaps(days)]
    table.objects.filter(pk__in=[row.pk for row in hit]).update(withdrawn_at=at)
    pieces = [_copy(row, left) for row in hit for left in _days(row).without(days)]
    new = _row(table, value, days, reason=reason, by=by, at=at)
    table.objects.bulk_create([*pieces, new])
    persons = {person for row in hit for person in row.persons} | set(new.persons)
    told = _tell(register, key, persons, by=by, at=at)
    changed = RecordChanged(subject=f"{register}/{key}", since=since.isoformat(), reason=reason)
    announce(changed, by=by, at=at)
    return Written(days, told)


def record_facts(
    register: Register, facts: dict[str, Any], *, since: date, reason: str, by: Actor, at: datetime
) -> Written:
    """
    Do the same with plain values, as they are kept and sent.

    :raises WrongRecord: if they are no record of this register
    :raises NotYourRegister: if the actor is no keeper of it
    """
    try:
        value = msgspec.convert(facts, BOOKS[register].keeps)
    except msgspec.ValidationError as problem:
        raise WrongRecord(problem=str(problem)) from problem
    return record(register, value, since=since, reason=reason, by=by, at=at)


def _days(row: Record) -> Days:
    return Days(row.valid_from, row.valid_to)


def _copy(row: Record, days: Days) -> Record:
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}  # noqa: SLF001
    return type(row)(**{**kept, "id": None, "valid_from": days.first, "valid_to": days.until})


def _row(
    table: type[Record], value: Any, days: Days, *, reason: str, by: Actor, at: datetime
) -> Record:
    columns = columns_of(value)
    return table(
        **columns,
        folded=fold(columns["name"]),
        facts=msgspec.to_builtins(value),
        valid_from=days.first,
        valid_to=days.until,
        reason=reason,
        by=by.id,
        recorded_at=at,
    )


def _tell(
    register: Register, key: str, persons: set[str], *, by: Actor, at: datetime
) -> tuple[str, ...]:
    wanted = Subscription.objects.filter(register=register, person__in=persons)
    changes = [
        Change(
            register=register,
            member=each.member,
            person=each.person,
            kind="record",
            key=key,
            at=at,
        )
        for each in wanted.order_by("member", "person")
    ]
    return feed(register, changes, by=by, at=at)
