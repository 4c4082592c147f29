"""Whose figures an official may see: those of their agency and of all below it."""

from dataclasses import dataclass

from motcua.agencies.queries.trees import Branch, tree_of
from motcua.kernel.actors import Actor, Role
from motcua.kernel.errors import Forbidden
from motcua.kernel.text import N_

READERS = (Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR)
"""Who may read reports."""


class NotYourReport(Forbidden):
    code = "reporting.not-your-report"
    message = N_(
        "Reports are for leaders, auditors and administrators, on their agency and those below. "
        "Choose one of these agencies."
    )


@dataclass(frozen=True, slots=True)
class Places:
    """The agencies a report may be about, and the ones chosen of them."""

    all: tuple[Branch, ...]
    root: Branch
    chosen: tuple[Branch, ...]

    def name_of(self, agency: str) -> str:
        """Return the name of an agency chosen."""
        return next(each.name for each in self.chosen if each.id == agency)


def places_of(agency: str, *, alone: bool = False, level: str = "", by: Actor) -> Places:
    """
    Return an agency the actor may report on, with all below it unless ``alone``; one statement.

    :param agency: an agency's id; empty for the actor's own
    :param level: only agencies of this level, if given
    :raises NotYourReport: if the actor reads no reports, or not that agency's
    """
    if by.agency is None or not by.serves(by.agency, *READERS):
        raise NotYourReport
    tree = tree_of(by.agency)
    root = next((each for each in tree if each.id == (agency or by.agency)), None)
    if root is None:
        raise NotYourReport
    below = [root] if alone else [root, *_below(tree, root)]
    chosen = tuple(each for each in below if not level or each.level == level)
    return Places(tree, root, chosen)


def _below(tree: tuple[Branch, ...], root: Branch) -> list[Branch]:
    """Return what stands under a branch: in a tree's order, all deeper ones that follow it."""
    found = []
    for each in tree[tree.index(root) + 1 :]:
        if each.depth <= root.depth:
            break
        found.append(each)
    return found
