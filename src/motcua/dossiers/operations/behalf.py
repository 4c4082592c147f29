"""Filing a draft in the name of somebody whom its owner may act for."""

from datetime import datetime

from motcua.dossiers.models import Draft
from motcua.dossiers.operations.filing_checks import ForWhom
from motcua.dossiers.operations.standing import ActingEnded
from motcua.identity.queries.authorities import Authority, known_authority
from motcua.identity.queries.people import has_account
from motcua.kernel.actors import Actor


def whose(draft: Draft, *, by: Actor, at: datetime) -> ForWhom | None:
    """
    Return in whose name a draft is filed, ``None`` for its owner's.

    :raises ActingEnded: if the authority is over by now
    """
    if draft.authority is None:
        return None
    found = usable(str(draft.authority), draft, by=by, at=at)
    if found is None:
        raise ActingEnded(name=draft.for_name)
    claimable = not has_account(found.principal)
    return ForWhom(found.principal, found.principal_name, draft.authority, by.id, claimable)


def usable(authority: str, draft: Draft, *, by: Actor, at: datetime) -> Authority | None:
    """Return the authority, if the actor may file this draft by it now."""
    found = known_authority(authority, at=at)
    if found is None or found.agent != by.id or not found.holds:
        return None
    return found if found.covers(draft.procedure) else None
