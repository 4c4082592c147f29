"""The result paper of a dossier: what it is drawn from, and how it would look."""

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import agency
from motcua.backbone.looks import record_look
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossiers import UnknownDossier
from motcua.forms.queries.forms import result_values
from motcua.identity.queries.relatives import near_to
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack, result_for
from motcua.packs.queries.results import paper_of

DRAFT = """
#set page(foreground: rotate(-30deg, text(size: 60pt, fill: rgb(140, 27, 29, 45))[DỰ THẢO]))
"""
"""Said across every page of a result that nobody has approved."""


@for_rooms
def result_facts(dossier: Dossier, *, approved_by: str, approved_on: date) -> dict[str, Any]:
    """Return what the pack's result template reads."""
    filed_on = localtime(dossier.filed_at).date()
    return {
        "code": dossier.code,
        "number": dossier.code.rpartition("-")[2],
        "agency": agency(dossier.agency).name,
        "applicant": dossier.applicant_name,
        "values": result_values(pack(dossier.pack).form, dossier.answers, "vi", on=filed_on),
        "approved_by": approved_by,
        "approved_on": approved_on.isoformat(),
    }


def draft_of_result(code: str, *, by: Actor, at: datetime, purpose: str) -> bytes:
    """
    Return the result as it would be issued if the actor approved it now, marked as a draft.

    The look is written down for the applicant to see.

    :raises UnknownDossier: if the actor's agency has no such dossier, or it concerns them
    """
    here = Dossier.objects.visible_to(by).filter(code=code, agency=by.agency or "-")
    found = here.of_strangers_to(near_to(by.id)).first()
    if found is None:
        raise UnknownDossier(dossier=code)
    record_look(
        found.applicant, N_("Draft of the result"), reference=code, purpose=purpose, by=by, at=at
    )
    facts = result_facts(found, approved_by=by.name, approved_on=localtime(at).date())
    definition = pack(found.pack)
    result = result_for(definition, found.answers, on=localtime(found.filed_at).date())
    return paper_of(definition, result, facts, before=DRAFT)
