"""Take published procedures in: a changed record is a new version, the old keeps its period."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import connection

from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.catalogue.events import CatalogueImported
from motcua.catalogue.models.listing import list_anew
from motcua.catalogue.models.procedures import Procedure, Version
from motcua.catalogue.rules.demo import in_our_words
from motcua.catalogue.rules.glances import glance_of, owner_of, root_of
from motcua.catalogue.rules.readings import READER, as_json
from motcua.catalogue.rules.sources import Found, Lost
from motcua.catalogue.rules.words import keywords_for, prominence_of
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict
from motcua.kernel.text import N_

BATCH = 500
_ONE_AT_A_TIME = 7_021_193
"""An advisory lock of this number is held by whoever imports."""

Progress = Callable[[int], None]


class ImportOutOfOrder(Conflict):
    code = "catalogue.import-out-of-order"
    message = N_("Procedure {code} has a newer version already. Check the time of this machine.")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One record or field that was not read, for the report: where, what, why, its words."""

    place: str
    code: str
    at: str
    why: str
    text: str = ""


@dataclass(slots=True)
class Report:
    """What an import did (or would do): procedures by outcome, and everything not understood."""

    source: str
    counts: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    rows_with_limit: int = 0
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Procedures that were understood."""
        return sum(self.counts[k] for k in ("added", "changed", "same", "reread"))


@one_transaction
def import_procedures(
    records: Iterable[Found | Lost],
    *,
    source: str,
    by: Actor,
    at: datetime,
    only_new: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda _read: None,
) -> Report:
    """
    Keep ``records`` of the file named ``source``; the same file twice changes nothing.

    With ``only_new``, procedures that are known already are left alone (the demo catalogue must
    not overwrite the published one). A ``dry_run`` compares and reports without writing.

    :raises ImportOutOfOrder: if a stored version began at or after ``at``
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    report = Report(source)
    found = _once_each(records, report, progress)
    while batch := list(islice(found, BATCH)):
        _take(batch, report, at=at, only_new=only_new, dry_run=dry_run)
    if not dry_run:
        if report.counts["added"] or report.counts["changed"] or report.counts["reread"]:
            list_anew()
        counts = {k: report.counts[k] for k in ("added", "changed", "same", "refused")}
        announce(CatalogueImported(subject=source[:80], **counts), by=by, at=at)
    return report


def _once_each(
    records: Iterable[Found | Lost], report: Report, progress: Progress
) -> Iterator[Found]:
    seen: dict[str, str] = {}
    for number, record in enumerate(records, 1):
        progress(number)
        if isinstance(record, Lost):
            report.counts["refused"] += 1
            report.doubts.append(Doubt(record.place, "", "record", record.why))
            continue
        code = record.reading.code
        if code in seen:
            report.counts["refused"] += 1
            report.doubts.append(
                Doubt(record.place, code, "record", f"the code came already at {seen[code]}")
            )
            continue
        seen[code] = record.place
        report.rows += len(record.reading.channels)
        report.rows_with_limit += sum(row.unit is not None for row in record.reading.channels)
        report.doubts += [Doubt(record.place, code, t.at, t.why, t.text) for t in record.troubles]
        yield record


def _take(
    batch: list[Found], report: Report, *, at: datetime, only_new: bool, dry_run: bool
) -> None:
    codes = [f.reading.code for f in batch]
    current = {
        v.procedure_id: v
        for v in Version.objects.filter(procedure__in=codes, valid_to=None).defer("original")
    }
    listed = Procedure.objects.defer("words").in_bulk(codes)
    new, changed, reread = [], [], []
    for found in batch:
        known = current.get(found.reading.code)
        if known is None:
            new.append(found)
        elif only_new or _is_as_kept(found, known, listed[known.procedure_id]):
            report.counts["same"] += 1
        elif known.digest == _digest(found):
            reread.append(found)
        elif known.valid_from >= at:
            raise ImportOutOfOrder(code=known.procedure_id)
        else:
            changed.append(found)
    report.counts.update(added=len(new), changed=len(changed), reread=len(reread))
    if dry_run or not (new or changed or reread):
        return
    _write(new + changed + reread)
    _end([f.reading.code for f in changed], at=at)
    _begin(new + changed, current, source=report.source, at=at)
    for found in reread:
        Version.objects.filter(pk=current[found.reading.code].pk).update(
            reading=as_json(found.reading)
        )


def _write(batch: list[Found]) -> None:
    """Write the procedures as they stand now, in one statement."""
    rows = [procedure_of(f) for f in batch]
    columns = [
        f.name
        for f in Procedure._meta.concrete_fields  # noqa: SLF001
        if f.name not in {"code", "words", "listed"}
    ]
    Procedure.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=columns
    )


def procedure_of(found: Found) -> Procedure:
    """Return the row that lists and searches use; its English title is searched as well."""
    reading = in_our_words(found.reading)
    return Procedure(
        code=reading.code,
        root=root_of(reading.code),
        owner=owner_of(reading.code),
        title=reading.title,
        title_en=reading.title_en,
        field=reading.field,
        levels=[str(level) for level in reading.levels],
        agency=reading.agency,
        online=reading.online,
        keywords="; ".join(filter(None, (keywords_for(root_of(reading.code)), reading.title_en))),
        prominence=prominence_of(root_of(reading.code)),
        glance=glance_of(reading),
    )


def _is_as_kept(found: Found, known: Version, row: Procedure) -> bool:
    """Tell whether nothing changed: the record, how we read it, the words we add ourselves."""
    if known.digest != _digest(found) or known.reading.get("reader") != READER:
        return False
    fresh = procedure_of(found)
    ours = ("title_en", "keywords", "prominence", "glance")
    return all(getattr(fresh, name) == getattr(row, name) for name in ours)


def _end(codes: list[str], *, at: datetime) -> None:
    if codes:
        Version.objects.filter(procedure__in=codes, valid_to=None).update(valid_to=at)


def _begin(batch: list[Found], current: dict[str, Version], *, source: str, at: datetime) -> None:
    Version.objects.bulk_create(
        Version(
            procedure_id=found.reading.code,
            number=current[found.reading.code].number + 1 if found.reading.code in current else 1,
            valid_from=at,
            source=source[:200],
            digest=_digest(found),
            original=found.original,
            reading=as_json(found.reading),
        )
        for found in batch
    )


def _digest(found: Found) -> str:
    return hashlib.sha256(found.original.encode()).hexdigest()
