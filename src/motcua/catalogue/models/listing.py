"""Which procedures a search shows, and the words it may be looking for."""

from django.db import connection

_LIST = """
UPDATE catalogue_procedure AS copy SET listed = NOT copy.listed
WHERE copy.listed = (copy.owner <> '' AND EXISTS (
    SELECT FROM catalogue_procedure AS original
    WHERE original.root = copy.root
      AND (original.owner, original.code) < (copy.owner, copy.code)
))
"""
"""A province's copy is shown only where there is no original, and then only one of the copies."""

_PHRASES = """
WITH heard AS (
    SELECT code, string_to_array(catalogue_fold(part), ' ') AS word
    FROM catalogue_procedure, regexp_split_to_table(
        title || ';' || keywords || ';' || field, '[;,.()/:]') AS part
    WHERE listed AND part <> ''
), told AS (
    SELECT code, word[i] AS words FROM heard, generate_subscripts(word, 1) AS i
    UNION
    SELECT code, word[i] || ' ' || word[i + 1] FROM heard, generate_subscripts(word, 1) AS i
    WHERE i < cardinality(word)
), counted AS (
    SELECT words, count(DISTINCT code) AS documents FROM told
    WHERE words <> '' AND length(words) <= 60 GROUP BY words
)
INSERT INTO catalogue_phrase (text, words, documents)
SELECT DISTINCT ON (replace(words, ' ', '')) replace(words, ' ', ''), words, documents
FROM counted ORDER BY replace(words, ' ', ''), documents DESC, words
"""


def list_anew() -> None:
    """Choose again what is listed and gather the phrases of it: three statements, any size."""
    with connection.cursor() as cursor:
        cursor.execute(_LIST)
        cursor.execute("DELETE FROM catalogue_phrase")
        cursor.execute(_PHRASES)
        cursor.execute("ANALYZE catalogue_procedure, catalogue_phrase")
