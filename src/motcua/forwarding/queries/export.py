"""A person's dossiers that were handed on, for that person to take away."""

from collections.abc import Iterator

import msgspec

from motcua.forwarding.models import Handed
from motcua.forwarding.rules.manifest import Answered, Manifest
from motcua.kernel.actors import Actor
from motcua.kernel.exports import HandedFile, Sheet, rows_of
from motcua.kernel.text import N_

_COLUMNS = "code there agency member procedure title pack filed_at handing taken_at number due_at"


def my_handed_on(*, by: Actor) -> tuple[Sheet, ...]:
    """Return the actor's own dossiers that other portals process, with what was sent."""
    mine = Handed.objects.filter(applicant=by.id or "-").order_by("id")
    rows = rows_of(mine, f"{_COLUMNS} manifest told")
    return (Sheet("chuyen-di", N_("Dossiers handed to other portals"), rows),)


def my_handed_on_files(*, by: Actor) -> Iterator[HandedFile]:
    """Yield the files that went with them, and the results that came back."""
    for row in Handed.objects.filter(applicant=by.id or "-").order_by("id").iterator(chunk_size=50):
        told = msgspec.json.decode(row.manifest, type=Manifest)
        lines = (msgspec.json.decode(x.line, type=Answered) for x in row.supplements.order_by("id"))
        files = [*told.files, *(file for line in lines for file in line.files)]
        yield from (HandedFile(id_, row.code) for id_ in dict.fromkeys(file.id for file in files))
        yield from (HandedFile(file, f"{row.code}/ket-qua") for file in row.results.values())
