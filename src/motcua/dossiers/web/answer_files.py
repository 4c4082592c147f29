"""Files that come with a page of questions, by post or sent before by its script."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse

from motcua.backbone.http.refusals import sentence_of
from motcua.files.operations.keeping import forget, keep_upload
from motcua.files.queries.kept import files_named
from motcua.forms.queries.forms import REMOVE, SHOWN, Field, FileView, Problem, Words
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid, Refusal
from motcua.kernel.text import N_

Posted = dict[str, list[str]]


class NotThisKind(Invalid):
    code = "dossiers.not-this-kind"
    message = N_("This question does not take this kind of file.")


def take_files(
    request: HttpRequest, fields: Iterable[Field], posted: Posted, *, by: Actor, at: datetime
) -> list[Problem]:
    """
    Put the files that came with a page, kept, into what was posted; return what was not taken.

    What names no file of the actor's own is left out; so is the file that a button removes.

    :param fields: the questions of the page that take files
    """
    refused: list[Problem] = []
    removed = posted.get(REMOVE, [""])[-1]
    for field in fields:
        if field.id not in " ".join(posted.get(SHOWN, [])).split():
            continue
        named = [id_ for id_ in posted.get(field.id, ()) if f"{field.id}.{id_}" != removed]
        had = files_named(named, by=by) if any(named) else []
        ids = [file.id for file in had if file.media_type in field.accept]
        wrong = [file.name for file in had if file.media_type not in field.accept]
        refused += [_refused(field, name, NotThisKind()) for name in wrong]
        for file in request.FILES.getlist(field.id):
            try:
                ids.append(_kept(field, file, by=by, at=at))
            except Refusal as refusal:
                refused.append(_refused(field, file.name or "", refusal))
        posted[field.id] = ids
    return refused


def files_shown(ids: Iterable[str], *, by: Actor) -> dict[str, FileView]:
    """Return the actor's own files as a page shows them, by id; one statement, if there are any."""
    wanted = list(ids)
    return {
        file.id: FileView(file.id, file.name, reverse("files:show", kwargs={"id": file.id}))
        for file in (files_named(wanted, by=by) if wanted else ())
    }


def _refused(field: Field, name: str, refusal: Refusal) -> Problem:
    said = f"{name}: {sentence_of(refusal)}"
    return Problem(field.id, "", words=Words(said, said))


def _kept(field: Field, file: "UploadedFile[bytes]", *, by: Actor, at: datetime) -> str:
    """
    Keep a file that came with the page and return its id.

    :raises Invalid: if the portal or this field does not take it
    """
    kept = keep_upload(file.read(), file.name or "", by=by, at=at)
    if kept.media_type not in field.accept:
        forget(kept.id, by=by, at=at)
        raise NotThisKind
    return kept.id
