"""Hear that a desk at another portal gave our result to who stood there."""

from typing import BinaryIO

from django.utils.translation import gettext, override

from motcua.backbone.transactions import one_transaction
from motcua.dossiers.operations.returning import ReturnBy, ReturnedBy, hand_back
from motcua.dossiers.queries.elsewhere import State, state_numbered
from motcua.exchange.queries.members import member_known
from motcua.forwarding.operations.taking import Arrived
from motcua.forwarding.queries.taken import standing_row
from motcua.forwarding.rules.manifest import BadManifest, GivenOut
from motcua.forwarding.rules.words import KNOWN_BY
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict
from motcua.kernel.reading import NotReadable, read_json
from motcua.kernel.text import N_

__all__ = ["AnotherResult", "hear_given_out"]

MOST = 8192
"""Bytes that may say how a result was given out."""


class AnotherResult(Conflict):
    code = "forwarding.another-result"
    message = N_("{dossier} has another result by now, or none. Ask how it stands.")


@one_transaction
def hear_given_out(code: str, body: BinaryIO, came: Arrived) -> None:
    """
    Note a result of ours as handed over, as our desk would have; once.

    We believe the member, as the agreement says, that its clerk looked who stood there.

    :raises NotHandedOn: if the member has handed on no such dossier
    :raises BadManifest: if it is not said to whom, where and how
    :raises AnotherResult: if this is not its result, or not any more
    :raises Refusal: as handing over does
    """
    try:
        told = read_json(body.read(MOST), GivenOut)
    except NotReadable as error:
        raise BadManifest("$", str(error)[:300]) from error
    stands = standing_row(code, by=came.by)
    if told.code != code or told.result != stands.result:
        raise AnotherResult(dossier=code[:60])
    if state_numbered(stands.number) is State.RETURNED:
        return
    portal = member_known(came.member).title
    with override("vi"):
        shown = f"{gettext(KNOWN_BY[told.desk.identity])}; {told.desk.place} ({portal})"
    clerk = Actor(f"desk:{came.member}", told.desk.clerk, stands.agency, frozenset({Role.CLERK}))
    how = ReturnedBy(ReturnBy.ON_THE_SPOT, to_whom=told.to, document=shown[:300])
    hand_back(stands.code, how, by=clerk, at=came.at)
