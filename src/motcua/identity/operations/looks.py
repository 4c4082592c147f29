"""Ask why one's data was looked at."""

from datetime import datetime

from motcua.backbone.journal import announce
from motcua.backbone.looks import look_at_me
from motcua.backbone.transactions import one_transaction
from motcua.identity.events import LookQuestioned
from motcua.identity.models import LookQuestion
from motcua.kernel.actors import Actor
from motcua.kernel.errors import NotFound
from motcua.kernel.text import N_


class NoSuchLook(NotFound):
    code = "identity.no-such-look"
    message = N_("We could not find this look. Choose it from the list of who looked at your data.")


@one_transaction
def question_look(look_id: int, *, by: Actor, at: datetime) -> None:
    """
    Ask the agency for the reason of one look at the actor's own data; asking twice asks once.

    :raises NoSuchLook: if nobody looked at the actor's data under this number
    """
    look = look_at_me(look_id, by=by)
    if look is None:
        raise NoSuchLook
    _, new = LookQuestion.objects.get_or_create(look=look.id, defaults={"person": by.id, "at": at})
    if not new:
        return
    event = LookQuestioned(
        subject=by.id,
        look=look.id,
        agency=look.agency,
        looked_by=look.by_name,
        looked_at=look.at.isoformat(),
    )
    announce(event, by=by, at=at)
