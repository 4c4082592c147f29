"""Who may look into a register and who may change it: officials of its owner, nobody else."""

from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_

READERS = (Role.SPECIALIST, Role.LEADER, Role.AUDITOR)
KEEPERS = (Role.SPECIALIST, Role.LEADER)


class NotYourRegister(Forbidden):
    code = "registrar.not-your-register"
    message = N_("This register belongs to another agency. Choose a register of yours.")


def is_of(owner: str, by: Actor, *roles: Role) -> bool:
    """Tell whether an actor works for a register's owner, whose id may be in its short form."""
    short = owner.rpartition(".")[2]
    return any(by.serves(agency, *roles) for agency in (owner, short))


def check_may_read(owner: str, *, by: Actor) -> None:
    """
    Let specialists, leaders and auditors of the owner look into a register.

    :raises NotYourRegister: for anybody else
    """
    if not is_of(owner, by, *READERS):
        raise NotYourRegister


def check_may_keep(owner: str, *, by: Actor) -> None:
    """
    Let specialists and leaders of the owner, and the portal itself, write in a register.

    :raises NotYourRegister: for anybody else
    """
    if not (by.id.startswith("system:") or is_of(owner, by, *KEEPERS)):
        raise NotYourRegister
