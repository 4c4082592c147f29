"""Drafts: what a person types is kept at every step, on any device, until it is filed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime

from motcua.backbone.http.refusals import StaleVersion
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.models import Draft
from motcua.dossiers.operations.filing import TOO_MANY, NoSuchDraft
from motcua.dossiers.operations.room import check_room
from motcua.files.operations.keeping import attach as keep
from motcua.files.operations.keeping import forget
from motcua.forms.queries.forms import files_in
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid, NotFound
from motcua.kernel.text import N_
from motcua.packs.queries.packs import Channel, pack, pack_for
from motcua.registries.operations.consenting import forget_filing


class NotOnline(NotFound):
    code = "dossiers.not-online"
    message = N_("This procedure cannot be filed online here yet. See where to file it in person.")


class AlreadyFiled(Conflict):
    code = "dossiers.already-filed"
    message = N_("This was filed already as {dossier}. You can follow it in your list.")


class NoSuchPaper(Invalid):
    code = "dossiers.no-such-paper"
    message = N_("This procedure does not ask for that paper.")


class TooManyFiles(Invalid):
    code = "dossiers.too-many-files"
    message = TOO_MANY


@one_transaction
def begin_draft(procedure: str, *, by: Actor, at: datetime) -> UUID:
    """
    Start a filing under the pack in force on that day, and return its id.

    :raises NotOnline: if the procedure has no service pack, or is not filed online
    """
    definition = pack_for(procedure, on=localtime(at).date())
    if definition is None or Channel.ONLINE not in definition.channels:
        raise NotOnline(procedure=procedure)
    draft = Draft.objects.create(
        applicant=by.id, procedure=procedure, pack=definition.version, updated_at=at
    )
    return draft.pk


@one_transaction
def carry_over(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """
    Put a draft under the version of its pack that is in force; nothing typed or sent is lost.

    Its owner is told what changed until `changes_seen`. A draft that is up to date stays as it is.

    :raises NoSuchDraft: if the actor has none such
    :raises AlreadyFiled: if it was filed in the meantime
    :raises NotOnline: if the procedure cannot be filed online any more
    """
    draft = locked_draft(draft_id, by=by)
    newest = pack_for(draft.procedure, on=localtime(at).date())
    if newest is None or Channel.ONLINE not in newest.channels:
        raise NotOnline(procedure=draft.procedure)
    if newest.version == draft.pack:
        return
    draft.carried_from = draft.carried_from or draft.pack
    draft.pack = newest.version
    draft.save(update_fields=["pack", "carried_from"])


@one_transaction
def changes_seen(draft_id: UUID, *, by: Actor) -> None:
    """Note that the owner of a draft has seen what changed since it was begun."""
    draft = locked_draft(draft_id, by=by)
    draft.carried_from = ""
    draft.save(update_fields=["carried_from"])


@one_transaction
def save_answers(
    draft_id: UUID,
    answers: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> int:
    """
    Keep answers, right or wrong, beside those kept before; return the draft's new version.

    :raises NoSuchDraft: if the actor has none such
    :raises AlreadyFiled: if it was filed in the meantime
    :raises StaleVersion: if another device changed it since ``seen``
    :raises NoSuchFile: if an answer names a file that is gone, another's or used elsewhere
    :raises TooMuchInAll: if the draft's files would be too much together
    """
    draft = locked_draft(draft_id, by=by)
    if seen is not None and seen != draft.version:
        raise StaleVersion
    had = _answered_files(draft)
    draft.answers = {**draft.answers, **answers}
    has = _answered_files(draft)
    if has - had:
        keep(has - had, to=_hold(draft), by=by)
        check_room({**draft.papers, "": sorted(has)})
    for file in had - has:
        forget(file, by=by, at=at, held_by=_hold(draft))
    return _save(draft, at=at)


@one_transaction
def attach(
    draft_id: UUID, paper: str, file: str, *, by: Actor, at: datetime, instead: str = ""
) -> None:
    """
    Put a kept file under a paper of the draft; one that is there already stays as it is.

    :param instead: a file of that paper whose place it takes, which is forgotten
    :raises NoSuchPaper: if the pack does not know the paper
    :raises TooManyFiles: if the paper has as many as it may have
    :raises TooMuchInAll: if the draft's files would be too much together
    :raises NoSuchFile: if the file is gone, another's or used elsewhere
    """
    draft = locked_draft(draft_id, by=by)
    known = {each.id: each for each in pack(draft.pack).papers}
    if paper not in known:
        raise NoSuchPaper(paper=paper)
    had = draft.papers.get(paper, [])
    if file in had:
        return
    files = [kept for kept in had if kept != instead]
    if len(files) >= known[paper].most_files:
        raise TooManyFiles(most=known[paper].most_files)
    keep([file], to=_hold(draft), by=by)
    draft.papers = {**draft.papers, paper: [*files, file]}
    check_room(draft.papers, adding=file)
    _save(draft, at=at)
    if instead in had:
        forget(instead, by=by, at=at, held_by=_hold(draft))


@one_transaction
def detach(draft_id: UUID, paper: str, file: str, *, by: Actor, at: datetime) -> None:
    """Take a file away from a paper of the draft, and forget it."""
    draft = locked_draft(draft_id, by=by)
    files = draft.papers.get(paper, [])
    if file not in files:
        return
    draft.papers = {**draft.papers, paper: [kept for kept in files if kept != file]}
    _save(draft, at=at)
    forget(file, by=by, at=at, held_by=_hold(draft))


@one_transaction
def discard_draft(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """Throw a draft and its files away."""
    draft = locked_draft(draft_id, by=by)
    for file in {*_answered_files(draft), *(f for files in draft.papers.values() for f in files)}:
        forget(file, by=by, at=at, held_by=_hold(draft))
    forget_filing(str(draft.pk), by=by, at=at)
    draft.delete()


def locked_draft(draft_id: UUID, *, by: Actor) -> Draft:
    """
    Return the actor's draft, held until the transaction ends.

    :raises NoSuchDraft: if there is none
    :raises AlreadyFiled: if it was filed
    """
    draft = Draft.objects.visible_to(by).select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise NoSuchDraft(draft=str(draft_id))
    if draft.filed_as:
        raise AlreadyFiled(dossier=draft.filed_as)
    return draft


def _answered_files(draft: Draft) -> set[str]:
    """Return the files that the answers of a draft hold."""
    answered = files_in(pack(draft.pack).form, draft.answers)
    return {file for files in answered.values() for file in files}


def _hold(draft: Draft) -> str:
    """Return what holds the draft's files; filing takes them over from it."""
    return f"draft:{draft.pk}"


def _save(draft: Draft, *, at: datetime) -> int:
    draft.version += 1
    draft.updated_at = at
    draft.save(update_fields=["answers", "papers", "version", "updated_at"])
    return draft.version
