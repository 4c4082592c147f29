"""For what officials open somebody's dossier, as its applicant reads it."""

from motcua.kernel.actors import Actor, Role
from motcua.kernel.text import N_

__all__ = ["ADMINISTRATION", "INSPECTION", "WORK", "purpose_of"]

WORK = N_("Processing the dossier")
INSPECTION = N_("Inspecting how the agency settles dossiers")
ADMINISTRATION = N_("Administering the portal for the agency")

WORKERS = frozenset({Role.CLERK, Role.SPECIALIST, Role.LEADER})
"""The posts that take steps on dossiers."""


def purpose_of(by: Actor, doing: str = WORK) -> str:
    """
    Return for what an official opens a dossier: what their posts let them do with it.

    :param doing: what those who take steps do there, an English translation key
    """
    if by.roles.isdisjoint(WORKERS):
        if Role.AUDITOR in by.roles:
            return INSPECTION
        if Role.ADMINISTRATOR in by.roles:
            return ADMINISTRATION
    return doing
