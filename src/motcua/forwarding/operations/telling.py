"""Tell the unit that a desk here gave its result out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.backbone.http.refusals import sentence_of
from motcua.backbone.transactions import one_transaction
from motcua.exchange.operations.calling import CallRefused, call
from motcua.forwarding.models import Given, Handed
from motcua.forwarding.operations.handing_on import FINAL, TIMEOUT, StillWaiting
from motcua.forwarding.queries.directory import PURPOSE, SERVICE
from motcua.forwarding.rules.states import Handing
from motcua.kernel.errors import Refusal

__all__ = ["tell_given_out"]

ANOTHER = "forwarding.another-result"
"""What the unit says where it has corrected the result meanwhile: that is final too."""


def tell_given_out(given: int, *, at: datetime) -> Handing:
    """
    Tell the unit that its result was given out, if it does not know; again changes nothing.

    :raises StillWaiting: if the member could not hear it now: try again later
    """
    row = Given.objects.select_related("handed").get(pk=given)
    if row.handing != Handing.WAITING:
        return Handing(row.handing)
    member, code = row.handed.member, row.handed.code
    asked: dict[str, Any] = {"body": row.line.encode(), "purpose": PURPOSE}
    try:
        call(member, SERVICE, f"dossiers/{code}/given", **asked, at=at, timeout=TIMEOUT)
    except CallRefused as refused:
        if not str(refused.problem.get("code", "")).startswith((*FINAL, ANOTHER)):
            raise _still(row, refused) from refused
        _settle(row, Handing.REFUSED, refused.problem, at=at)
        return Handing.REFUSED
    except Refusal as trouble:
        raise _still(row, trouble) from trouble
    _settle(row, Handing.TAKEN, {}, at=at)
    return Handing.TAKEN


def _still(row: Given, trouble: Refusal) -> StillWaiting:
    why = sentence_of(trouble)
    return StillWaiting(member=row.handed.member, dossier=row.handed.code, why=why)


@one_transaction
def _settle(row: Given, to: Handing, problem: Mapping[str, Any], *, at: datetime) -> None:
    """Note what became of it, and ask at once how the dossier stands now."""
    told = {name: problem[name] for name in {"title_vi", "title", "code"} & problem.keys()}
    Given.objects.filter(pk=row.pk).update(handing=to, told=told, settled_at=at)
    Handed.objects.filter(pk=row.handed_id).update(ask_at=at)
