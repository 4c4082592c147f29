"""Try again what waits, and let an applicant file again what the unit did not take."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from motcua.backbone.journal import announce
from motcua.backbone.operators import check_operates
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.counter_again import begin_again
from motcua.dossiers.operations.drafts import attach, begin_draft, save_answers
from motcua.files.operations.keeping import copy
from motcua.forwarding.events import TriedAgain
from motcua.forwarding.models import Handed
from motcua.forwarding.operations.outbox import have_sent_now, waiting_of
from motcua.forwarding.queries.handed import NotHanded
from motcua.forwarding.rules.manifest import Manifest, renamed
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_

__all__ = ["NotRefused", "file_again", "file_again_at_desk", "try_again"]


class NotRefused(Conflict):
    code = "forwarding.not-refused"
    message = N_("This dossier was not refused: there is nothing to file again.")


@one_transaction
def try_again(code: str, *, by: Actor, at: datetime) -> None:
    """
    Send now what waits of a dossier, whatever time its next try is put off to.

    :raises OperatorsOnly: if the actor does not look after the portal
    :raises NotHanded: if nothing with this code waits
    """
    check_operates(by)
    waits = waiting_of(code)
    if not waits:
        raise NotHanded(dossier=code[:60])
    have_sent_now(waits, at=at)
    announce(TriedAgain(subject=code), by=by, at=at)


@one_transaction
def file_again(code: str, *, by: Actor, at: datetime) -> UUID:
    """
    Begin a draft with all that was in a dossier which the unit did not take; return its id.

    :raises NotHanded: if the actor has no such dossier
    :raises NotRefused: if the unit took it, or has not answered
    :raises NotOnline: if the procedure cannot be filed online any more
    """
    row = Handed.objects.visible_to(by).filter(code=code).first()
    if row is None:
        raise NotHanded(dossier=code[:60])
    if row.handing != Handing.REFUSED:
        raise NotRefused
    draft = begin_draft(row.procedure, by=by, at=at)
    _fill(draft, row, by=by, at=at)
    return draft


@one_transaction
def file_again_at_desk(code: str, *, by: Actor, at: datetime) -> UUID:
    """
    Begin a draft at the counter with all that the unit did not take of what the desk took.

    :raises NotHanded: if the actor's desk took no such dossier
    :raises NotRefused: if the unit took it, or has not answered
    :raises NotAtCounter: if the procedure is not taken at a counter any more
    """
    row = Handed.objects.taken_at(by).filter(code=code).first()
    if row is None:
        raise NotHanded(dossier=code[:60])
    if row.handing != Handing.REFUSED:
        raise NotRefused
    whose: dict[str, Any] = {"applicant": row.applicant, "filer": row.filer}
    draft = begin_again(code, **whose, claimable=bool(row.claim), by=by, at=at)
    _fill(draft, row, by=by, at=at)
    return draft


def _fill(draft: UUID, row: Handed, *, by: Actor, at: datetime) -> None:
    """Put the answers of a dossier, and copies of its files, into a draft."""
    told = msgspec.json.decode(row.manifest, type=Manifest)
    names = {x.id: copy(x.id, owner=by.id, to="", by=by, at=at).id for x in told.files}
    save_answers(draft, renamed(told.answers, names), by=by, at=at)
    for paper, files in told.papers.items():
        for file in files:
            attach(draft, paper, names[file], by=by, at=at)
