"""Tell the unit that a desk here gave its result out."""

from datetime import datetime
from typing import Any

from motcua.exchange.operations.calling import call
from motcua.forwarding.models import Given
from motcua.forwarding.operations.sending import FINAL, TIMEOUT, send_about
from motcua.forwarding.queries.directory import PURPOSE, SERVICE
from motcua.forwarding.rules.states import Handing

__all__ = ["tell_given_out"]

ANOTHER = "forwarding.another-result"
"""What the unit says where it has corrected the result meanwhile: that is final too."""


def tell_given_out(given: int, *, at: datetime) -> Handing:
    """
    Tell the unit that its result was given out, if it does not know; again changes nothing.

    :raises StillWaiting: if the member could not hear it now: try again later
    """
    row = Given.objects.select_related("handed").get(pk=given)
    where = row.handed.member, SERVICE, f"dossiers/{row.handed.code}/given"
    told: dict[str, Any] = {"body": row.line.encode(), "purpose": PURPOSE, "timeout": TIMEOUT}
    return send_about(row, lambda: call(*where, **told, at=at), final=(*FINAL, ANOTHER), at=at)
