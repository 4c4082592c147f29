"""What a draft can be begun from: a record of the catalogue, a published version, nothing."""

from dataclasses import dataclass
from datetime import date

import msgspec

from motcua.catalogue.queries.procedures import life_events, procedure
from motcua.kernel.scope import for_rooms
from motcua.packs.queries.files import FIRST_LINE, files_from, files_of_version
from motcua.packs.queries.shelf import version_named
from motcua.studio.rules.from_record import document_from, order_of_work
from motcua.studio.rules.record import Record

__all__ = ["Beginning", "from_catalogue", "from_nothing", "from_version"]

WORKFLOW = "workflow.yaml"


@dataclass(frozen=True, slots=True)
class Beginning:
    """The files of a draft to be, and what it is called; ``base`` the version it comes from."""

    code: str
    title: str
    files: dict[str, str]
    base: str = ""


@for_rooms
def from_catalogue(code: str, *, on: date) -> Beginning:
    """
    Return files filled from a record, with what it does not say marked as left to do.

    :raises NoSuchProcedure: if there is none
    """
    reading = procedure(code).reading
    root = ".".join(code.split(".")[:2])
    events = tuple(event.key for event in life_events() if {code, root} & set(event.codes))
    plain = {**msgspec.to_builtins(reading), "life_events": events}
    record = msgspec.convert(plain, Record, strict=False)
    return Beginning(code, reading.title, files_of_record(record, on=on))


@for_rooms
def files_of_record(record: Record, *, on: date) -> dict[str, str]:
    """Return the files of a pack from a record; the order of work stands above the workflow."""
    files = files_from(document_from(record, on=on))
    remarks = "".join(f"# {line}\n" for line in order_of_work(record))
    files[WORKFLOW] = files[WORKFLOW].replace(FIRST_LINE, FIRST_LINE + remarks, 1)
    return files


@for_rooms
def from_version(version: str) -> Beginning | None:
    """Return the files of a published version, or None if there is none of this name."""
    found = version_named(version)
    if found is None:
        return None
    return Beginning(found.code, found.title["vi"], files_of_version(version), base=version)


@for_rooms
def from_nothing(code: str, title: str, *, on: date) -> Beginning:
    """Return the files of a new pack about which only code and title are known."""
    record = Record(code=code, title=title, field="", levels=("commune",))
    return Beginning(code, title, files_of_record(record, on=on))
