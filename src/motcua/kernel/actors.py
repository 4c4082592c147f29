"""Who is acting, as every room sees them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Role(StrEnum):
    """What an official's post lets them do in its agency."""

    CLERK = "clerk"
    SPECIALIST = "specialist"
    LEADER = "leader"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class StandIn:
    """An absent colleague whose work an official does; ``lends`` are roles had only by that."""

    id: str
    name: str
    lends: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """
    A citizen, an official or a machine, already authenticated by the entrance they came through.

    ``id`` is stable and opaque; ``name`` is how people read it. ``agency`` is the electronic id of
    the agency an official acts for now, ``roles`` what their posts there allow, also the posts
    of those they stand in for. A citizen has neither.
    """

    id: str
    name: str = ""
    agency: str | None = None
    roles: frozenset[Role] = frozenset()
    stands_in_for: tuple[StandIn, ...] = ()

    @property
    def is_official(self) -> bool:
        """Tell whether the actor acts for an agency."""
        return self.agency is not None

    @property
    def is_anonymous(self) -> bool:
        """Tell whether nobody has signed in."""
        return not self.id

    def serves(self, agency: str, *roles: Role) -> bool:
        """Tell whether the actor is an official of ``agency``, in one of ``roles`` where given."""
        return self.agency == agency and (not roles or not self.roles.isdisjoint(roles))

    def instead_of(self, holder: str, *roles: Role) -> str:
        """
        Return in whose place the actor does something, their name; empty where in their own.

        That is the absent ``holder`` of the thing, or who lends the only one of ``roles`` it takes.
        """
        if holder == self.id:
            return ""
        for absent in self.stands_in_for:
            if absent.id == holder:
                return absent.name
        lent = frozenset[Role]().union(*(absent.lends for absent in self.stands_in_for))
        if not lent.issuperset(self.roles.intersection(roles)):
            return ""
        named = (absent.name for absent in self.stands_in_for if absent.lends.intersection(roles))
        return next(named, "")

    @classmethod
    def system(cls, part: str) -> Self:
        """Return the portal itself, acting through one of its ``part``s (a job, an import)."""
        return cls(id=f"system:{part}", name="Một Cửa")


ANONYMOUS = Actor(id="")
