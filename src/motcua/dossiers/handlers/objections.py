"""What a registry's owner makes of an objection is told to who made it."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from motcua.agencies.queries.posts import holders
from motcua.backbone.journal import listen
from motcua.exchange.queries.members import titles_of
from motcua.kernel.actors import Role
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell
from motcua.registries.events import AnswerNotKnown, ObjectionAnswered

KINDS = {
    "examined": Kind(
        "registries.examined",
        N_("Your objection is being looked at"),
        N_("An official of the registry's owner has taken it up."),
        N_("My data"),
        mail=False,
    ),
    "accepted": Kind(
        "registries.accepted",
        N_("The registry was put right"),
        N_("The registry's owner agrees with you. {told}"),
        N_("My data"),
    ),
    "refused": Kind(
        "registries.refused",
        N_("The registry stays as it is"),
        N_("The registry's owner does not agree: {told}"),
        N_("My data"),
    ),
}
NOT_KNOWN = Kind(
    "registries.answer-not-known",
    N_("An answer to an objection cannot be understood"),
    N_(
        "{owner} answered a person's objection to its registry with “{said}”, which is no answer. "
        "The person still waits: ask the registry's owner what is meant."
    ),
    N_("See the member"),
)
register_kinds(*KINDS.values(), NOT_KNOWN)


@listen(ObjectionAnswered, when=lambda event: event.state in KINDS)
def tell_who_objected(event: ObjectionAnswered, now: datetime) -> None:
    """Tell the person how their objection moved on, once a step."""
    tell(
        event.person,
        KINDS[event.state].name,
        subject=event.subject,
        facts={"told": event.told},
        link="/du-lieu-cua-toi/sai-sot/",
        at=now,
        source=event.state,
    )


@listen(AnswerNotKnown)
def tell_operators(event: AnswerNotKnown, now: datetime) -> None:
    """Tell those who look after the portal, once for each thing that is said."""
    member = settings.REGISTRIES[event.register]["member"]
    owner, _ = titles_of([member]).get(member, (member, member))
    posts = (holders(x, Role.ADMINISTRATOR, at=now) for x in settings.OPERATING_AGENCIES)
    for person in dict.fromkeys(post.holder for each in posts for post in each):
        tell(
            person,
            NOT_KNOWN.name,
            subject=event.subject,
            source=event.said,
            facts={"owner": owner, "said": event.said},
            link=reverse("exchange:member", kwargs={"member": member}),
            at=now,
        )
