"""What who leaves, or stood in for a colleague, had in hand is anybody's in the post again."""

from datetime import datetime

from motcua.agencies.events import AbsenceEnded, PostEnded
from motcua.backbone.journal import listen
from motcua.dossiers.operations.holding import lay_down_idle
from motcua.kernel.actors import Actor


@listen(PostEnded)
def lay_down_what_who_left_had(event: PostEnded, now: datetime) -> None:
    """Lay down what the official had in hand in that post."""
    lay_down_idle(event.subject, by=Actor.system("holding"), at=now)


@listen(AbsenceEnded)
def lay_down_what_the_deputy_had(event: AbsenceEnded, now: datetime) -> None:
    """Lay down what the deputy had in hand in their colleague's post only."""
    lay_down_idle(event.subject, by=Actor.system("holding"), at=now)
