"""Who looks after the whole portal, not one agency's dossiers."""

from django.conf import settings

from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_


class OperatorsOnly(Forbidden):
    code = "operators-only"
    message = N_("This page is for the administrators who look after the whole portal.")


def operates(actor: Actor) -> bool:
    """
    Tell whether somebody looks after the portal: the portal itself, or an administrator.

    ``OPERATING_AGENCIES`` names the agencies whose administrators do; while it is empty, none does,
    and the portal is looked after at its machine alone.
    """
    if actor.id.startswith("system:"):
        return True
    return Role.ADMINISTRATOR in actor.roles and actor.agency in settings.OPERATING_AGENCIES


def check_operates(actor: Actor) -> None:
    """
    Do nothing for who looks after the portal.

    :raises OperatorsOnly: for everybody else
    """
    if not operates(actor):
        raise OperatorsOnly
