"""Taking what was asked for at the counter, from who stands there or wrote."""

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest

from motcua.backbone.journal import announce
from motcua.backbone.limits import check_rate
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import SupplementTaken
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations.counter import ClerksOnly
from motcua.dossiers.operations.moving import Moved, locked
from motcua.dossiers.operations.standing import check_acting, check_stranger
from motcua.dossiers.operations.step_checks import held
from motcua.dossiers.operations.supplement import AtDesk, Supplied, hand_in, put_under
from motcua.dossiers.rules.access import is_theirs
from motcua.dossiers.rules.codes import tidy_claim
from motcua.dossiers.rules.counter import IDENTITY_PAPERS, LETTER, RECEIPT, NotChecked
from motcua.dossiers.rules.lifecycle import State, Step, StepNotAllowed
from motcua.identity.queries.parties import find_person
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_

PURPOSE = N_("Take what was asked for from the person at the counter")
TRY, TIMES, SECONDS = "dossiers.shown", 10, 3600
"""How often a clerk may try in an hour what somebody showed, for one dossier."""
SHORTEST = 4
"""How many letters the tracking number of a letter has at least."""


class NotTheirs(Forbidden):
    code = "dossiers.not-theirs"
    message = N_(
        "What was shown belongs to nobody behind this dossier. Compare the number on the paper, or "
        "the code on the receipt."
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """
    By what the clerk knows whose answer it is.

    ``proof`` is the number on an identity paper, the secret on the receipt, or the tracking number
    of a letter.
    """

    document: str
    proof: str


@one_transaction
def supply_at_desk(
    code: str, shown: Shown, sent: Supplied, *, by: Actor, at: datetime, seen: int | None = None
) -> Moved:
    """
    Hand in what was asked for in the name of the applicant, as they say it at the counter.

    The papers are the clerk's own scans; what the applicant put there already goes along. The
    history names the applicant, the clerk, and what the clerk saw.

    :raises ClerksOnly: if the actor is no clerk of the dossier's agency
    :raises OwnDossier: if it is the clerk's own, `ConflictOfInterest` if a relative's
    :raises StepNotAllowed: if nothing is asked for
    :raises NotChecked: if it is not said what was shown
    :raises NotTheirs: if what was shown is nobody's behind this dossier
    :raises ActingEnded: if it is somebody's who may no longer act for the applicant
    :raises Refusal: as ``supply`` does
    """
    dossier = locked(code, by=by, seen=seen)
    if not by.serves(dossier.agency, Role.CLERK):
        raise ClerksOnly
    check_stranger(held(dossier), by=by, step=Step.SUPPLY.value)
    if dossier.state != State.SUPPLEMENT:
        raise StepNotAllowed(state=dossier.state, step=Step.SUPPLY.value)
    _check_shown(dossier, shown, by=by, at=at)
    for paper, files in sent.papers.items():
        for file in files:
            put_under(dossier, paper, file, by=by)
    letter = shown.proof.strip()[:80] if shown.document == LETTER else ""
    them = Actor(dossier.applicant, dossier.applicant_name)
    desk = AtDesk(by, shown.document, letter)
    hand_in(dossier, sent.answers, sent.note, sent.lacking, by=them, at=at, desk=desk)
    facts = {"agency": dossier.agency, "applicant": dossier.applicant}
    announce(SupplementTaken(subject=code, identity=shown.document, **facts), by=by, at=at)
    return Moved.of(dossier)


def check_tries(code: str, *, by: Actor, at: datetime) -> None:
    """
    Count one try of a clerk at what somebody showed; called before the operation.

    :raises TooOften: at more than 10 in an hour for one dossier
    """
    check_rate(TRY, f"{by.id}:{code[:60]}", times=TIMES, seconds=SECONDS, at=at)


def _check_shown(dossier: Dossier, shown: Shown, *, by: Actor, at: datetime) -> None:
    """Check that it was shown by somebody behind the dossier, or came as a letter."""
    proof = shown.proof.strip()
    if shown.document == LETTER:
        if len(proof) < SHORTEST:
            said = N_("Write the tracking number of the letter.")
            raise NotChecked(problems=[{"at": "proof", "message": said}])
    elif shown.document == RECEIPT:
        if not dossier.claim or not compare_digest(dossier.claim, tidy_claim(proof)):
            raise NotTheirs
    elif shown.document in IDENTITY_PAPERS:
        found = find_person(proof, by=by, purpose=PURPOSE, at=at)
        them = Actor(found.id, found.name) if found else None
        if not them or not is_theirs(by=them, applicant=dossier.applicant, agent=dossier.agent):
            raise NotTheirs
        check_acting(dossier, by=them, at=at)
    else:
        said = N_("Say by which paper you checked who they are.")
        raise NotChecked(problems=[{"at": "document", "message": said}])
