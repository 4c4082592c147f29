"""Give officials their posts, and end them."""

from datetime import datetime

from motcua.agencies.events import OfficialAppointed, PostEnded
from motcua.agencies.models import Agency, Post
from motcua.agencies.queries.agencies import NoSuchAgency
from motcua.agencies.rules.access import check_may_administer
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Conflict, NotFound
from motcua.kernel.text import N_

__all__ = ["HeldAlready", "NoSuchPost", "appoint", "end_post"]


class HeldAlready(Conflict):
    code = "post-held-already"
    message = N_("{name} holds this post already. End it first to change its title.")


class NoSuchPost(NotFound):
    code = "no-such-post"
    message = N_("There is no such post, or it has ended already. Reload the list of posts.")


@one_transaction
def appoint(
    holder: str, holder_name: str, agency: str, role: Role, title: str, *, by: Actor, at: datetime
) -> int:
    """
    Let an account act for an agency in a role from ``at`` on; return the post's number.

    :raises NotYourAgency: if ``by`` is neither its administrator nor the portal
    :raises NoSuchAgency: if there is no such agency
    :raises HeldAlready: if the account holds that role there now
    """
    check_may_administer(agency, by=by)
    if not Agency.objects.select_for_update(no_key=True).filter(pk=agency).exists():
        raise NoSuchAgency(agency=agency)
    if Post.objects.filter(holder=holder, agency=agency, role=role, until=None).exists():
        raise HeldAlready(name=holder_name)
    post = Post.objects.create(
        agency_id=agency,
        holder=holder,
        holder_name=holder_name,
        role=role,
        title=title,
        since=at,
    )
    appointed = OfficialAppointed(
        subject=agency, post=post.pk, holder=holder, role=role, title=title
    )
    announce(appointed, by=by, at=at)
    return post.pk


@one_transaction
def end_post(post: int, *, by: Actor, at: datetime) -> None:
    """
    End a post: from ``at`` on its holder no longer acts for the agency in that role.

    :raises NoSuchPost: if there is none, or it has ended
    :raises NotYourAgency: if ``by`` is neither the agency's administrator nor the portal
    """
    held = Post.objects.select_for_update().filter(pk=post, until=None).first()
    if held is None:
        raise NoSuchPost
    check_may_administer(held.agency_id, by=by)
    held.until = at
    held.save(update_fields=["until"])
    ended = PostEnded(subject=held.agency_id, post=post, holder=held.holder, role=held.role)
    announce(ended, by=by, at=at)
