"""Writing what legacy messages say besides: of two the later one holds, set-wise."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

import msgspec

from motcua.backbone.statements import Statement, json_value
from motcua.sync.rules.codes import place_of
from motcua.sync.rules.legacy.details import Detail

__all__ = ["keep_details"]

_KEEP = Statement(
    """
    INSERT INTO sync_detail AS held
        (year, member, code, part, as_of, hash, facts, left_out, told_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (year, member, code, part) DO UPDATE SET as_of = excluded.as_of,
        hash = excluded.hash, facts = excluded.facts, left_out = excluded.left_out,
        told_at = excluded.told_at
    WHERE (held.as_of, held.hash) < (excluded.as_of, excluded.hash)
    """
)
_canonical = msgspec.json.Encoder(order="deterministic").encode


def keep_details(found: Iterable[tuple[str, Detail]], *, at: datetime) -> None:
    """Keep the details of dossiers by their codes; one statement each."""
    for code, detail in found:
        place = place_of(code)
        if place is None:
            continue
        said = _canonical([detail.facts, detail.left_out])
        mark = int.from_bytes(blake2b(said, digest_size=8).digest(), signed=True)
        _KEEP.run(
            *(place.year, place.member, code, detail.part, detail.as_of, mark),
            *(json_value(detail.facts), json_value(list(detail.left_out)), at),
        )
