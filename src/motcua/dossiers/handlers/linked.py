"""What a linked filing does when one of its dossiers moved, and what its applicant is told."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.dossiers.events import (
    DossierMoved,
    LinkedPartDropped,
    LinkedPartStuck,
    ResultIssued,
)
from motcua.dossiers.operations.linked_going import go_on_after
from motcua.dossiers.queries.linked import told_of_part
from motcua.dossiers.rules.lifecycle import State
from motcua.dossiers.rules.linked import ENDED
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell

SEE_ALL = N_("See the whole filing")

DROPPED = Kind(
    "dossiers.linked-dropped",
    N_("{part} does not go on"),
    N_("{title} ({code}): {part} waited for a part that came to nothing. See why, and what to do."),
    SEE_ALL,
)
STUCK = Kind(
    "dossiers.linked-stuck",
    N_("{part} could not be opened yet"),
    N_("{title} ({code}): we try again by ourselves. See why; you need not do anything now."),
    SEE_ALL,
)

register_kinds(DROPPED, STUCK)


@listen(ResultIssued)
def open_what_waited(event: ResultIssued, now: datetime) -> None:
    """Open the parts that waited for this result."""
    go_on_after(event.subject, by=Actor.system("linked"), at=now)


def _ends_it(event: DossierMoved) -> bool:
    return State(event.state) in ENDED


@listen(DossierMoved, when=_ends_it)
def drop_what_waited(event: DossierMoved, now: datetime) -> None:
    """Drop the parts that waited for a dossier that was refused, stopped or withdrawn."""
    go_on_after(event.subject, by=Actor.system("linked"), at=now)


@listen(LinkedPartDropped)
def tell_dropped(event: LinkedPartDropped, now: datetime) -> None:
    """Tell the applicant that a part does not go on, unless they wished so."""
    if not event.asked:
        _tell(DROPPED, event.subject, event.part, event.applicant, at=now)


@listen(LinkedPartStuck)
def tell_stuck(event: LinkedPartStuck, now: datetime) -> None:
    """Tell the applicant that a part could not be opened, once a reason."""
    _tell(STUCK, event.subject, event.part, event.applicant, at=now, source=event.reason)


def _tell(
    kind: Kind, code: str, part: str, applicant: str, *, at: datetime, source: str = ""
) -> None:
    tell(
        applicant,
        kind.name,
        subject=code,
        facts={"code": code, **told_of_part(code, part)},
        link=f"/ho-so/lien-thong/{code}/",
        at=at,
        source=f"{part}:{source}",
    )
