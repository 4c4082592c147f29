"""Who may do what at an office's windows."""

from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_

SERVING_ROLES = (Role.CLERK, Role.SPECIALIST, Role.LEADER)


class NotYourOffice(Forbidden):
    code = "queues.not-your-office"
    message = N_("This office belongs to another agency. Choose an office of yours.")


class NotYourTicket(Forbidden):
    code = "queues.not-your-ticket"
    message = N_("Number {number} is at another window. Only the official there can do this.")


def check_may_serve(agency: str, *, by: Actor) -> None:
    """
    Let clerks, specialists and leaders of the agency sit at its windows.

    :raises NotYourOffice: for anybody else
    """
    if not by.serves(agency, *SERVING_ROLES):
        raise NotYourOffice


def check_may_arrange(agency: str, *, by: Actor) -> None:
    """
    Let the agency's administrators and leaders, and the portal itself, set up its lines.

    :raises NotYourOffice: for anybody else
    """
    if not (by.id.startswith("system:") or by.serves(agency, Role.ADMINISTRATOR, Role.LEADER)):
        raise NotYourOffice
