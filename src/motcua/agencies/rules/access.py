"""Who may arrange an agency's posts and hours."""

from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_


class NotYourAgency(Forbidden):
    code = "not-your-agency"
    message = N_(
        "Only an administrator of this agency may change this. Ask them, or sign in with that post."
    )


def check_may_administer(agency: str | None, *, by: Actor) -> None:
    """
    Let an agency's administrators arrange it, and the portal's own commands everything.

    :raises NotYourAgency: for anybody else
    """
    if not (
        by.id.startswith("system:")
        or (agency is not None and by.serves(agency, Role.ADMINISTRATOR))
    ):
        raise NotYourAgency
