"""Pay the unit's bills from here: what the applicant, or the desk for them, asks of the unit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import msgspec

from motcua.backbone.limits import check_rate
from motcua.exchange.operations.calling import call
from motcua.exchange.queries.members import member_known, own_members
from motcua.forwarding.models import Handed
from motcua.forwarding.operations.following import ask_how_it_stands, bills_in, hear
from motcua.forwarding.operations.sending import read_told
from motcua.forwarding.queries.directory import PURPOSE, SERVICE
from motcua.forwarding.queries.handed import NotHanded
from motcua.forwarding.rules.answers import Opened
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Unavailable
from motcua.kernel.text import N_

__all__ = ["BankUnclear", "NoAnswerThere", "ask_whether_paid", "more_time", "way_to_bank"]

TIMEOUT = 10.0
OFTEN = 6
"""How often a minute somebody may make us ask the unit."""


class BankUnclear(Unavailable):
    code = "forwarding.bank-unclear"
    message = N_("{member} does not lead to the bank it named. Pay with the QR code instead.")


class NoAnswerThere(Unavailable):
    code = "forwarding.no-answer-there"
    message = N_(
        "The portal of {member} does not answer just now. A transfer counts all the same, and we "
        "ask again by ourselves."
    )


def ask_whether_paid(code: str, *, by: Actor, at: datetime) -> None:
    """
    Ask the unit now how the bills stand.

    :raises NotHanded: if the actor has no such dossier, or the unit does not have it yet
    :raises TooOften: if the actor asked too often
    :raises NoAnswerThere: if the unit does not answer; it is asked again by itself
    """
    with _answering(_mine(code, by=by, at=at)):
        ask_how_it_stands(code, at=at)


def more_time(code: str, bill: str, *, by: Actor, at: datetime) -> None:
    """
    Have the unit let a bill whose time ran out be paid for some more days; again changes nothing.

    :raises NotHanded: if the actor has no such dossier, or the unit does not have it yet
    :raises TooOften: if the actor asked too often
    :raises CallRefused: if the unit says no: it is paid, or cancelled
    :raises NoAnswerThere: if the unit does not answer
    """
    row = _mine(code, by=by, at=at)
    with _answering(row):
        hear(row, _asked(row, f"dossiers/{code}/bills/{bill}/renewals", b"{}", at=at), at=at)


def way_to_bank(code: str, bill: str, *, back: str, by: Actor, at: datetime) -> str:
    """
    Return the address of the unit's bank at which a bill is paid; asked again, it is one payment.

    :param back: path of ours that the bank sends the payer back to
    :raises NotHanded: if the actor has no such dossier, or the unit does not have it yet
    :raises TooOften: if the actor asked too often
    :raises BankUnclear: if what the unit names is not the bank it told us of
    :raises CallRefused: if the unit says no
    :raises NoAnswerThere: if the unit does not answer
    """
    row = _mine(code, by=by, at=at)
    here = member_known(own_members()[0]).address.rstrip("/")
    body = msgspec.json.encode({"back": f"{here}{back}"})
    with _answering(row):
        reply = _asked(row, f"dossiers/{code}/bills/{bill}/payments", body, at=at)
        address = read_told(reply, Opened, member=row.member).address
    told = next((x for x in bills_in(row.told) if x.id == bill), None)
    pages = told.account.bank_pages if told and told.account else ""
    if not pages or not address.startswith(f"{pages}/"):
        raise BankUnclear(member=row.member)
    return address


def _mine(code: str, *, by: Actor, at: datetime) -> Handed:
    row = Handed.objects.followed_by(by).filter(code=code, handing=Handing.TAKEN).first()
    if row is None:
        raise NotHanded(dossier=code[:60])
    check_rate("forwarding.pay", by.id, times=OFTEN, seconds=60, at=at)
    return row


@contextmanager
def _answering(row: Handed) -> Iterator[None]:
    """Say for who waits, in their words, that the unit's portal does not answer."""
    try:
        yield
    except Unavailable as silent:
        raise NoAnswerThere(member=member_known(row.member).title) from silent


def _asked(row: Handed, path: str, body: bytes, *, at: datetime) -> bytes:
    reply = call(row.member, SERVICE, path, body=body, purpose=PURPOSE, at=at, timeout=TIMEOUT)
    return reply.body
