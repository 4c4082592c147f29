"""Who stands behind a dossier, by what authority, and what they are told of it."""

from dataclasses import replace
from datetime import datetime

from motcua.dossiers.queries.dossiers import DossierView, UnknownDossier, dossier
from motcua.dossiers.rules.words import may_read_reason
from motcua.identity.queries.authorities import NoSuchAuthority
from motcua.kernel.actors import Actor


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


def as_told(view: DossierView, *, by: Actor) -> DossierView:
    """Return a dossier without what officials wrote to each other, for whom it concerns."""
    told = (
        x if may_read_reason(x.step, own=x.by == by.id) else replace(x, reason="")
        for x in view.history
    )
    return replace(view, history=tuple(told))
