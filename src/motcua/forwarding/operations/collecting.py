"""Help an applicant at another portal to pay a bill of ours: more time, and the way to our bank."""

from typing import Annotated, BinaryIO
from urllib.parse import urlsplit

import msgspec

from motcua.exchange.queries.members import member_known
from motcua.forwarding.operations.taking import Arrived
from motcua.forwarding.queries.taken import standing_row
from motcua.forwarding.rules.manifest import BadManifest
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Forbidden, NotFound
from motcua.kernel.reading import NotReadable, read_json
from motcua.kernel.text import N_
from motcua.payments.operations.billing import renew_bill
from motcua.payments.operations.starting import start_payment
from motcua.payments.queries.bills import BillSeen, bills_under
from motcua.payments.queries.ways import way_to_pay

__all__ = ["BackElsewhere", "NoBankHere", "UnknownBill", "open_payment", "renew"]

MOST = 4096
"""Bytes that may say where the bank sends the payer back to."""


class UnknownBill(NotFound):
    code = "forwarding.unknown-bill"
    message = N_("{dossier} has no such bill. Ask how the dossier stands.")


class BackElsewhere(Forbidden):
    code = "forwarding.back-elsewhere"
    message = N_("The bank sends payers back to the portal of {member} only, not to {back}.")


class NoBankHere(Conflict):
    code = "forwarding.no-bank"
    message = N_("This portal takes no transfers at present. Pay in cash at the one-stop desk.")


class Back(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the bank sends the payer back to."""

    back: Annotated[str, msgspec.Meta(max_length=500)]


def renew(code: str, bill: str, came: Arrived) -> None:
    """
    Let a bill whose time ran out be paid for three more days; one that still runs is left alone.

    :raises NotHandedOn: if the member has handed on no such dossier
    :raises UnknownBill: if the dossier has no such bill
    :raises BillSettled: if it is paid or cancelled
    """
    found = _bill(code, bill, came)
    renew_bill(found.id, by=Actor(found.payer), at=came.at)


def open_payment(code: str, bill: str, body: BinaryIO, came: Arrived) -> str:
    """
    Return our bank's address for the payer of a bill; asked again, it is the same payment.

    :raises NotHandedOn: if the member has handed on no such dossier
    :raises UnknownBill: if the dossier has no such bill
    :raises BadManifest: if it is not said where the bank sends the payer back to
    :raises BackElsewhere: if that is not at the portal of who asks
    :raises NoBankHere: if this portal has no bank
    :raises Refusal: as starting a payment does
    """
    found = _bill(code, bill, came)
    try:
        back = read_json(body.read(MOST), Back).back
    except NotReadable as error:
        raise BadManifest("$", str(error)[:300]) from error
    if urlsplit(back)[:2] != urlsplit(member_known(came.member).address)[:2]:
        raise BackElsewhere(member=came.member, back=back[:60])
    way = way_to_pay(found)
    if way is None:
        raise NoBankHere
    return start_payment(found.id, way.name, back=back, by=Actor(found.payer), at=came.at)


def _bill(code: str, bill: str, came: Arrived) -> BillSeen:
    stands = standing_row(code, by=came.by)
    found = next((each for each in bills_under(stands.code) if each.id == bill), None)
    if found is None:
        raise UnknownBill(dossier=code[:60])
    return found
