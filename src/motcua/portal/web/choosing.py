"""Procedures to choose from: by field, with those chosen open."""

from collections.abc import Collection
from datetime import date
from itertools import groupby
from typing import NamedTuple

from motcua.catalogue.queries.procedures import procedures
from motcua.kernel.folding import fold
from motcua.packs.queries.packs import codes_online


class Group(NamedTuple):
    """The procedures of one field that can be filed here, as code and title."""

    field: str
    offered: list[tuple[str, str]]


def offered_by_field(on: date) -> list[Group]:
    """Return what can be filed here, by field and title."""
    hits = procedures(sorted(codes_online(on=on)))
    found = sorted(
        (fold(hit.field), fold(hit.title), hit.field, hit.code, hit.title) for hit in hits
    )
    return [
        Group(group[0][2], [(code, title) for *_names, code, title in group])
        for group in (list(same) for _field, same in groupby(found, key=lambda each: each[0]))
    ]


def known_in(groups: Collection[Group]) -> set[str]:
    """Return the codes among them."""
    return {code for group in groups for code, _title in group.offered}
