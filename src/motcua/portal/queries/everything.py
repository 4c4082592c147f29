"""Everything the portal keeps about a person, room by room; and what was made ready of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.queries.export import my_dossiers_whole, my_handed_files
from motcua.forwarding.queries.export import my_handed_on, my_handed_on_files
from motcua.identity.queries.export import my_account
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.exports import HandedFile, Sheet
from motcua.kernel.text import N_
from motcua.notices.queries.export import my_notices_whole
from motcua.payments.queries.export import my_payments
from motcua.portal.models import Export, Piece
from motcua.registries.queries.consents import my_registries


class NothingReady(NotFound):
    code = "portal.nothing-ready"
    message = N_("There is nothing to download yet, or its seven days are over. Ask for it again.")


@dataclass(frozen=True, slots=True)
class ExportSeen:
    """What was asked for and how far it is: ``done`` of 100; ``until`` is set once it is ready."""

    id: str
    asked_at: datetime
    done: int
    ready_at: datetime | None
    until: datetime | None
    size: int
    left_out: int


def sheets_of(*, by: Actor, at: datetime) -> tuple[Sheet, ...]:
    """Return all tables about the actor, in the language that is active."""
    return (
        *my_account(by=by, at=at),
        *my_dossiers_whole(by=by),
        *my_handed_on(by=by),
        *my_payments(by=by),
        *my_notices_whole(by=by),
        *my_registries(by=by),
    )


def files_of(*, by: Actor) -> list[HandedFile]:
    """Return the files that go with them, each once."""
    seen: dict[str, HandedFile] = {}
    for each in (*my_handed_files(by=by), *my_handed_on_files(by=by)):
        seen.setdefault(each.id, each)
    return list(seen.values())


def my_export(*, by: Actor) -> ExportSeen | None:
    """Return what the actor asked for last, if it is still kept; one statement."""
    row = Export.objects.visible_to(by).first()
    if row is None:
        return None
    return ExportSeen(
        str(row.pk), row.asked_at, row.done, row.ready_at, row.until, row.size, row.left_out
    )


def pieces_of_mine(*, by: Actor, at: datetime) -> Iterator[bytes]:
    """
    Return the actor's archive piece by piece: one statement and one mebibyte at a time.

    :raises NothingReady: if nothing is ready, or no longer
    """
    row = Export.objects.visible_to(by).filter(ready_at__isnull=False, until__gt=at).first()
    if row is None:
        raise NothingReady
    return _pieces(row)


def _pieces(row: Export) -> Iterator[bytes]:
    number = 0
    pieces = Piece.objects.filter(export=row.pk)
    while (data := pieces.filter(number=number).values_list("data", flat=True).first()) is not None:
        yield bytes(data)
        number += 1
