"""Write a pack: its files are changed one by one, every change is kept and can be undone."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from motcua.backbone.http.refusals import StaleVersion
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid, NotFound
from motcua.kernel.text import N_
from motcua.studio.events import DraftBegun, DraftMoved
from motcua.studio.models import Change, Draft
from motcua.studio.queries.naming import named_in
from motcua.studio.rules.stages import Act, Stage, after, check_may_author

MOST_FILES = 100
LARGEST = 1_000_000
"""No file of a pack is larger than this, in characters."""


class NoSuchDraft(NotFound):
    code = "studio.no-such-draft"
    message = N_("There is no such draft of a service pack. See the list of drafts.")


class TooLarge(Invalid):
    code = "studio.too-large"
    message = N_("A pack has {most} files of {largest} characters at most. Shorten {file}.")


class NothingToUndo(Conflict):
    code = "studio.nothing-to-undo"
    message = N_("There is no change to undo.")


@one_transaction
def begin(
    code: str, title: str, files: Mapping[str, str], *, base: str = "", by: Actor, at: datetime
) -> UUID:
    """
    Begin a draft with these files and return its id.

    :raises NotAnAuthor: if the actor is no administrator
    :raises TooLarge: if there are too many files, or one is too large
    """
    check_may_author(by)
    _check_sizes(files)
    draft = Draft.objects.create(
        code=code,
        title=title,
        base=base,
        files=dict(files),
        stage=Stage.WRITING,
        author=by.id,
        author_name=by.name,
        writers=[by.id],
        updated_at=at,
    )
    announce(DraftBegun(subject=str(draft.pk), code=code, base=base), by=by, at=at)
    return draft.pk


@one_transaction
def write(
    draft_id: UUID,
    changed: Mapping[str, str | None],
    *,
    what: str,
    seen: int,
    by: Actor,
    at: datetime,
) -> int:
    """
    Put new texts in place of files (None takes a file away); return the draft's number of changes.

    Files whose text is the same are left alone; nothing changed is no change. Code and title are
    those that the files give.

    :param seen: the number of changes of the draft that the writer had before them
    :raises StaleVersion: if somebody changed it since
    :raises NotThisStage: if it is not being written any more
    """
    draft = locked(draft_id, by=by)
    after(Stage(draft.stage), Act.WRITE)
    if seen != draft.changes:
        raise StaleVersion
    real = {f: text for f, text in changed.items() if draft.files.get(f) != text}
    if not real:
        return draft.changes
    _keep(draft, real, what=what, by=by, at=at)
    draft.save()
    return draft.changes


@one_transaction
def undo(draft_id: UUID, *, seen: int, by: Actor, at: datetime) -> int:
    """
    Take the last change back that was not taken back yet, by a change of its own.

    :raises NothingToUndo: if there is none
    """
    draft = locked(draft_id, by=by)
    after(Stage(draft.stage), Act.WRITE)
    if seen != draft.changes:
        raise StaleVersion
    number = _last_standing(draft)
    if number is None:
        raise NothingToUndo
    back = {change.file: change.before for change in draft.history.filter(number=number)}
    _keep(draft, back, what=f"{UNDO}{number}", by=by, at=at)
    draft.save()
    return draft.changes


UNDO = "undo:"
"""How the words of a change begin that takes another back; its number follows."""


def _last_standing(draft: Draft) -> int | None:
    """Return the newest change that is neither an undoing nor undone."""
    undone: set[int] = set()
    rows = draft.history.order_by("-number").values_list("number", "what").distinct()
    for number, what in rows:
        if what.startswith(UNDO):
            undone.add(int(what.removeprefix(UNDO)))
        elif number not in undone:
            return int(number)
    return None


@one_transaction
def drop(draft_id: UUID, *, by: Actor, at: datetime) -> None:
    """Give a draft up; it stays in the history of its procedure."""
    draft = locked(draft_id, by=by)
    move(draft, Act.DROP, by=by, at=at)


def move(draft: Draft, act: Act, *, note: str = "", by: Actor, at: datetime) -> None:
    """Take a draft to the stage that ``act`` leads to, and say so; the caller holds it locked."""
    draft.stage = after(Stage(draft.stage), act)
    draft.note, draft.noted_by_name = note, by.name if note else ""
    draft.updated_at = at
    draft.save()
    announce(
        DraftMoved(
            subject=str(draft.pk),
            code=draft.code,
            act=act.value,
            stage=draft.stage,
            note=note,
            version=draft.published_as,
        ),
        by=by,
        at=at,
    )


def locked(draft_id: UUID, *, by: Actor) -> Draft:
    """
    Return a draft, held until the transaction ends.

    :raises NotAnAuthor: if the actor is no administrator
    :raises NoSuchDraft: if there is none
    """
    check_may_author(by)
    draft = Draft.objects.visible_to(by).select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise NoSuchDraft(draft=str(draft_id))
    return draft


def _keep(
    draft: Draft, changed: Mapping[str, str | None], *, what: str, by: Actor, at: datetime
) -> None:
    files = {**draft.files, **changed}
    kept = {name: text for name, text in files.items() if text is not None}
    _check_sizes(kept)
    draft.changes += 1
    Change.objects.bulk_create(
        Change(
            draft=draft,
            number=draft.changes,
            file=file,
            before=draft.files.get(file),
            after=text,
            what=what,
            by=by.id,
            by_name=by.name,
            at=at,
        )
        for file, text in changed.items()
    )
    draft.files = kept
    draft.code, draft.title = named_in(kept, otherwise=(draft.code, draft.title))
    draft.updated_at = at
    if by.id not in draft.writers:
        draft.writers = [*draft.writers, by.id]


def _check_sizes(files: Mapping[str, str]) -> None:
    large = next((name for name, text in files.items() if len(text) > LARGEST), None)
    if large or len(files) > MOST_FILES:
        raise TooLarge(file=large or "", most=MOST_FILES, largest=LARGEST)
