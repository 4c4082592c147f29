"""Branches of the economy, by the codes that enterprises are registered with."""

import re
from datetime import date
from functools import cache

from motcua.agencies.adapters import reference
from motcua.kernel.scope import public

__all__ = ["ENDED_ON", "branch_named"]

ENDED_ON = date(2025, 11, 15)
"""Since this day Decision 36/2025/QĐ-TTg gives other codes, and some of these another meaning."""
_CODE = re.compile(r"[0-9]{2,5}", re.ASCII)


@public
def branch_named(code: str, language: str = "vi") -> str:
    """
    Return the name of the branch of the second level to which a code belongs; empty where none.

    :param code: two to five digits of Decision 27/2018/QĐ-TTg
    """
    row = _rows().get(code[:2]) if _CODE.fullmatch(code) else None
    return "" if row is None else row.vi if language == "vi" else row.en


@cache
def _rows() -> dict[str, reference.BranchRow]:
    return {row.code: row for row in reference.branches()}
