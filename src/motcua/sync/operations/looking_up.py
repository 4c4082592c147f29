"""Answering a portal above that looks a dossier up which is ours."""

from datetime import datetime
from typing import Any

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.looks import record_look
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.queries.outward import number_of
from motcua.exchange.queries.members import own_members
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_
from motcua.sync.models import System
from motcua.sync.operations.composing import batch_of
from motcua.sync.queries.origins import ours_under
from motcua.sync.rules.codes import member_of, place_of
from motcua.sync.rules.legacy.writing import dossier_text, step_text

__all__ = ["look_up_ours"]
WHAT = N_("Dossier, as other portals are told of it")
WHY = N_("A portal above looked it up")


@one_transaction
def look_up_ours(system: System, code: str, *, at: datetime) -> dict[str, Any] | None:
    """
    Return a dossier of ours with its steps, for ``TraCuuHoSo`` of a portal above; else nothing.

    It says what we would tell that portal of it. The code may be the one the dossier had there.
    The look is written down for the applicant.
    """
    if not system.above:
        return None
    ours = ours_under(code, member=system.member) or code
    place = place_of(ours)
    if place is None or member_of(place.member) not in own_members():
        return None
    number = number_of(ours)
    if number is None:
        return None
    batch, applicant = batch_of(number)
    by = Actor(id=f"sync:{system.username}", name=system.title, agency=system.member)
    record_look(applicant, WHAT, purpose=WHY, by=by, at=at, reference=ours)
    (said,) = batch.dossiers
    agency = said.dossier.agency
    told = dossier_text(said, agency_name=names_of({agency}).get(agency, agency))
    steps = zip(batch.steps, batch.times, strict=True)
    return {**told, "DanhSachTienDo": [step_text(step, time) for step, time in steps]}
