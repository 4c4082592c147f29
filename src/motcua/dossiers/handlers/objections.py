"""What a registry's owner makes of an objection is told to who made it."""

from datetime import datetime

from motcua.backbone.journal import listen
from motcua.kernel.text import N_
from motcua.notices.operations.kinds import Kind, register_kinds
from motcua.notices.operations.telling import tell
from motcua.registries.events import ObjectionAnswered

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
register_kinds(*KINDS.values())


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
