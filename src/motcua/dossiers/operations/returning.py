"""Returning the result, or the papers of a dossier that came to nothing: how, and to whom."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import PapersHandedBack
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.moving import Moved, locked, move
from motcua.dossiers.operations.standing import check_stranger
from motcua.dossiers.operations.step_checks import held
from motcua.dossiers.rules.access import NotYourStep
from motcua.dossiers.rules.lifecycle import CAME_TO_NOTHING, State, Step
from motcua.dossiers.rules.returning import ReturnBy, problems_of_return
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.text import N_

__all__ = ["NothingToHandBack", "ReturnBy", "ReturnUnclear", "ReturnedBy", "hand_back"]


class ReturnUnclear(Invalid):
    code = "dossiers.return-unclear"
    message = N_("Say to whom it was handed, or how it was sent. What is missing stands below.")


ON_PAPER = N_("Papers go back on the spot or by post.")


class NothingToHandBack(Conflict):
    code = "dossiers.nothing-to-hand-back"
    message = N_("Nothing is to be handed back now. Reload the dossier to see where it is.")


@dataclass(frozen=True, slots=True)
class ReturnedBy:
    """
    How something was handed over.

    On the spot: ``to_whom``, and which ``document`` was shown (an identity paper, or the authority
    of who came). By post: the ``carrier``, its ``tracking`` number and the ``address``.
    """

    way: ReturnBy
    to_whom: str = ""
    document: str = ""
    carrier: str = ""
    tracking: str = ""
    address: str = ""


@one_transaction
def hand_back(
    code: str, how: ReturnedBy, *, by: Actor, at: datetime, seen: int | None = None
) -> Moved:
    """
    Hand over the result of a dossier that is done, or the papers of one that came to nothing.

    :raises ReturnUnclear: if something of ``how`` is missing
    :raises ResultNotReady: if the result is still being made
    :raises FeeNotPaid: if a fee is still owed
    :raises NothingToHandBack: if it is neither done nor came to nothing, or was handed back before
    :raises NotYourStep: if the actor is not of the one-stop desk that holds it
    :raises ConflictOfInterest: if it is a relative's; `OwnDossier` if their own
    """
    dossier = locked(code, by=by, seen=seen)
    details = {name: value.strip() for name, value in asdict(how).items() if name != "way"}
    missing = problems_of_return(how.way, details)
    if dossier.state in CAME_TO_NOTHING and how.way is ReturnBy.ONLINE:
        missing["way"] = ON_PAPER
    if missing:
        problems = [{"at": name, "message": words} for name, words in missing.items()]
        raise ReturnUnclear(problems=problems)
    facts = {"how": [how.way.name.lower()]}
    facts |= {name: [value] for name, value in details.items() if value}
    if dossier.state in CAME_TO_NOTHING:
        _papers_back(dossier, facts, by=by, at=at)
    elif dossier.state != State.DONE:
        raise NothingToHandBack(dossier=code)
    else:
        move(dossier, Step.RETURN, by=by, at=at, details=facts)
    return Moved.of(dossier)


def _papers_back(
    dossier: Dossier, facts: Mapping[str, list[str]], *, by: Actor, at: datetime
) -> None:
    """Note that the papers of a dossier without a result went back; its state stays."""
    if not by.serves(dossier.agency, Role.CLERK):
        raise NotYourStep(step="hand_back")
    check_stranger(held(dossier), by=by, step="hand_back")
    if dossier.returned_at is not None:
        raise NothingToHandBack(dossier=dossier.code)
    dossier.returned_at = at
    dossier.version += 1
    dossier.save(update_fields=["returned_at", "version"])
    back = PapersHandedBack(
        subject=dossier.code,
        agency=dossier.agency,
        applicant=dossier.applicant,
        details=dict(facts),
    )
    announce(back, by=by, at=at)
