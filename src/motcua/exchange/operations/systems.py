"""In whose name a system of our own agencies may call."""

from motcua.exchange.operations.arrivals import OPEN_TO_MEMBERS
from motcua.exchange.queries.members import own_members
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_


class NotASystemOfOurs(Forbidden):
    code = "exchange.not-a-system-of-ours"
    message = N_(
        "Only a program of an agency that this portal speaks for may call others from here, with "
        "the token of one of its administrators. Ask the operator for one: motcua token"
    )


class ForPortalsOnly(Forbidden):
    code = "exchange.for-portals-only"
    message = N_(
        "{service} is what portals tell each other: agreements, heads of logs. A program calls "
        "services that an agreement covers."
    )


def member_of_system(service: str, *, by: Actor) -> str:
    """
    Return our member that an agency's program belongs to: its id ends in the same code.

    What portals tell each other in a member's name is for the portal alone: who could send it
    could tell of agreements that nobody has granted.

    :raises NotASystemOfOurs: if there is none, or it does not act for an administrator
    :raises ForPortalsOnly: if the service is one that portals alone call
    """
    if service in OPEN_TO_MEMBERS:
        raise ForPortalsOnly(service=service)
    agency = by.agency or ""
    if by.serves(agency, Role.ADMINISTRATOR):
        for member in own_members():
            if member.rpartition(".")[2] in agency.split("."):
                return member
    raise NotASystemOfOurs
