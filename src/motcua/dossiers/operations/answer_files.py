"""Files that come with a page of questions, by post or sent before by its script."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from motcua.backbone.http.refusals import sentence_of
from motcua.dossiers.rules.kinds import fits
from motcua.files.operations.keeping import forget, keep_upload
from motcua.files.queries.kept import KeptFile, files_named, infos_for_room
from motcua.forms.queries.forms import REMOVE, SHOWN, Form, Problem, Words, files_in
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Invalid, Refusal
from motcua.kernel.text import N_

__all__ = ["NotThisKind", "Place", "TakesFiles", "kinds_refused", "take_files"]

Posted = dict[str, list[str]]


class NotThisKind(Invalid):
    code = "dossiers.not-this-kind"
    message = N_("This question does not take this kind of file.")


class TakesFiles(Protocol):
    """A question of the page, or a paper, that takes files of some kinds."""

    @property
    def id(self) -> str:
        """Return the name of its input."""
        ...

    @property
    def accept(self) -> Sequence[str]:
        """Return the media types that it takes."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page takes files beside its questions: the name of the input and the kinds."""

    id: str
    accept: Sequence[str]


def take_files(
    sent: "MultiValueDict[str, UploadedFile[bytes]]",
    fields: Iterable[TakesFiles],
    posted: Posted,
    *,
    by: Actor,
    at: datetime,
    held: Collection[str] = (),
) -> list[Problem]:
    """
    Put the files that came with a page, kept, into what was posted; return what was not taken.

    What names no file of the actor's own is left out; so is the file that a button removes.

    :param sent: the files that came, by the name of the input
    :param fields: the questions of the page that take files
    :param held: other files that may be named: the dossier's own, whoever sent them
    """
    refused: list[Problem] = []
    removed = posted.get(REMOVE, [""])[-1]
    for field in fields:
        if field.id not in " ".join(posted.get(SHOWN, [])).split():
            continue
        named = [id_ for id_ in posted.get(field.id, ()) if f"{field.id}.{id_}" != removed]
        had = _known(named, held, by=by) if any(named) else []
        ids = [file.id for file in had if fits(file.media_type, field.accept)]
        wrong = [file.name for file in had if not fits(file.media_type, field.accept)]
        refused += [_refused(field, name, NotThisKind()) for name in wrong]
        for file in sent.getlist(field.id):
            try:
                ids.append(_kept(field, file, by=by, at=at))
            except Refusal as refusal:
                refused.append(_refused(field, file.name or "", refusal))
        posted[field.id] = ids
    return refused


def kinds_refused(form: Form, answers: Mapping[str, Any]) -> list[Problem]:
    """Return the answers that hold a file of a kind that their question does not take."""
    held = files_in(form, answers)
    wanted = [id_ for ids in held.values() for id_ in ids]
    kinds = {file.id: file.media_type for file in infos_for_room(wanted)} if wanted else {}
    accept = {field.id: field.accept for field in form.fields}
    return [
        _refused(Place(name, ()), "", NotThisKind())
        for name, ids in held.items()
        if not all(fits(kinds[id_], accept[name]) for id_ in ids if id_ in kinds)
    ]


def _known(named: Sequence[str], held: Collection[str], *, by: Actor) -> list[KeptFile]:
    """Return the files that are the actor's own or held, in the order in which they are named."""
    theirs = infos_for_room([id_ for id_ in named if id_ in held]) if held else []
    found = {file.id: file for file in (*files_named(named, by=by), *theirs)}
    return [found[id_] for id_ in dict.fromkeys(named) if id_ in found]


def _refused(field: TakesFiles, name: str, refusal: Refusal) -> Problem:
    said = f"{name}: {sentence_of(refusal)}".removeprefix(": ")
    return Problem(field.id, "", words=Words(said, said))


def _kept(field: TakesFiles, file: "UploadedFile[bytes]", *, by: Actor, at: datetime) -> str:
    """
    Keep a file that came with the page and return its id.

    :raises Invalid: if the portal or this field does not take it
    """
    kept = keep_upload(file.read(), file.name or "", by=by, at=at)
    if not fits(kept.media_type, field.accept):
        forget(kept.id, by=by, at=at)
        raise NotThisKind
    return kept.id
