"""Make ready what the portal keeps about a person: asked for, built by the worker, forgotten."""

from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.backbone.jobs import jobs
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.files.queries.kept import content_for_room, infos_for_room
from motcua.identity.queries.people import actor_for, contact_of
from motcua.kernel.actors import Actor
from motcua.portal.events import ExportAsked, ExportReady
from motcua.portal.models import Export, Piece
from motcua.portal.queries.everything import files_of, sheets_of
from motcua.portal.rules.archive import as_csv, as_json, file_name

KEPT = timedelta(days=7)
PIECE = 2**20


@one_transaction
def ask_for_everything(*, by: Actor, at: datetime) -> str:
    """
    Let everything about the actor be made ready; return its id.

    While one is being made, asking again gives that one; one made before is forgotten.
    """
    being_made = Export.objects.select_for_update().filter(person=by.id)
    found = being_made.first()
    if found is not None and found.ready_at is None:
        return str(found.pk)
    being_made.delete()
    export, new = Export.objects.get_or_create(person=by.id, defaults={"asked_at": at})
    if not new:
        return str(export.pk)
    jobs.configure_task("portal.export").defer(export=str(export.pk))
    announce(ExportAsked(subject=str(export.pk), person=by.id), by=by, at=at)
    return str(export.pk)


def build_export(export: str, *, at: datetime) -> None:
    """
    Build an archive and keep it; again, it begins anew, and does nothing where it is done.

    Nothing is kept until all of it is there, so a worker that dies leaves nothing half done.
    """
    row = Export.objects.filter(pk=UUID(export), ready_at=None).first()
    if row is None:
        return
    by = actor_for(row.person)
    with override(contact_of(row.person).language), TemporaryFile() as archive:
        left_out = _write(archive, row, by=by, at=at)
        archive.seek(0)
        _keep(row.pk, archive, left_out, at=at)


@one_transaction
def forget_exports(*, at: datetime) -> int:
    """Delete what was kept for its seven days; return how many archives went."""
    past = Export.objects.filter(until__lte=at)
    count = past.count()
    past.delete()
    return count


def _write(archive: IO[bytes], row: Export, *, by: Actor, at: datetime) -> int:
    """Write the whole archive; return how many files did not fit in."""
    sheets = sheets_of(by=by, at=at)
    with ZipFile(archive, "w", ZIP_DEFLATED) as whole:
        whole.writestr("du-lieu.json", as_json(sheets))
        for sheet in sheets:
            whole.writestr(f"csv/{sheet.name}.csv", as_csv(sheet))
        written, left_out = _write_files(whole, row, by=by)
        facts = {"sheets": sheets, "files": written, "left_out": left_out, "at": at, "who": by}
        page = render_to_string("portal/export/archive.html", facts | {"title": _("My data")})
        whole.writestr("doc-truoc.html", page)
    return left_out


def _write_files(whole: ZipFile, row: Export, *, by: Actor) -> tuple[list[tuple[str, str]], int]:
    """Write the files one at a time; return name and place of each, and how many did not fit."""
    wanted = files_of(by=by)
    known = {info.id: info for info in infos_for_room([each.id for each in wanted])}
    written, left_out, room = [], 0, settings.EXPORT_MOST_BYTES
    for number, each in enumerate(wanted, start=1):
        info = known.get(each.id)
        if info is None or info.size > room:
            left_out += 1
            continue
        place = file_name(each.folder, number, info.name)
        whole.writestr(place, content_for_room(each.id), compress_type=ZIP_STORED)
        written.append((f"{each.folder}: {info.name}", place))
        room -= info.size
        if number % 20 == 0:
            Export.objects.filter(pk=row.pk).update(done=number * 100 // len(wanted))
    return written, left_out


@one_transaction
def _keep(export: UUID, archive: IO[bytes], left_out: int, *, at: datetime) -> None:
    row = Export.objects.select_for_update().filter(pk=export, ready_at=None).first()
    if row is None:
        return
    size = 0
    for number, data in enumerate(iter(lambda: archive.read(PIECE), b"")):
        Piece.objects.create(export=row, number=number, data=data)
        size += len(data)
    row.ready_at, row.until, row.done = at, at + KEPT, 100
    row.size, row.left_out = size, left_out
    row.save()
    ready = ExportReady(subject=str(export), person=row.person, until=row.until.isoformat())
    announce(ready, by=Actor.system("exports"), at=at)
