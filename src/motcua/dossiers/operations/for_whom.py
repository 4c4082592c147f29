"""In whose name a draft will be filed: the one who types it, or somebody they act for."""

from datetime import datetime
from uuid import UUID

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.behalf import usable
from motcua.dossiers.operations.drafts import locked_draft
from motcua.identity.queries.authorities import NoSuchAuthority
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack
from motcua.registries.operations.consenting import withdraw_consent


class OnlyForOneself(Conflict):
    code = "dossiers.only-for-oneself"
    message = N_(
        "Several dossiers at once are filed only in one's own name. "
        "Go to the one-stop office to file them for somebody else."
    )


@one_transaction
def file_for(draft_id: UUID, authority: str | None, *, by: Actor, at: datetime) -> None:
    """
    Note by which authority a draft will be filed, and so for whom; ``None`` for oneself.

    :raises NoSuchDraft: if the actor has no such draft
    :raises AlreadyFiled: if it was filed in the meantime
    :raises NoSuchAuthority: if it is not the actor who may act by it, now and in this procedure
    :raises OnlyForOneself: if the draft is of a linked filing
    """
    draft = locked_draft(draft_id, by=by)
    found = None if authority is None else usable(authority, draft, by=by, at=at)
    if authority is not None and found is None:
        raise NoSuchAuthority
    if found is not None and pack(draft.pack).parts:
        raise OnlyForOneself
    if found is not None:
        withdraw_consent(str(draft.pk), by=by, at=at)
    draft.for_whom = found.principal if found else ""
    draft.for_name = found.principal_name if found else ""
    draft.authority = UUID(found.id) if found else None
    draft.save(update_fields=["for_whom", "for_name", "authority"])
