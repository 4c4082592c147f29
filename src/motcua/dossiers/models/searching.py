"""
Finding dossiers by words, within one agency and in the same time however many the country has.

An index holds every word of every dossier as ``agency/word``, so that looking for ``nguyen thi
lan`` in one agency never touches another one's dossiers; a second one holds the digits, of which
any part may be looked for.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, F, Func, TextField, Value

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


class HasWords(Func):
    """
    Whether a dossier of an agency has words that begin like these.

    :param words: folded, of the letters a to z alone
    """

    template = "%(expressions)s::tsquery"
    arg_joiner = " @@ "

    def __init__(self, agency: str, words: Sequence[str]) -> None:
        wanted = " & ".join(f"'{agency}/{word}':*" for word in words)
        super().__init__(WordsOf(), Value(wanted), output_field=BooleanField())
