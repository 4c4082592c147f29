"""Countries by the two letters of ISO 3166-1."""

from functools import cache

from motcua.agencies.adapters import reference
from motcua.kernel.scope import public
from motcua.kernel.text import alphabetical


@public
def country_named(code: str, language: str = "vi") -> str:
    """Return the name of a country, also of one that is no more; empty where none has the code."""
    row = _rows().get(code)
    return "" if row is None else row.vi if language == "vi" else row.en


@public
@cache
def countries(language: str = "vi") -> tuple[tuple[str, str], ...]:
    """Return all countries, code and name, in the order of their names."""
    named = [(code, country_named(code, language)) for code in _rows()]
    return tuple(sorted(named, key=lambda each: alphabetical(each[1])))


@cache
def _rows() -> dict[str, reference.CountryRow]:
    return {row.code: row for row in reference.countries()}
