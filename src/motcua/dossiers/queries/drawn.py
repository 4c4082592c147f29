"""The signature that an applicant drew at the counter, of a dossier that was read."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from motcua.dossiers.models import Draft, LinkedPart
from motcua.dossiers.queries.dossiers import DossierView
from motcua.dossiers.queries.milestones import ONLINE
from motcua.kernel.scope import for_rooms


@dataclass(frozen=True, slots=True)
class Drawn:
    """A signature as it was drawn, an SVG path within 600 × 200: by whom, when, before whom."""

    strokes: str
    name: str
    at: datetime
    clerk: str


@for_rooms
def signature_drawn(view: DossierView) -> Drawn | None:
    """
    Return the signature drawn when a dossier came in over the counter, if one was.

    One statement, two for a part of a linked filing; none for what was filed online.
    """
    if view.channel == ONLINE or not view.history:
        return None
    code = view.code
    if view.linked:
        part = LinkedPart.objects.filter(dossier=code).values_list("filing__code", flat=True)
        code = part.first() or code
    noted = Draft.objects.filter(filed_as=code, counter__strokes__isnull=False)
    counter = noted.values_list("counter", flat=True).first()
    if not counter or not counter["strokes"]:
        return None
    filed = view.history[0]
    return Drawn(counter["strokes"], counter["filer_name"], localtime(filed.at), filed.by_name)
