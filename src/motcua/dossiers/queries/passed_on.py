"""What an agency still knows of a dossier that it passed on: what it knew when it did."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import names_of
from motcua.backbone.looks import record_look
from motcua.dossiers.models import Transition
from motcua.dossiers.rules.lifecycle import Step
from motcua.dossiers.rules.purposes import purpose_of
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_


@dataclass(frozen=True, slots=True)
class PassedOn:
    """That a dossier was passed on: by whom, when, where to and why; nothing of later."""

    code: str
    title: str
    to: str
    to_name: str
    by_name: str
    at: datetime
    reason: str


class NoLongerHere(Forbidden):
    code = "dossiers.no-longer-here"
    message = N_(
        "{by_name} passed dossier {dossier} on to {agency_name} at {when}: “{reason}” "
        "Ask there how it goes on."
    )

    def __init__(self, known: PassedOn) -> None:
        super().__init__(
            dossier=known.code,
            agency=known.to,
            agency_name=known.to_name,
            by_name=known.by_name,
            at=known.at.isoformat(),
            when=f"{known.at:%H:%M %d/%m/%Y}",
            reason=known.reason,
        )
        self.known = known


def no_longer_here(code: str, *, by: Actor, at: datetime) -> NoLongerHere | None:
    """
    Return the refusal to show a dossier to officials of an agency that passed it on, if it did.

    That they were told is written down for the applicant like any other look.
    """
    if not by.is_official or not by.agency:
        return None
    found = (
        Transition.objects.filter(
            dossier__code=code, step=Step.TRANSFER, details__contains={"from": [by.agency]}
        )
        .select_related("dossier")
        .order_by("-id")
        .first()
    )
    if found is None:
        return None
    (to,) = found.details["to"]
    dossier, what = found.dossier, N_("That a dossier was passed on to another agency, and why")
    purpose = purpose_of(by)
    record_look(dossier.applicant, what, reference=code, purpose=purpose, by=by, at=at)
    names = names_of({to})
    known = PassedOn(
        code=code,
        title=dossier.title,
        to=to,
        to_name=names.get(to, to),
        by_name=found.by_name,
        at=localtime(found.at),
        reason=found.reason,
    )
    return NoLongerHere(known)
