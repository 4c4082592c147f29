"""What dossiers does when somebody may no longer act for an applicant."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.dossiers.operations.representing import end_authority
from motcua.identity.events import AuthorityEnded


@listen(AuthorityEnded)
def end_what_an_authority_allowed(event: AuthorityEnded, now: datetime) -> None:  # noqa: ARG001
    """Let its agent see and do nothing more with dossiers handed in by that authority."""
    end_authority(event.subject, agent=event.agent)
