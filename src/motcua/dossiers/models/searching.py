"""
Finding dossiers by words, within one agency and in the same time however many the country has.

An index holds every word of every dossier as ``agency/word``, so that looking for ``nguyen thi
lan`` in one agency never touches another one's dossiers; a second one holds the digits, of which
any part may be looked for.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, F, Func, TextField, Value

MOST_WAITING = 128
"""
How much may wait to be put in its place in these indexes, in kilobytes.

Each search reads all that waits, and each filing and step adds to it: of PostgreSQL's usual four
megabytes a search for a name became several times as dear, while putting it in its place sooner
costs who writes nothing that can be measured.
"""

WORDS = r"""
CREATE FUNCTION dossiers_words(agency text, sought text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT regexp_replace(
  regexp_replace(sought, '\m[0-9][a-z0-9]*', '', 'g'),
  '([a-z][a-z0-9]*)', '''' || agency || '/\1''', 'g'
)::tsvector
$$
"""
"""Makes of the folded words of a dossier those that begin with a letter, each after its agency."""

DIGITS = """
CREATE FUNCTION dossiers_digits(sought text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT regexp_replace(sought, '[^0-9]+', ' ', 'g')
$$
"""


class WordsOf(Func):
    """The words of a dossier as its index holds them."""

    function = "dossiers_words"

    def __init__(self) -> None:
        super().__init__(F("agency"), F("sought"), output_field=TextField())


class DigitsOf(Func):
    """The digits of a dossier's words."""

    function = "dossiers_digits"

    def __init__(self, *_: Any) -> None:
        super().__init__(F("sought"), output_field=TextField())


class Alike(Func):
    """
    Whether a text is like a pattern.

    :param pattern: letters and digits, spaces, and ``%`` for anything
    """

    arg_joiner = " LIKE "
    template = "%(expressions)s"

    def __init__(self, text: F | Func, pattern: str) -> None:
        super().__init__(text, Value(pattern), output_field=BooleanField())


def indexed_words(agency: str, whole: Sequence[str], begun: Sequence[str]) -> str:
    """
    Return by what an agency's dossiers are asked of the index.

    :param whole: words they have, folded, of the letters a to z alone
    :param begun: what words of theirs begin with, likewise
    """
    ends = [f"'{agency}/{word}'" for word in whole] + [f"'{agency}/{word}':*" for word in begun]
    return " & ".join(ends)


class HasWords(Func):
    """
    Whether a dossier has the words of its agency that are asked of the index.

    :param wanted: as ``indexed_words`` tells them
    """

    template = "%(expressions)s::tsquery"
    arg_joiner = " @@ "

    def __init__(self, wanted: str) -> None:
        super().__init__(WordsOf(), Value(wanted), output_field=BooleanField())
