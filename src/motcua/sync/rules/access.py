"""Whose synchronisation an official may look at."""

import re
from typing import Final

from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_

READERS = (Role.AUDITOR, Role.ADMINISTRATOR)
"""Who may read how their agencies synchronise."""

ALL: Final = frozenset({"*"})
"""Every member."""

_TOP = re.compile(r"[A-Z]\d{2}", re.ASCII)


class NotYourMember(Forbidden):
    code = "sync.not-your-member"
    message = N_(
        "How dossiers synchronise is shown to administrators and auditors of the member's "
        "agencies. Sign in with such a post."
    )


def members_read_by(actor: Actor) -> frozenset[str]:
    """
    Return the first-level codes of the members whose synchronisation the actor may look at.

    The portal itself looks at ``ALL``.
    """
    if actor.id.startswith("system:"):
        return ALL
    if actor.agency is None or actor.roles.isdisjoint(READERS):
        return frozenset()
    found = _TOP.search(actor.agency)
    return frozenset({found[0]}) if found else frozenset()


def check_reads(member: str, *, by: Actor) -> None:
    """
    Do nothing for who may look at a member's synchronisation.

    :raises NotYourMember: for everybody else
    """
    members = members_read_by(by)
    if members is not ALL and member not in members:
        raise NotYourMember


class NotYourParents(Forbidden):
    code = "sync.not-your-parents"
    message = N_(
        "Whom dossiers are told is decided by the administrators of the member's agencies. Sign "
        "in with such a post."
    )


def may_keep(member: str, *, by: Actor) -> bool:
    """Tell whether the actor decides whom a member's dossiers are told, and who may tell us."""
    members = members_read_by(by)
    return members is ALL or (member in members and Role.ADMINISTRATOR in by.roles)


def check_keeps(member: str, *, by: Actor) -> None:
    """
    Do nothing for who decides whom a member's dossiers are told, and who may tell us.

    :param member: the member's first-level code
    :raises NotYourParents: for everybody but its administrators and the portal itself
    """
    if not may_keep(member, by=by):
        raise NotYourParents
