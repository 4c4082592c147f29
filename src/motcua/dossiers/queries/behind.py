"""By what authority somebody stands behind a dossier."""

from datetime import datetime

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.dossiers import UnknownDossier, dossier
from motcua.identity.queries.authorities import NoSuchAuthority
from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms


def authority_behind(code: str, *, by: Actor, at: datetime) -> str:
    """
    Return the id of the authority by which a dossier of the official's agency was filed.

    :raises UnknownDossier: if the official's agency has no such dossier
    :raises NoSuchAuthority: if it was filed by none
    """
    view = dossier(code, by=by, at=at)
    if view.agency != by.agency:
        raise UnknownDossier(dossier=code)
    if view.authority is None:
        raise NoSuchAuthority
    return str(view.authority)


@for_rooms
def procedures_filed_by(authority: str, applicant: str) -> frozenset[str]:
    """Return in which procedures dossiers were filed for somebody by an authority."""
    filed = Dossier.objects.filter(applicant=applicant, authority=authority).order_by()
    return frozenset(filed.values_list("procedure", flat=True).distinct())
