"""What a notice about a dossier needs to know."""

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.scope import for_rooms
from motcua.packs.queries.packs import pack


@dataclass(frozen=True, slots=True)
class Told:
    """Whom to tell about a dossier, and its name in both languages."""

    applicant: str
    title: str
    title_en: str
    due_at: datetime
    fee: int


@for_rooms
def told_of(code: str) -> Told:
    """Return what a notice about a dossier says of it."""
    found = Dossier.objects.only("applicant", "title", "pack", "due_at", "fee").get(code=code)
    return Told(
        applicant=found.applicant,
        title=found.title,
        title_en=pack(found.pack).title.en,
        due_at=found.due_at,
        fee=found.fee,
    )


@for_rooms
def number_of_step(code: str, step: Step, reason: str) -> int:
    """Return the number of the latest such step of a dossier, to tell of each once."""
    taken = Transition.objects.filter(dossier__code=code, step=step, reason=reason)
    return taken.order_by("-id").values_list("id", flat=True)[0]
