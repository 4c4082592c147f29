"""Let a person work for an agency."""

from datetime import datetime

from motcua.agencies.operations.posts import appoint
from motcua.backbone.transactions import one_transaction
from motcua.identity.queries.acting import forget_posts
from motcua.identity.queries.people import actor_for
from motcua.kernel.actors import Actor, Role


@one_transaction
def make_official(
    account_id: str, agency: str, role: Role, title: str, *, by: Actor, at: datetime
) -> int:
    """
    Give the owner of an account a post in an agency, and return the post's number.

    :raises NoSuchPerson: if there is no such account
    :raises NotYourAgency: if ``by`` is neither the agency's administrator nor the portal
    :raises NoSuchAgency: if there is no such agency
    :raises HeldAlready: if the account holds that role there now
    """
    holder = actor_for(account_id)
    post = appoint(account_id, holder.name, agency, role, title, by=by, at=at)
    forget_posts(account_id)
    return post
