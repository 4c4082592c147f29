"""Take files in, tie them to what uses them, and let them go."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction

from motcua.backbone.journal import announce
from motcua.backbone.limits import check_rate
from motcua.backbone.transactions import one_transaction
from motcua.files.events import FileForgotten, FileKept, OrphansSwept, UploadRefused
from motcua.files.models.papers import Content, Paper, Thumbnail
from motcua.files.queries.kept import KeptFile, NoSuchFile, file_named, seen
from motcua.files.rules.acceptance import Accepted, accept
from motcua.files.rules.names import shown_name
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden, Invalid
from motcua.kernel.text import N_

ORPHANED_AFTER = timedelta(days=7)
MADE = "portal"
MOST_UPLOADS = 300
"""How many files one person may send in an hour."""

log = structlog.get_logger("motcua.files")


class SignInToSend(Forbidden):
    code = "files.sign-in"
    message = N_("Sign in to send files, so that only you can see them.")


def keep_upload(content: bytes, name: str, *, by: Actor, at: datetime) -> KeptFile:
    """
    Take in a file somebody sent, checked by its content; it is theirs alone until it is attached.

    The checking, which takes a while for a photo, is done before the transaction. A refusal is
    written to the log, and to the journal unless the caller's transaction is undone by it.

    :raises SignInToSend: if nobody is signed in
    :raises TooOften: at more than 300 files an hour
    :raises Invalid: if the portal does not take such a file; the message says what to send
    """
    accepted = checked(content, name, by=by, at=at)
    return keep(accepted, owner=by.id, attached_to="", by=by, at=at)


def checked(content: bytes, name: str, *, by: Actor, at: datetime) -> Accepted:
    """
    Return what to keep of a file somebody sent; a refusal is written down as ``keep_upload`` says.

    :raises SignInToSend: if nobody is signed in
    :raises TooOften: at more than 300 files an hour
    :raises Invalid: if the portal does not take such a file; the message says what to send
    """
    if by.is_anonymous:
        raise SignInToSend
    check_rate("files.upload", by.id, times=MOST_UPLOADS, seconds=3600, at=at)
    try:
        return accept(content, name, most_bytes=settings.FILE_MOST_BYTES)
    except Invalid as refusal:
        _note_refusal(refusal, content, name, by=by, at=at)
        raise


def keep_told(content: bytes, name: str, *, owner: str, by: Actor, at: datetime) -> KeptFile:
    """
    Take in a file that another portal hands on for ``owner``, checked like any other.

    It is not counted among what one person may send in an hour: how much a portal may send is
    agreed with it.

    :param by: the portal that hands it on
    :raises Invalid: if the portal does not take such a file; the message says what to send
    """
    try:
        accepted = accept(content, name, most_bytes=settings.FILE_MOST_BYTES)
    except Invalid as refusal:
        _note_refusal(refusal, content, name, by=by, at=at)
        raise
    return _kept(accepted, owner=owner, by=by, at=at)


@one_transaction
def _kept(accepted: Accepted, *, owner: str, by: Actor, at: datetime) -> KeptFile:
    return keep(accepted, owner=owner, attached_to="", by=by, at=at)


@one_transaction
def keep_made(
    content: bytes,
    name: str,
    media_type: str,
    *,
    owner: str,
    to: str = MADE,
    pages: int | None = None,
    by: Actor,
    at: datetime,
) -> KeptFile:
    """
    Keep a paper the portal made itself (a receipt, a result) for ``owner``; it is not checked.

    :param owner: id of the actor who may see it as their own
    :param to: what it belongs to, such as a dossier code; a made paper is never swept
    :param pages: how many it has; a PDF is shown by its pages where they are known
    :raises KeyError: if the portal keeps no files of ``media_type``
    """
    made = Accepted(shown_name(name, media_type), media_type, content, pages=pages)
    return keep(made, owner=owner, attached_to=to, by=by, at=at)


@one_transaction
def attach(ids: Iterable[str], *, to: str, by: Actor, held_by: str = "") -> None:
    """
    Tie the actor's own files to what uses them (a draft, a dossier code): they are kept from now.

    A file that is never attached is removed after seven days. Attaching again changes nothing; a
    file moves on only from ``held_by``, so that nothing can be taken out of a filed dossier. One
    statement.

    :raises NoSuchFile: if one is gone, another's, or used elsewhere; then none is attached
    """
    wanted = {_uuid(each) for each in ids}
    free = Paper.objects.visible_to(by).filter(attached_to__in={"", to, held_by})
    if free.filter(pk__in=wanted).update(attached_to=to) < len(wanted):
        raise NoSuchFile


@one_transaction
def forget(id: str, *, by: Actor, at: datetime, held_by: str = "") -> None:  # noqa: A002
    """
    Remove one of the actor's own files, content and all, unless something but ``held_by`` uses it.

    :raises NoSuchFile: if there is none, it is another's, or it is used elsewhere
    """
    file = file_named(id, by=by)
    gone, _ = Paper.objects.filter(pk=file.id, attached_to__in={"", held_by}).delete()
    if not gone:
        raise NoSuchFile
    announce(FileForgotten(subject=file.id, owner=by.id, sha256=file.sha256), by=by, at=at)


def pass_on(ids: Iterable[str], *, to: str, held_by: str) -> None:
    """
    Tie files that ``held_by`` holds to ``to``, whoever sent them; one statement.

    :raises NoSuchFile: if one is not held so; then none is passed on
    """
    wanted = {_uuid(each) for each in ids}
    held = Paper.objects.filter(pk__in=wanted, attached_to=held_by)
    with transaction.atomic():
        if held.update(attached_to=to) < len(wanted):
            raise NoSuchFile


@one_transaction
def forget_held(held_by: str, *, by: Actor, at: datetime, only: str = "") -> int:
    """
    Remove the files that ``held_by`` holds, whoever sent them; return how many.

    :param only: the id of the one file to remove, where the others stay
    """
    held = Paper.objects.filter(attached_to=held_by).select_for_update().order_by("pk")
    held = held.filter(pk=_uuid(only)) if only else held
    gone = list(held.values_list("pk", "owner", "sha256"))
    Paper.objects.filter(pk__in=[pk for pk, _owner, _sha256 in gone]).delete()
    for pk, owner, sha256 in gone:
        announce(FileForgotten(subject=str(pk), owner=owner, sha256=sha256), by=by, at=at)
    return len(gone)


@one_transaction
def sweep_orphans(*, by: Actor, at: datetime, batch: int = 500) -> int:
    """Remove files that nothing used for seven days; return how many, at most ``batch``."""
    orphans = Paper.objects.filter(attached_to="", at__lt=at - ORPHANED_AFTER).order_by("at")
    ids = list(orphans.select_for_update(skip_locked=True).values_list("pk", flat=True)[:batch])
    if ids:
        Paper.objects.filter(pk__in=ids).delete()
        announce(OrphansSwept(subject="files", count=len(ids)), by=by, at=at)
    return len(ids)


@one_transaction
def copy(id: str, *, owner: str, to: str, by: Actor, at: datetime) -> KeptFile:  # noqa: A002
    """
    Keep the same file once more for ``owner``, tied to ``to``; the caller has checked that it may.

    :raises NoSuchFile: if there is none
    """
    found = Paper.objects.filter(pk=_uuid(id)).select_related("content", "thumbnail").first()
    if found is None:
        raise NoSuchFile
    made = Accepted(
        name=found.name,
        media_type=found.media_type,
        content=bytes(found.content.data),
        width=found.width,
        height=found.height,
        pages=found.pages,
        thumbnail=bytes(found.thumbnail.data) if found.has_thumbnail else None,
    )
    return keep(made, owner=owner, attached_to=to, by=by, at=at)


@one_transaction
def keep(made: Accepted, *, owner: str, attached_to: str, by: Actor, at: datetime) -> KeptFile:
    """Keep a file that was checked, or made by the portal, for ``owner``."""
    paper = Paper.objects.create(
        owner=owner,
        name=made.name,
        media_type=made.media_type,
        size=len(made.content),
        sha256=hashlib.sha256(made.content).hexdigest(),
        width=made.width,
        height=made.height,
        pages=made.pages,
        has_thumbnail=made.thumbnail is not None,
        attached_to=attached_to,
        made_by=by.id,
        at=at,
    )
    Content.objects.create(paper=paper, data=made.content)
    if made.thumbnail is not None:
        Thumbnail.objects.create(paper=paper, data=made.thumbnail)
    kept = FileKept(
        subject=str(paper.pk),
        owner=owner,
        media_type=paper.media_type,
        size=paper.size,
        sha256=paper.sha256,
    )
    announce(kept, by=by, at=at)
    return seen(paper)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NoSuchFile from None


def _note_refusal(refusal: Invalid, content: bytes, name: str, *, by: Actor, at: datetime) -> None:
    digest = hashlib.sha256(content).hexdigest()
    facts = {"reason": refusal.code, "called": name[:200], "size": len(content), "sha256": digest}
    log.warning("files.refused", by=by.id, **facts)
    with transaction.atomic():
        announce(
            UploadRefused(
                subject=by.id,
                reason=refusal.code,
                called=name[:200].replace("\0", ""),
                size=len(content),
                sha256=digest,
            ),
            by=by,
            at=at,
        )
