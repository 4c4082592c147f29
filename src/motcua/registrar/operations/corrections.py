"""A citizen says that a record is wrong: an official looks, and puts it right or says why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from msgspec import Meta

from motcua.agencies.queries.units import places_named
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.text import N_
from motcua.registrar.events import CorrectionMoved, CorrectionReceived
from motcua.registrar.models import Change, Correction
from motcua.registrar.operations.feeding import feed, take_turn
from motcua.registrar.operations.recording import record
from motcua.registrar.queries.answering import record_on, versions_since
from motcua.registrar.queries.owners import owner_of
from motcua.registrar.rules.access import check_may_keep
from motcua.registrar.rules.corrections import Move, State, after
from motcua.registrar.rules.fields import NotSuchAValue, changed, pieces, same_there
from motcua.registrar.rules.keys import columns_of
from motcua.registries.queries.answers import Register

__all__ = [
    "NewCorrection",
    "NoReasonGiven",
    "NoSuchCorrection",
    "NotTheirRecord",
    "NothingPutRight",
    "accept",
    "examine",
    "receive",
    "refuse",
]


class NoSuchCorrection(NotFound):
    code = "registrar.no-such-correction"
    message = N_("There is no such request that you may see. Choose it from the list.")


class NotTheirRecord(Invalid):
    code = "registrar.not-their-record"
    message = N_("The register has no such record of this person. Ask it again what it says.")


class NoReasonGiven(Invalid):
    code = "registrar.no-reason-given"
    message = N_("Say why, in a sentence that the citizen will read.")


class NothingPutRight(Invalid):
    code = "registrar.nothing-put-right"
    message = N_("The register says this already. Enter what is true, or refuse and say why.")


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """What a member sends: whose data, which record and field, what it says and should say."""

    reference: Annotated[str, Meta(max_length=60)]
    person: Annotated[str, Meta(max_length=12)]
    key: Annotated[str, Meta(max_length=40)]
    field: Annotated[str, Meta(max_length=60)]
    stated: str
    wished: str
    why: str


@one_transaction
def receive(
    register: Register, wish: NewCorrection, *, member: str, by: Actor, at: datetime, on: date
) -> int:
    """
    Keep a request and return its number; the same reference again is the same request.

    What the person wishes is kept in their own words: an official of the owner decides, and enters
    what is true.

    :raises NoSuchRegister: if the register is not kept here
    :raises NotTheirRecord: if no such record of the person holds on the day
    :raises NoSuchField: if the record has no such field
    """
    owner_of(register)
    known = Correction.objects.filter(member=member, reference=wish.reference).first()
    if known is not None:
        return known.pk
    found = record_on(register, wish.key, on=on)
    if found is None or not _concerns(found[0], wish.person):
        raise NotTheirRecord
    pieces(found[0], wish.field)
    row = Correction.objects.create(
        register=register,
        member=member,
        state=State.RECEIVED,
        received_at=at,
        reference=wish.reference[:60],
        person=wish.person,
        key=wish.key,
        field=wish.field,
        stated=wish.stated[:500],
        wished=wish.wished[:500],
        why=wish.why[:1000],
    )
    received = CorrectionReceived(
        subject=str(row.pk), register=register, member=member, field=wish.field
    )
    announce(received, by=by, at=at)
    return row.pk


@one_transaction
def examine(number: int, *, by: Actor, at: datetime) -> None:
    """
    Take a request up; its citizen is told.

    :raises NoSuchCorrection: if there is none in a register of the actor's
    :raises AlreadyDecided: if somebody took it up before
    """
    row = _locked(number, by)
    row.examined_at, row.examined_by, row.examined_by_name = at, by.id, by.name
    _move(row, Move.EXAMINE, by=by, at=at)


@one_transaction
def accept(
    number: int,
    right: Mapping[str, str],
    *,
    since: date,
    told: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """
    Put the record right from ``since`` on, in each version that says what is wrong.

    The citizen is told.

    :param right: what is true, by the paths of what stands at the field (`pieces`)
    :raises NoSuchCorrection: if there is none in a register of the actor's
    :raises AlreadyDecided: if it was not taken up yet, or is decided
    :raises NotTheirRecord: if no record holds on that day
    :raises NoSuchField: if something is named that does not stand at the field
    :raises NotSuchAValue: if the record cannot say this
    :raises NothingPutRight: if it says this already
    """
    row = _locked(number, by)
    register = Register(row.register)
    versions = versions_since(register, row.key, since)
    if not versions or since not in versions[0][0]:
        raise NotTheirRecord
    wrong = versions[0][1]
    if changed(wrong, row.field, right) == wrong:
        raise NothingPutRight
    said = {piece.path: piece.says for piece in pieces(wrong, row.field)}
    _check_places({path for path in right if right[path] != said[path]}, right, on=since)
    _decide(row, Move.ACCEPT, told.strip(), by=by, at=at)
    for days, value in versions:
        if not same_there(wrong, value, row.field):
            continue
        put = changed(value, row.field, right)
        first = max(days.first, since)
        reason = f"{row.field} #{row.pk}"
        record(register, put, since=first, until=days.until, reason=reason, by=by, at=at)


@one_transaction
def refuse(number: int, *, told: str, by: Actor, at: datetime) -> None:
    """
    Leave the record as it is, and tell the citizen why.

    :raises NoSuchCorrection: if there is none in a register of the actor's
    :raises AlreadyDecided: if it was not taken up yet, or is decided
    :raises NoReasonGiven: if no reason is said
    """
    if not told.strip():
        raise NoReasonGiven(problems=[{"at": "told", "message": NoReasonGiven.message}])
    _decide(_locked(number, by), Move.REFUSE, told.strip(), by=by, at=at)


def _check_places(new: set[str], right: Mapping[str, str], *, on: date) -> None:
    units = {path: right[path] for path in new if path.endswith(".unit")}
    known = places_named(units.values(), on=on) if units else {}
    if wrong := [path for path, code in units.items() if code not in known]:
        message = NotSuchAValue.message
        raise NotSuchAValue(problems=[{"at": path, "message": message} for path in wrong])


def _locked(number: int, by: Actor) -> Correction:
    row = Correction.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise NoSuchCorrection
    check_may_keep(owner_of(row.register), by=by)
    take_turn(Register(row.register))
    return row


def _decide(row: Correction, move: Move, told: str, *, by: Actor, at: datetime) -> None:
    row.decided_at, row.decided_by, row.decided_by_name = at, by.id, by.name
    row.told = told[:1000]
    _move(row, move, by=by, at=at)


def _move(row: Correction, move: Move, *, by: Actor, at: datetime) -> None:
    row.state = after(State(row.state), move)
    row.save()
    answer = Change(
        register=row.register,
        member=row.member,
        person=row.person,
        kind="correction",
        key=row.key,
        facts={"reference": row.reference, "state": row.state, "told": row.told},
        at=at,
    )
    moved = CorrectionMoved(subject=str(row.pk), register=row.register, after=row.state)
    announce(moved, by=by, at=at)
    feed(Register(row.register), [answer], by=by, at=at)


def _concerns(record: Any, person: str) -> bool:
    return person in columns_of(record)["persons"]
