"""What a desk here took for people, and another portal processes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.looks import record_look
from motcua.dossiers.queries.elsewhere import State
from motcua.forwarding.models import Handed
from motcua.forwarding.queries.handed import HandedView, NotHanded, state_of, view_of
from motcua.forwarding.rules.states import Handing
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_

__all__ = ["PAGE", "AtDesk", "DeskLine", "at_desk", "taken_at_desk", "takes_any"]

PAGE = 30
ONE_LOOK = timedelta(minutes=1)
"""Its pages and files opened one after the other within this are one look to a person."""
PURPOSE = N_("Follow what the desk took for the person")
WHAT = N_("Dossier")


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A dossier that the desk took: for which agency, and where it stands; no names."""

    id: int
    code: str
    title: str
    agency_name: str
    filed_at: datetime
    handing: Handing
    state: State


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A dossier that the desk took, as its receipt tells it; ``claim`` is the receipt's secret."""

    view: HandedView
    claim: str
    filer_name: str


def taken_at_desk(*, by: Actor, before: int | None) -> list[DeskLine]:
    """Return what the actor's desk took, the newest first; one more than a page where there is."""
    rows = Handed.objects.taken_at(by).defer("manifest", "told")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[: PAGE + 1])
    names = names_of({row.agency for row in found}) if found else {}
    return [
        DeskLine(
            id=row.pk,
            code=row.code,
            title=row.title,
            agency_name=names.get(row.agency, row.agency),
            filed_at=row.filed_at,
            handing=Handing(row.handing),
            state=state_of(row),
        )
        for row in found
    ]


def takes_any(*, by: Actor) -> bool:
    """Tell whether the actor's desk took anything for another portal."""
    return Handed.objects.taken_at(by).exists()


def at_desk(code: str, *, by: Actor, at: datetime) -> AtDesk:
    """
    Return a dossier that the actor's desk took; the look is written down, once in a minute.

    :raises NotHanded: if the desk took none such
    """
    row = Handed.objects.taken_at(by).filter(code=code).first()
    if row is None:
        raise NotHanded(dossier=code[:60])
    facts: dict[str, Any] = {"purpose": PURPOSE, "by": by, "at": at, "reference": code}
    record_look(row.applicant, WHAT, **facts, unless_since=at - ONE_LOOK)
    view = view_of(row)
    told = view.manifest
    return AtDesk(view, row.claim, (told.acting or told.applicant).name)
