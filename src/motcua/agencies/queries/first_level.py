"""The agencies that have a first-level code of their own: ministries and provinces."""

from functools import cache

from motcua.agencies.adapters import reference
from motcua.kernel.scope import public


@public
def first_level_name(code: str) -> str:
    """Return the name of the agency with a first-level code (``H57``), or the code itself."""
    return _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    return {row.code: row.name for row in reference.electronic_ids()}
