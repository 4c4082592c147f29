"""Begin at the counter once more with what another portal did not take."""

from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime

from motcua.agencies.queries.agencies import office
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import Draft
from motcua.dossiers.operations.counter import ClerksOnly, NotAtCounter
from motcua.dossiers.operations.filing import NoSuchDraft
from motcua.kernel.actors import Actor, Role
from motcua.packs.queries.packs import Channel, pack_for

__all__ = ["begin_again"]

_SAID_ANEW = ("signed", "strokes", "papers")
"""What is said each time that something is filed, and so not taken over."""


@one_transaction
def begin_again(
    code: str, *, applicant: str, filer: str, claimable: bool, by: Actor, at: datetime
) -> UUID:
    """
    Begin a draft for whom the actor's desk filed something; return its id. It has no answers yet.

    :param applicant: whose it is now, an account where they took it over since
    :param claimable: whether they have none yet
    :raises ClerksOnly: if the actor is no clerk of the desk
    :raises NoSuchDraft: if nothing was filed there under this code
    :raises NotAtCounter: if the procedure is not taken that way any more
    """
    if by.agency is None or not by.serves(by.agency, Role.CLERK):
        raise ClerksOnly
    old = Draft.objects.filter(filed_as=code, counter__isnull=False).first()
    noted = old.counter if old else None
    if old is None or noted is None or office(noted["office"]).agency != by.agency:
        raise NoSuchDraft(draft=code[:60])
    definition = pack_for(old.procedure, on=localtime(at).date())
    if definition is None or Channel(noted["channel"]) not in definition.channels:
        raise NotAtCounter
    kept = {name: value for name, value in noted.items() if name not in _SAID_ANEW}
    draft = Draft.objects.create(
        applicant=by.id,
        procedure=old.procedure,
        pack=definition.version,
        counter=kept | {"applicant": applicant, "filer": filer, "claimable": claimable},
        updated_at=at,
    )
    return draft.pk
