"""Finding procedures by words: two statements, whatever is asked."""

from collections.abc import Collection, Mapping

from motcua.backbone.database.reading import reading
from motcua.catalogue.rules.ranking import Candidate
from motcua.catalogue.rules.seeking import Known, Tokens

MOST_CANDIDATES = 50
ENOUGH_ROWS = 600
"""Common words are left out of the net once the rare ones can catch this many procedures."""

_LOOK_UP = """
WITH asked AS (SELECT * FROM unnest(%s::text[], %s::text[], %s::text[]) AS t (text, one, two)),
known AS (
    SELECT p.text AS asked, p.text, p.words, p.documents
    FROM asked JOIN catalogue_phrase AS p USING (text)
), strange AS (
    SELECT text FROM asked AS a
    WHERE length(text) BETWEEN 4 AND 24 AND NOT EXISTS (SELECT FROM known WHERE asked = a.text)
      AND (NOT EXISTS (SELECT FROM known WHERE asked = a.one)
        OR NOT EXISTS (SELECT FROM known WHERE asked = a.two))
)
SELECT asked, text, words, documents FROM known
UNION ALL
SELECT s.text, near.text, near.words, near.documents
FROM strange AS s CROSS JOIN LATERAL (
    SELECT text, words, documents FROM catalogue_phrase AS p
    WHERE p.text %% s.text AND length(p.text) BETWEEN length(s.text) - 2 AND length(s.text) + 2
    ORDER BY similarity(p.text, s.text) DESC, documents DESC LIMIT 6
) AS near
"""
"""Likeness is looked for only where a word is strange: alone, or beside a neighbour."""

_CATCH = """
SELECT code, title, keywords, field, levels, online, prominence FROM (
    SELECT code, title, keywords, field, levels, online, prominence, words
    FROM catalogue_procedure WHERE words @@ %s::tsquery AND {among}
    OFFSET 0
) AS caught
ORDER BY {weight} DESC, prominence DESC, length(title), code LIMIT %s
"""
_EVERYWHERE = "listed"
_AT_AGENCY = "(listed OR owner = %s) AND (agency ILIKE %s OR owner = %s)"


def look_up(phrases: Collection[Tokens]) -> tuple[dict[str, Known], dict[str, list[Known]]]:
    """Return the catalogue's phrases that equal ``phrases``, and those like the strange ones."""
    exact: dict[str, Known] = {}
    near: dict[str, list[Known]] = {}
    with reading("catalogue").cursor() as cursor:
        cursor.execute(
            _LOOK_UP,
            [
                ["".join(words) for words in phrases],
                [words[0] for words in phrases],
                [words[-1] for words in phrases],
            ],
        )
        for asked, text, words, documents in cursor.fetchall():
            known = Known(tuple(words.split()), documents)
            if asked == text:
                exact[asked] = known
            else:
                near.setdefault(asked, []).append(known)
    return exact, near


def catch(
    weights: Mapping[str, float], exact: Mapping[str, Known], *, agency: str = ""
) -> list[Candidate]:
    """Return the procedures with the most telling words of a search, at most fifty."""
    there = sorted((exact[t].documents, t) for t in weights if t in exact)
    if not there:
        return []
    net: list[str] = []
    rows = 0
    for documents, token in there:
        if net and rows + documents > ENOUGH_ROWS:
            break
        net.append(token)
        rows += documents
    weight = " + ".join("(words @@ %s::tsquery)::int * %s::float" for _ in there)
    told = [part for _, token in there for part in (token, weights[token])]
    place = [agency, f"%{_escaped(agency)}%", agency] if agency else []
    statement = _CATCH.format(among=_AT_AGENCY if agency else _EVERYWHERE, weight=weight)
    with reading("catalogue").cursor() as cursor:
        cursor.execute(statement, [" | ".join(net), *place, *told, MOST_CANDIDATES])
        return [
            Candidate(code, title, keywords, field, tuple(levels), online, prominence)
            for code, title, keywords, field, levels, online, prominence in cursor.fetchall()
        ]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
