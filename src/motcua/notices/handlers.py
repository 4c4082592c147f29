"""What rooms below announce and people should know."""

from datetime import datetime

from motcua.agencies.queries.posts import holders
from motcua.backbone.journal import listen
from motcua.identity.events import LookQuestioned
from motcua.identity.queries.people import actor_for
from motcua.kernel.actors import Role
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell

LOOK_QUESTIONED = Kind(
    name="notices.look-questioned",
    title=N_("{person} asks why their data was looked at"),
    body=N_(
        "{looked_by} opened data of {person} at {looked_at:moment}. "
        "Find out what it was for, and answer the person."
    ),
    action=N_("See my notices"),
)
register_kinds(LOOK_QUESTIONED)


@listen(LookQuestioned)
def tell_the_administrators(event: LookQuestioned, now: datetime) -> None:
    """Tell those who answer for an agency that one of its looks is questioned."""
    facts = {
        "person": actor_for(event.subject).name,
        "looked_by": event.looked_by,
        "looked_at": event.looked_at,
    }
    for post in holders(event.agency, Role.ADMINISTRATOR, at=now):
        tell(
            post.holder,
            LOOK_QUESTIONED.name,
            subject=str(event.look),
            facts=facts,
            link="/thong-bao/",
            at=now,
        )
