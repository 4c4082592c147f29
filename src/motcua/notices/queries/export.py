"""What a person was told, for that person to take away."""

from motcua.kernel.actors import Actor
from motcua.kernel.exports import Sheet, rows_of
from motcua.kernel.text import N_
from motcua.notices.queries.mine import my_notices

MOST = 20_000


def my_notices_whole(*, by: Actor) -> tuple[Sheet, ...]:
    """Return all notices of the actor, in the language that is active."""
    return (Sheet("thong-bao", N_("My notices"), rows_of(my_notices(by=by, limit=MOST).notices)),)
