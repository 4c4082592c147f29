"""
What the portal needs of a national registry, whatever way leads to it.

A vendor is a folder here: a class that keeps this protocol, its options as a JSON Schema, and a
line in ``registry.py``. Which registry is reached by which vendor, and with which options, are
settings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol

from motcua.kernel.errors import Conflict, Unavailable
from motcua.kernel.text import N_
from motcua.registries.rules.answers import Fact
from motcua.registries.rules.questions import Answer, NotKnown, Question


class RegistryNotAnswering(Unavailable):
    code = "registries.not-answering"
    message = N_(
        "The national registry “{registry}” is not answering. Nothing was lost: go on without it, "
        "or try again in a few minutes."
    )


class RegistryAnswersWrongly(RegistryNotAnswering):
    code = "registries.answers-wrongly"
    message = N_(
        "The national registry “{registry}” gives an answer that cannot be read. Nothing was lost: "
        "go on without it. If it stays so, tell its owner."
    )


class WishRefused(Conflict):
    """The registry's owner does not take a wish, and never will as it is; ``said`` is why."""

    code = "registries.wish-refused"
    message = N_("The owner of the registry “{registry}” does not take this: {said}")


@dataclass(frozen=True, slots=True)
class Asking:
    """
    What a question is asked for: the code of the purpose, when, and the seconds it may take.

    ``person`` is the account in whose access log the look already stands, empty where in none.
    """

    purpose: str
    at: datetime
    timeout: float
    person: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """
    That a record be put right, in the words of the person whose data it is.

    ``reference`` is the asker's own name of the wish; ``key`` names the record, ``field`` what is
    wrong in it, ``stated`` what the registry said, ``wished`` what is true, ``why`` how one knows.
    """

    reference: str
    person: str
    key: str
    field: str
    stated: str
    wished: str
    why: str


@dataclass(frozen=True, slots=True)
class Changed:
    """
    One entry of a registry's feed; ``kind`` is ``record`` or ``correction``.

    ``at`` is when it was recorded there, where the registry says so.
    """

    cursor: int
    kind: str
    person: str
    key: str
    facts: Mapping[str, Any]
    at: datetime | None = None


class Registry(Protocol):
    """A national registry. All calls end within the time they are given, one way or the other."""

    options_schema: ClassVar[dict[str, Any]]
    """JSON Schema of what an administrator sets."""

    def ask(self, question: Question[Fact], asking: Asking) -> Answer[Fact] | NotKnown:
        """
        Return what the registry knows.

        :raises Unavailable: if it does not answer, refuses, or answers what nobody can trust
        """

    def correct(self, wish: Wish, asking: Asking) -> None:
        """
        Ask for a correction; asked twice under a reference, it is one request.

        :raises Unavailable: if the registry did not take it
        :raises WishRefused: if it said that it never will
        """

    def follow(self, persons: tuple[str, ...], asking: Asking) -> None:
        """
        Ask to be told when a record of one of these persons changes.

        :raises Unavailable: if the registry did not take it
        """

    def unfollow(self, persons: tuple[str, ...], asking: Asking) -> None:
        """
        Ask to be told no more of these persons.

        :raises Unavailable: if the registry did not take it
        """

    def changes(self, after: int, asking: Asking) -> tuple[Changed, ...]:
        """
        Return what changed since the entry ``after``, oldest first, at most some hundred.

        :raises Unavailable: if the registry does not answer
        """
