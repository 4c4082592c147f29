"""A year of believable dossiers at the demo agencies, to show lists and figures, and to measure."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.agencies.operations.demo import DEMO_AGENCIES
from motcua.agencies.queries.calendars import calendar_of
from motcua.agencies.queries.posts import holders
from motcua.config.terminal import say, step
from motcua.dossiers.operations.seeding import Place, seed_dossiers
from motcua.kernel.actors import Role
from motcua.packs.operations.publishing import SHIPPED
from motcua.packs.queries.packs import Pack, codes_online, pack_for

NEEDED = (Role.CLERK, Role.SPECIALIST, Role.LEADER)


def load_dossiers(count: int, *, at: datetime) -> None:
    """Add ``count`` dossiers of the last year, saying how far it has come."""
    places, packs = list(_places(at)), list(_packs(at))

    def progress(done: int) -> None:
        say(f"{done:,} / {count:,} hồ sơ".replace(",", "."), f"{done:,} of {count:,} dossiers")

    with step("Tạo hồ sơ mẫu", "Making dossiers"):
        seed_dossiers(
            count,
            places=places,
            packs=packs,
            applicants=max(count // 4, 100),
            now=at,
            progress=progress,
        )


def _places(at: datetime) -> Iterator[Place]:
    for each in DEMO_AGENCIES:
        found = {role: holders(each.new.id, role, at=at) for role in NEEDED}
        if all(found.values()):
            officials = {
                role: (held[0].holder, held[0].holder_name) for role, held in found.items()
            }
            yield Place(each.new.id, calendar_of(each.new.id), officials)


def _packs(at: datetime) -> Iterator[tuple[Pack, dict[str, Any]]]:
    today = localtime(at).date()
    for code in sorted(codes_online(on=today)):
        pack = pack_for(code, on=today)
        for file in sorted((SHIPPED / code / "examples").glob("valid-*.json")):
            if pack is not None and not pack.parts:
                yield pack, json.loads(file.read_text())["answers"]
