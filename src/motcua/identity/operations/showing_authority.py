"""Show the paper a declared authority rests on, and say what it covers, before it is checked."""

from datetime import datetime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.identity.events import AuthoritySupported
from motcua.identity.models import Authority
from motcua.identity.operations.authorities import AuthorityOver, NotYourAuthority
from motcua.identity.queries.authorities import NoSuchAuthority, Standing, standing_of
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_

__all__ = ["AuthorityOver", "CheckedAlready", "NotYourAuthority", "hold_of", "show_authority"]


class CheckedAlready(Conflict):
    code = "identity.authority-checked-already"
    message = N_(
        "This authority has been confirmed as it is. End it and add a new one to change it."
    )


def hold_of(authority_id: str) -> str:
    """Return what holds the file of an authority's paper."""
    return f"authority:{authority_id}"


@one_transaction
def show_authority(
    authority_id: str, *, document: str, procedures: frozenset[str], by: Actor, at: datetime
) -> str:
    """
    Keep the paper of an authority its agent declared; return the id of the file it replaces.

    :param document: the id of the file, which the caller has tied to ``hold_of`` the authority
    :param procedures: the codes it covers; empty for all
    :raises NoSuchAuthority: if there is none that the actor may see
    :raises NotYourAuthority: if it is not the one who declared it
    :raises AuthorityOver: if it has ended
    :raises CheckedAlready: if it has been confirmed
    """
    row = Authority.objects.of(by.id).known_as(authority_id).select_for_update().first()
    if row is None or not by.id:
        raise NoSuchAuthority
    if row.agent != by.id or row.recorded_by != by.id:
        raise NotYourAuthority
    standing = standing_of(row, at=at)
    if standing is Standing.ENDED:
        raise AuthorityOver
    if standing is Standing.CONFIRMED:
        raise CheckedAlready
    before = row.document if row.document != document else ""
    row.document, row.procedures = document, sorted(procedures)
    row.save(update_fields=["document", "procedures"])
    shown = AuthoritySupported(
        subject=authority_id,
        principal=row.principal,
        agent=row.agent,
        document=document,
        procedures=row.procedures,
    )
    announce(shown, by=by, at=at)
    return before
