"""The studio's first page: what is in force, what is to come, what was withdrawn."""

from dataclasses import dataclass
from datetime import date

from motcua.catalogue.queries.search import search
from motcua.kernel.scope import for_rooms
from motcua.packs.queries.shelf import OnShelf, Standing, codes_after, versions_of

__all__ = ["Shelf", "ShelfLine", "shelf"]

PAGE = 50
SHOWN = (Standing.IN_FORCE, Standing.SCHEDULED)


@dataclass(frozen=True, slots=True)
class ShelfLine:
    """A pack with the versions that matter: in force and to come, else the last one there was."""

    code: str
    versions: tuple[OnShelf, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of packs; ``after`` leads to the next one."""

    lines: tuple[ShelfLine, ...]
    after: str = ""


@for_rooms
def shelf(text: str = "", *, on: date, after: str = "", limit: int = PAGE) -> Shelf:
    """Return published packs by code, or those whose procedure ``text`` means, the best first."""
    if text.strip():
        codes = tuple(hit.code for hit in search(text, limit=limit).hits)
        more = ""
    else:
        found = codes_after(after, limit=limit + 1)
        codes = found[:limit]
        more = codes[-1] if len(found) > limit else ""
    by_code: dict[str, list[OnShelf]] = {}
    for each in versions_of(codes, on=on):
        by_code.setdefault(each.code, []).append(each)
    lines = (ShelfLine(code, _shown(by_code[code])) for code in codes if code in by_code)
    return Shelf(tuple(lines), more)


def _shown(versions: list[OnShelf]) -> tuple[OnShelf, ...]:
    return tuple(each for each in versions if each.standing in SHOWN) or (versions[0],)
