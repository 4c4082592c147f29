"""Who looked at whose data, and why: written at each look, readable by the person concerned."""

from dataclasses import dataclass
from datetime import datetime

from motcua.backbone.models import Look
from motcua.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class LookSeen:
    """One look at a person's data, as they may see it."""

    id: int
    what: str
    reference: str
    purpose: str
    by_name: str
    agency: str
    at: datetime


def record_look(
    person: str, what: str, *, purpose: str, by: Actor, at: datetime, reference: str = ""
) -> None:
    """
    Write down that ``by`` looked at ``what`` of ``person``; one's own data needs no record.

    :param person: id of the actor whose data it is
    :param what: an English translation key, such as ``N_("Dossier")``
    :param purpose: why, as an English translation key or free text
    :param reference: what it belongs to, such as a dossier code
    """
    if by.id == person:
        return
    Look.objects.create(
        person=person,
        what=what,
        reference=reference,
        purpose=purpose,
        by=by.id,
        by_name=by.name,
        agency=by.agency or "",
        at=at,
    )


def looks_at_me(*, by: Actor, before: int | None = None, limit: int = 50) -> list[LookSeen]:
    """Return the latest looks at the actor's own data, newest first, older than id ``before``."""
    mine = Look.objects.filter(person=by.id)
    if before is not None:
        mine = mine.filter(id__lt=before)
    return [
        LookSeen(x.pk, x.what, x.reference, x.purpose, x.by_name, x.agency, x.at)
        for x in mine.order_by("-id")[:limit]
    ]
