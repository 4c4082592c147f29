"""In whose name a system of our own agencies may call."""

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


def member_of_system(*, by: Actor) -> str:
    """
    Return our member that an agency's program belongs to: its id ends in the same code.

    :raises NotASystemOfOurs: if there is none, or it does not act for an administrator
    """
    agency = by.agency or ""
    if by.serves(agency, Role.ADMINISTRATOR):
        for member in own_members():
            if member.rpartition(".")[2] in agency.split("."):
                return member
    raise NotASystemOfOurs
