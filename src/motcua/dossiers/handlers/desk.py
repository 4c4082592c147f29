"""Officials are told where a colleague means them; lists lose what another agency has."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.dossiers.events import DossierMoved, NoteWritten
from motcua.dossiers.operations.handovers import take_off_lists
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.actors import Actor
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell

MENTIONED = Kind(
    "dossiers.mentioned",
    N_("{name} means you in a note on {code}"),
    N_("{name} wrote a note on the dossier {code} and named you. Open it to read and answer."),
    N_("Open the dossier"),
    mail=False,
)

register_kinds(MENTIONED)


@listen(NoteWritten)
def tell_mentioned(event: NoteWritten, now: datetime) -> None:
    """Tell each colleague whom a note names, once."""
    facts = {"code": event.subject, "name": event.by_name}
    for person in event.mentions:
        tell(
            person,
            MENTIONED.name,
            subject=event.subject,
            facts=facts,
            link=f"/ban-lam-viec/{event.subject}/#ghi-chu",
            at=now,
            source=str(event.note),
        )


def _leaves(event: DossierMoved) -> bool:
    return event.step == Step.TRANSFER


@listen(DossierMoved, when=_leaves)
def take_off_lists_when_passed_on(event: DossierMoved, now: datetime) -> None:
    """Let a dossier wait on no hand-over list of the agency it left."""
    take_off_lists(event.subject, by=Actor.system("hand-overs"), at=now)
