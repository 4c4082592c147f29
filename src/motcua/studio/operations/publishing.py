"""Four eyes: one proposes what is without faults, another publishes it or sends it back."""

from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from motcua.backbone.http.refusals import StaleVersion
from motcua.backbone.transactions import one_transaction
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid
from motcua.kernel.text import N_
from motcua.packs.operations.publishing import publish as put_in_force
from motcua.packs.queries.folders import read_files
from motcua.packs.queries.linting import Finding, findings_in, said
from motcua.studio.models import Change, Draft
from motcua.studio.operations.drafting import locked, move
from motcua.studio.queries.naming import MAIN
from motcua.studio.rules.dating import dated
from motcua.studio.rules.stages import Act, Stage, after, check_may_publish

DATED = "dated"
"""How the change is called that a publisher makes: from when the pack is valid."""
MOST_NAMED = 20


class NotReady(Invalid):
    code = "studio.not-ready"
    message = N_("This pack has errors. Correct what lint names, then propose it.")


class NothingSaid(Invalid):
    code = "studio.nothing-said"
    message = N_("Say it in a few words: the other administrator reads it.")


class TooEarly(Invalid):
    code = "studio.too-early"
    message = N_("A pack is valid from today at the earliest. Choose today or a later day.")


class NothingNew(Conflict):
    code = "studio.nothing-new"
    message = N_("The version in force says the same already. Change something, or drop the draft.")


@one_transaction
def propose(draft_id: UUID, *, note: str, seen: int, by: Actor, at: datetime) -> None:
    """
    Let others judge a draft that has no errors and whose examples come to what they say.

    :raises NotReady: with each error and its place
    :raises NothingSaid: without a note
    :raises StaleVersion: if somebody changed it since
    """
    draft = locked(draft_id, by=by)
    after(Stage(draft.stage), Act.PROPOSE)
    if seen != draft.changes:
        raise StaleVersion
    _check_ready(draft)
    move(draft, Act.PROPOSE, note=said_in_words(note, "note"), by=by, at=at)


@one_transaction
def send_back(draft_id: UUID, *, reason: str, by: Actor, at: datetime) -> None:
    """
    Let the writers go on with a draft that was proposed.

    :raises NothingSaid: without a reason
    """
    draft = locked(draft_id, by=by)
    after(Stage(draft.stage), Act.SEND_BACK)
    move(draft, Act.SEND_BACK, note=said_in_words(reason, "reason"), by=by, at=at)


@one_transaction
def publish(draft_id: UUID, *, valid_from: date, seen: int, by: Actor, at: datetime) -> str:
    """
    Put a proposed draft in force from a day, today or later; return the version made.

    The one who publishes has written none of it. The day they choose stands in the files.

    :raises OwnWork: if the actor wrote any of it
    :raises TooEarly: if the day is over
    :raises NotReady: if it has errors, such as an end of validity before that day
    :raises NothingNew: if the newest version says the same
    """
    draft = locked(draft_id, by=by)
    after(Stage(draft.stage), Act.PUBLISH)
    check_may_publish(by=by, writers=draft.writers)
    if seen != draft.changes:
        raise StaleVersion
    if valid_from < localdate(at):
        raise TooEarly(problems=[{"at": "from-day", "message": TooEarly.message}])
    _date(draft, valid_from, by=by, at=at)
    _check_ready(draft)
    made = put_in_force(read_files(draft.files), name=draft.code, by=by, at=at)
    if not made.new:
        raise NothingNew(version=made.version)
    draft.published_as, draft.published_by_name = made.version, by.name
    move(draft, Act.PUBLISH, by=by, at=at)
    return made.version


def _date(draft: Draft, day: date, *, by: Actor, at: datetime) -> None:
    """Write the day into the files: the publisher's one change, kept like every other."""
    before = draft.files[MAIN]
    placed = read_files(draft.files).placed[MAIN]
    text = dated(before, placed.spot(("valid_from",)).value, day)
    if text == before:
        return
    draft.changes += 1
    Change.objects.create(
        draft=draft,
        number=draft.changes,
        file=MAIN,
        before=before,
        after=text,
        what=DATED,
        by=by.id,
        by_name=by.name,
        at=at,
    )
    draft.files = {**draft.files, MAIN: text}


def _check_ready(draft: Draft) -> None:
    errors = [each for each in findings_in(read_files(draft.files)) if not each.flaw.warning]
    if errors:
        raise NotReady(problems=[_problem(each) for each in errors[:MOST_NAMED]])


def _problem(finding: Finding) -> dict[str, str]:
    return {"at": finding.where, "message": f"{finding.where}: {said(finding.flaw)}"}


def said_in_words(text: str, at: str) -> str:
    """
    Return what was said, without what stands around it.

    :raises NothingSaid: if that is nothing
    """
    if not text.strip():
        raise NothingSaid(problems=[{"at": at, "message": NothingSaid.message}])
    return text.strip()
