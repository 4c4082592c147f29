"""Load service packs: each change becomes a new version, nothing loaded is ever changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.packs.events import PackLoaded
from motcua.packs.models.versions import PackVersion
from motcua.packs.operations.reading import SHIPPED, read_folder
from motcua.packs.queries.packs import forget_newest
from motcua.packs.rules.document import Document, digest_of

__all__ = ["SHIPPED", "Loaded", "load_pack", "load_packs"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The version that now holds a pack's content, and whether this load made it."""

    version: str
    new: bool


def load_packs(folder: Path = SHIPPED, *, by: Actor, at: datetime) -> Iterable[Loaded]:
    """
    Load every pack folder inside ``folder``, one by one; see `load_pack`.

    :raises BadPack: at the first folder with flaws; those before it stay loaded
    """
    for each in sorted(path.parent for path in folder.glob("*/procedure.yaml")):
        yield load_pack(each, by=by, at=at)


def load_pack(folder: Path, *, by: Actor, at: datetime) -> Loaded:
    """
    Load the pack in ``folder``: nothing where its newest version has the same content.

    Changed content makes a new version with the validity the files give; older versions stay, and
    what was filed under them stays with them.

    :raises BadPack: if the files have flaws
    """
    loaded = _keep(read_folder(folder), by=by, at=at)
    forget_newest()
    return loaded


@one_transaction
def _keep(document: Document, *, by: Actor, at: datetime) -> Loaded:
    procedure = document["procedure"]
    code, digest = procedure["code"], digest_of(document)
    newest = PackVersion.objects.select_for_update().filter(code=code).newest_first().first()
    if newest is not None and newest.digest == digest:
        return Loaded(newest.id, new=False)
    number = newest.number + 1 if newest else 1
    ends = procedure.get("valid_to")
    made = PackVersion.objects.create(
        id=f"{code}@{number}-{digest[:8]}",
        code=code,
        number=number,
        digest=digest,
        valid_from=date.fromisoformat(procedure["valid_from"]),
        valid_to=date.fromisoformat(ends) if ends else None,
        definition=document,
        loaded_at=at,
    )
    announce(PackLoaded(subject=code, version=made.id), by=by, at=at)
    return Loaded(made.id, new=True)
