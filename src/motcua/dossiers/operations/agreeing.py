"""The person a filing is for lets registries be asked about them, or takes it back."""

from datetime import datetime
from uuid import UUID

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import Draft
from motcua.dossiers.operations.drafts import locked_draft
from motcua.dossiers.queries.known import Whom, whom_of
from motcua.dossiers.queries.statements import statement_of
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Forbidden, Invalid
from motcua.kernel.text import N_
from motcua.packs.queries.packs import pack
from motcua.registries.operations.consenting import Statement, give_consent, withdraw_consent


class NobodyToAsk(Forbidden):
    code = "dossiers.nobody-to-ask"
    message = N_(
        "Registries are asked only about who files for themself and has proven who they are. "
        "Fill the form in without them."
    )


class NotSaid(Invalid):
    code = "dossiers.not-said"
    message = N_("Tick that the person before you has agreed, or go on without the registries.")


class StatementChanged(Conflict):
    code = "dossiers.statement-changed"
    message = N_("This is no longer what would be agreed to. Show the statement of today first.")


@one_transaction
def agree(
    draft_id: UUID,
    language: str,
    *,
    said: bool = True,
    shown: str | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """
    Note that the person agreed to what the page says, in the language they read it in.

    :param said: at the counter, that the clerk heard them say so
    :param shown: the digest of what another program showed them, `Told.digest`
    :raises NoSuchDraft: if the actor has no such draft
    :raises AlreadyFiled: if it was filed in the meantime
    :raises NobodyToAsk: if registries may be asked about nobody for it
    :raises NotSaid: if the clerk does not say that the person agreed
    :raises StatementChanged: if they were shown other words
    """
    draft = locked_draft(draft_id, by=by)
    whom = _whom(draft, by=by, at=at)
    if not said:
        raise NotSaid(problems=[{"at": "said", "message": NotSaid.message}])
    definition = pack(draft.pack)
    told = statement_of(definition, language)
    if not told.registers:
        raise NobodyToAsk
    if shown is not None and shown != told.digest:
        raise StatementChanged
    agreed = Statement(definition.code, tuple(told.registers), told.wording, told.text)
    give_consent(str(draft.pk), agreed, person=whom.id, by=by, at=at)


@one_transaction
def disagree(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """
    Ask nothing more for a draft; what was taken over into its answers stays.

    :raises NoSuchDraft: if the actor has no such draft
    :raises AlreadyFiled: if it was filed: what it was filed with is part of the dossier
    """
    draft = locked_draft(draft_id, by=by)
    withdraw_consent(str(draft.pk), by=by, at=at)


def _whom(draft: Draft, *, by: Actor, at: datetime) -> Whom:
    found = whom_of(draft, by=by, at=at)
    if found is None:
        raise NobodyToAsk
    return found
