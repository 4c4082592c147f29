"""What became of dossiers that other members handed on to us."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime

from motcua.dossiers.queries.handed_on import HandedStanding, handed_standing
from motcua.files.queries.kept import content_for_room, infos_for_room
from motcua.forwarding.models import Taken
from motcua.forwarding.queries.billed import bills_told
from motcua.forwarding.rules.answers import ResultTold, Said, Standing
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_

__all__ = ["Came", "NotHandedOn", "came_from", "result_of", "standing_of", "standing_row"]


class NotHandedOn(NotFound):
    code = "forwarding.unknown-dossier"
    message = N_("{member} has handed no dossier {dossier} on to us. Check the code.")


@dataclass(frozen=True, slots=True)
class Came:
    """Where a dossier came from, and what was vouched for there about its applicant."""

    member: str
    code: str
    entry: UUID
    person: dict[str, Any]
    at: datetime


@for_rooms
def came_from(dossier: str) -> Came | None:
    """Return where a dossier of ours was handed on, nothing where it was filed here."""
    row = Taken.objects.filter(dossier=dossier).first()
    return None if row is None else Came(row.member, row.code, row.entry, row.person, row.at)


def standing_of(code: str, *, by: Actor) -> Standing:
    """
    Return how a dossier stands that the asking member handed on, by the member's own code.

    :raises NotHandedOn: if it handed on none such
    """
    stands = standing_row(code, by=by)
    files = infos_for_room([stands.result] if stands.result else [])
    return Standing(
        code=stands.code,
        number=stands.number,
        agency=stands.agency,
        due_at=localtime(stands.due_at),
        fee=stands.fee,
        paid=stands.paid,
        asked=stands.asked,
        round=stands.asked_times,
        wait_until=localtime(stands.wait_until) if stands.wait_until else None,
        steps=[Said(x.step.value, x.number, localtime(x.at), x.reason) for x in stands.steps],
        results=[ResultTold(x.id, x.name, x.media_type, x.size, x.sha256) for x in files],
        bills=bills_told(stands.code),
    )


def result_of(code: str, file: str, *, by: Actor) -> tuple[bytes, str]:
    """
    Return a result of a dossier that the asking member handed on, and its media type.

    :raises NotHandedOn: if it handed on none such, or this is not its result
    """
    stands = standing_row(code, by=by)
    found = infos_for_room([stands.result]) if stands.result and file == stands.result else []
    if not found:
        raise NotHandedOn(member=by.agency or "", dossier=code[:60])
    return content_for_room(found[0].id), found[0].media_type


def standing_row(code: str, *, by: Actor) -> HandedStanding:
    """
    Return the dossier that the asking member handed on under its code.

    :raises NotHandedOn: if it handed on none such
    """
    row = Taken.objects.filter(member=by.agency or "-", code=code).first()
    stands = handed_standing(row.dossier) if row else None
    if stands is None:
        raise NotHandedOn(member=by.agency or "", dossier=code[:60])
    return stands
