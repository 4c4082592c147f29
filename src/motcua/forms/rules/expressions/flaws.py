"""What is wrong with an expression: at which character, and what to do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from motcua.kernel.errors import Invalid
from motcua.kernel.text import N_


@dataclass(frozen=True, slots=True)
class ExpressionFlaw:
    """
    A flaw that begins at the character ``column`` of the text (from 1, over all its lines).

    ``message`` is an English translation key, ``facts`` fill its places; a fact that is itself
    a word of English has its Vietnamese beside it (``got`` and ``got_vi``).
    """

    column: int
    message: str
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.message.format_map(self.facts)


class BadExpression(Invalid):
    """An expression cannot be read or does not fit what it asks about; ``flaw`` says why."""

    code = "forms.bad-expression"
    message = N_("The expression is wrong at character {column}: {problem}")

    def __init__(self, flaw: ExpressionFlaw) -> None:
        super().__init__(column=flaw.column, problem=str(flaw))
        self.flaw = flaw

    @property
    def column(self) -> int:
        """The character at which the flaw begins, from 1."""
        return self.flaw.column

    def __str__(self) -> str:
        """Return the flaw in English, with its place."""
        return f"{self.column}: {self.flaw}"


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that ``word`` was probably meant to be, or an empty text."""
    return next(iter(get_close_matches(word, sorted(known), n=1)), "")
