"""What happens in synchronisation, and which officials are told."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from motcua.agencies.queries.posts import holders
from motcua.backbone.journal import listen
from motcua.exchange.queries.members import NoSuchMember, member_known
from motcua.kernel.actors import Role
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell
from motcua.sync.events import ParentStuck

STUCK = Kind(
    name="sync.parent-stuck",
    title=N_("{title} has not been told of our dossiers"),
    body=N_(
        "Steps have been waiting to be told since {since:moment}. Nothing is lost; the page says "
        "what it answered last, and what to do."
    ),
    action=N_("See what waits"),
)
register_kinds(STUCK)


@listen(ParentStuck)
def tell_operators(event: ParentStuck, now: datetime) -> None:
    """Tell those who look after the portal, and the member's own administrators."""
    agencies = {*settings.OPERATING_AGENCIES, _agency_of(event.member)}
    posts = [
        post for agency in sorted(agencies) for post in holders(agency, Role.ADMINISTRATOR, at=now)
    ]
    for person in dict.fromkeys(post.holder for post in posts):
        tell(
            person,
            STUCK.name,
            subject=event.subject,
            source=event.since,
            facts={"title": event.title or event.subject, "since": event.since},
            link=reverse("sync:parent", kwargs={"parent": event.parent}),
            at=now,
        )


def _agency_of(member: str) -> str:
    try:
        return member_known(member).agency
    except NoSuchMember:
        return member
