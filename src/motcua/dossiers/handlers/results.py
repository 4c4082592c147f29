"""What dossiers does when a leader has approved."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.dossiers.events import DossierMoved
from motcua.dossiers.operations.results import issue_result
from motcua.dossiers.rules.lifecycle import Step
from motcua.kernel.actors import Actor


def _is_approval(event: DossierMoved) -> bool:
    return event.step == Step.APPROVE


@listen(DossierMoved, when=_is_approval)
def make_result_when_approved(event: DossierMoved, now: datetime) -> None:
    """Make the result paper of an approved dossier."""
    issue_result(event.subject, by=Actor.system("results"), at=now)
