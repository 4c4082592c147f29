"""For whom a signed-in person acts."""

from motcua.kernel.actors import Actor
from motcua.kernel.scope import for_rooms


@for_rooms
def acting_as(account_id: str, name: str) -> Actor:
    """Return a signed-in person as the actor they are now."""
    return Actor(id=account_id, name=name)
