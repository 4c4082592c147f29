"""What it means that a log is not the one that its own signed heads speak of."""

from dataclasses import dataclass

from motcua.exchange.rules.heads import SignedHead

SPLIT, SHRUNK, OTHER_PAST = "split", "shrunk", "another-past"
UNREADABLE = "unreadable"
"""The file outside the database holds no head: nothing is known to be contradicted."""
SET_ASIDE = "set-aside"
"""Of a head that was signed and that somebody decided to go on without."""


@dataclass(frozen=True, slots=True)
class Outside:
    """
    The newest head of a log that is kept outside the database, if any, and how the log stands.

    ``fault`` is empty where the log bears it out, else it has ``shrunk``, has ``another-past``, or
    what is kept is ``unreadable``.
    """

    head: SignedHead | None = None
    fault: str = ""

    @property
    def contradicted(self) -> bool:
        """Tell whether the log contradicts what was signed: no head is signed over it then."""
        return self.fault in {SHRUNK, OTHER_PAST}
