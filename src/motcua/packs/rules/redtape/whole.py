"""All findings of a pack together."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from motcua.packs.rules.definition import Pack
from motcua.packs.rules.redtape.basis import law_over, without_law
from motcua.packs.rules.redtape.findings import Finding, Group, Weight
from motcua.packs.rules.redtape.held import fields_held, papers_held
from motcua.packs.rules.redtape.repeated import certified_copies, fields_twice, papers_twice
from motcua.packs.rules.redtape.slow import Record, same_hands, too_slow
from motcua.packs.rules.redtape.unused import unused_fields

_GROUPS = list(Group)
_WEIGHTS = list(Weight)


def redtape(
    pack: Pack,
    *,
    on: date | None = None,
    parts: Mapping[str, Pack] = MappingProxyType({}),
    record: Record = MappingProxyType({}),
) -> tuple[Finding, ...]:
    """
    Return what a pack asks that it need not ask, by subject, the heaviest first.

    :param on: the day whose law counts; the first day of the pack's validity if left out
    :param parts: for a linked pack, the packs of its parts by procedure
    :param record: the limits of the published record, where there is one
    """
    found = [
        *papers_held(pack),
        *fields_held(pack),
        *papers_twice(pack, parts),
        *fields_twice(pack),
        *certified_copies(pack),
        *too_slow(pack, record),
        *same_hands(pack),
        *without_law(pack),
        *law_over(pack, on=on or pack.valid_from),
        *unused_fields(pack),
    ]
    found.sort(key=lambda each: (_GROUPS.index(each.group), _WEIGHTS.index(each.weight)))
    return tuple(found)
