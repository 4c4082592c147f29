"""Who may look after the exchange, ask for agreements, and grant them."""

from dataclasses import dataclass

from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_

READERS = (Role.LEADER, Role.ADMINISTRATOR, Role.AUDITOR)
DECIDERS = (Role.LEADER, Role.ADMINISTRATOR)


class NotOfTheExchange(Forbidden):
    code = "exchange.not-of-the-exchange"
    message = N_(
        "These pages are for administrators, leaders and auditors of agencies that take part in "
        "the exchange. Ask the administrator of your province or ministry."
    )


class NotTheOperator(Forbidden):
    code = "exchange.not-the-operator"
    message = N_("Only an administrator of the agency that runs this exchange may do this.")


class NotYourMember(Forbidden):
    code = "exchange.not-your-member"
    message = N_("Only an administrator of {member} may do this. Ask them, or sign in there.")


class NotYourService(Forbidden):
    code = "exchange.not-your-service"
    message = N_(
        "Only a leader or an administrator of the agency whose data it is ({owner}) may decide "
        "this. Ask them."
    )


class FourEyes(Forbidden):
    code = "exchange.four-eyes"
    message = N_(
        "Two different officials grant an agreement, and neither may have asked for it. "
        "Let a colleague do this step."
    )


@dataclass(frozen=True, slots=True)
class Part:
    """
    What an official has to do with the exchange.

    ``operates``: administers or audits the agency that runs it; ``members``: the members whose
    official they are; ``owns``: whether services of theirs are offered. ``writes`` tells
    administrators from those who only read.
    """

    operates: bool = False
    members: tuple[str, ...] = ()
    owns: bool = False
    writes: bool = False

    @property
    def runs(self) -> bool:
        """Tell whether they may change what the whole exchange shares."""
        return self.operates and self.writes


def is_portal(by: Actor) -> bool:
    """Tell whether the portal itself acts: a command, a job."""
    return by.id.startswith("system:")


def may_read_bodies(*, by: Actor) -> bool:
    """Tell whether somebody may read what messages of their agency said: auditors, the portal."""
    return is_portal(by) or (by.agency is not None and by.serves(by.agency, Role.AUDITOR))


def check_may_run(operator: str, *, by: Actor) -> None:
    """
    Let administrators of the agency that runs the exchange, and the portal's own commands.

    :raises NotTheOperator: for anybody else
    """
    if not (is_portal(by) or (operator and by.serves(operator, Role.ADMINISTRATOR))):
        raise NotTheOperator


def check_may_administer(member: str, agency: str, operator: str, *, by: Actor) -> None:
    """
    Let a member's administrators, the operator's, and the portal's own commands.

    :raises NotYourMember: for anybody else
    """
    if is_portal(by) or by.serves(agency, Role.ADMINISTRATOR):
        return
    if not (operator and by.serves(operator, Role.ADMINISTRATOR)):
        raise NotYourMember(member=member)


def check_may_ask(consumer: str, agency: str, *, by: Actor) -> None:
    """
    Let only administrators of the consumer speak for it.

    :raises NotYourMember: for anybody else
    """
    if not by.serves(agency, Role.ADMINISTRATOR):
        raise NotYourMember(member=consumer)


def check_may_decide(owner: str, *, by: Actor) -> None:
    """
    Let only leaders and administrators of the agency whose data it is.

    :raises NotYourService: for anybody else, the operator too
    """
    if not by.serves(owner, *DECIDERS):
        raise NotYourService(owner=owner)


def check_four_eyes(asked_by: str, first_by: str, *, by: Actor) -> None:
    """
    Check that who grants has neither asked for it nor granted it before.

    :raises FourEyes: if they have
    """
    if by.id in {asked_by, first_by}:
        raise FourEyes
