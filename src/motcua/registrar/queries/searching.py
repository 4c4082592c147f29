"""The registers as their owners' officials look into them; every look is written down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from django.db.models import Q

from motcua.backbone.looks import record_looks
from motcua.exchange.operations.subjects import known_persons
from motcua.exchange.queries.agreements import PURPOSES
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.folding import fold
from motcua.kernel.text import N_
from motcua.registrar.models import TABLES, Record
from motcua.registrar.queries.owners import Book, owner_of
from motcua.registrar.rules.access import check_may_read
from motcua.registrar.rules.fields import flat
from motcua.registrar.rules.told import others_in
from motcua.registries.queries.answers import Register

__all__ = [
    "BY_ADDRESS",
    "WHY",
    "Found",
    "Hit",
    "NoPurpose",
    "NoSuchRecord",
    "Shown",
    "TooShort",
    "Version",
    "search",
    "show",
]

PAGE = 20
SHORTEST = 3
WHY = {name: PURPOSES[name] for name in ("correct-data", "settle-dossier", "supervise")}
"""What an official of an owner may look into its register for."""
BY_ADDRESS = frozenset({Register.LAND, Register.ENTERPRISE})
"""Registers whose records are found by their address, too."""


class NoPurpose(Invalid):
    code = "registrar.no-purpose"
    message = N_("Say what you look into the register for: the person concerned reads it.")


class TooShort(Invalid):
    code = "registrar.too-short"
    message = N_("Write at least three letters of the name, or the number.")


class NoSuchRecord(NotFound):
    code = "registrar.no-such-record"
    message = N_("There is no such record, or it is not for you to see. Search for it.")


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found, as it is now."""

    id: int
    key: str
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class Found:
    """A page of records in the order of their names, and where the next one begins."""

    hits: tuple[Hit, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Version:
    """What was written of a record: its days, who wrote it and why, whether it was taken back."""

    first: date
    until: date | None
    by: str
    reason: str
    recorded_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as of a day, field by field, and its versions, the newest first."""

    id: int
    key: str
    name: str
    as_of: date
    facts: tuple[tuple[str, str], ...]
    versions: tuple[Version, ...]


def search(
    book: Book, words: str, *, purpose: str, after: str = "", on: date, by: Actor, at: datetime
) -> Found:
    """
    Return the records whose name or address holds the words, or whose key begins with them.

    Each person who is shown finds the look in their own list. The pages are kept apart by the last
    record's name and key, so that each is as fast as the first.

    :param after: ``next`` of the page before
    :raises NotYourRegister: if the actor may not look into it
    :raises NoPurpose: if none of `WHY` is given
    :raises TooShort: if fewer than three letters are given
    """
    check_may_read(owner_of(book.register), by=by)
    _check_purpose(purpose)
    wanted = fold(words)
    if len(wanted) < SHORTEST:
        raise TooShort(problems=[{"at": "q", "message": TooShort.message}])
    rows = TABLES[book.register].objects.true_on(on).filter(_said(book, words, wanted))
    if after:
        name, _, key = after.partition("|")
        rows = rows.filter(Q(folded__gt=name) | Q(folded=name, key__gt=key))
    read = list(rows.order_by("folded", "key")[: PAGE + 1])
    shown, more = read[:PAGE], len(read) > PAGE
    persons = (person for row in shown for person in row.persons)
    _note(persons, book.title, purpose, by=by, at=at)
    return Found(
        tuple(Hit(row.pk, row.key, row.name, row.valid_from) for row in shown),
        f"{shown[-1].folded}|{shown[-1].key}" if more else "",
    )


def _said(book: Book, words: str, wanted: str) -> Q:
    said = Q(folded__contains=wanted)
    if book.register in BY_ADDRESS:
        said |= Q(address__contains=wanted)
    if any(letter.isdigit() for letter in wanted):
        said |= Q(key__startswith=words.strip().replace(" ", ""))
    return said


def show(book: Book, record: int, *, purpose: str, on: date, by: Actor, at: datetime) -> Shown:
    """
    Return a record as of a day, with its history; the persons concerned find the look.

    :param record: the id of any of its versions
    :raises NotYourRegister: if the actor may not look into it
    :raises NoPurpose: if none of `WHY` is given
    :raises NoSuchRecord: if there is none
    """
    check_may_read(owner_of(book.register), by=by)
    _check_purpose(purpose)
    table = TABLES[book.register]
    one = table.objects.filter(pk=record).first()
    if one is None:
        raise NoSuchRecord
    rows = list(table.objects.filter(key=one.key).order_by("-valid_from", "-recorded_at"))
    true = next((row for row in rows if _holds(row, on)), None)
    value = None if true is None else msgspec.convert(true.facts, book.keeps)
    concerned = {person for row in rows for person in row.persons}
    word, others = others_in(value, one.key)
    _note(concerned, book.title, purpose, by=by, at=at)
    _note(set(others) - concerned, word, purpose, by=by, at=at)
    facts = () if value is None else tuple(flat(msgspec.to_builtins(value)))
    versions = tuple(_version(row) for row in rows)
    return Shown(one.pk, one.key, (true or one).name, on, facts, versions)


def _holds(row: Record, on: date) -> bool:
    begun = row.withdrawn_at is None and row.valid_from <= on
    return begun and (row.valid_to is None or on < row.valid_to)


def _version(row: Record) -> Version:
    return Version(
        row.valid_from, row.valid_to, row.by, row.reason, row.recorded_at, row.withdrawn_at
    )


def _check_purpose(purpose: str) -> None:
    if purpose not in WHY:
        raise NoPurpose(problems=[{"at": "ly-do", "message": NoPurpose.message}])


def _note(persons: Iterable[str], what: str, purpose: str, *, by: Actor, at: datetime) -> None:
    whom = dict.fromkeys(persons)
    accounts = known_persons(whom)
    record_looks(
        (accounts.get(each, each) for each in whom), what, purpose=WHY[purpose], by=by, at=at
    )
