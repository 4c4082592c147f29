"""Doing one thing to many dossiers: asked for once, done one by one, each in a transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import Error as DatabaseTrouble
from django.db import transaction

from motcua.backbone.http.refusals import OurFault
from motcua.backbone.jobs import jobs
from motcua.backbone.journal import announce
from motcua.backbone.transactions import one_transaction
from motcua.dossiers.events import BulkBegun
from motcua.dossiers.models import Bulk, BulkItem, Dossier
from motcua.dossiers.operations.holding import assign, check_somebody_there, forward_to
from motcua.dossiers.operations.steps import take_step
from motcua.dossiers.rules.access import WORKERS, NotYourStep
from motcua.dossiers.rules.bulk import MOST, STEP_OF, UNDOABLE, What
from motcua.dossiers.rules.left_out import LeftOut, Why, kept, problems_of
from motcua.identity.queries.acting import acting_as
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Conflict, Invalid, NotFound, Refusal
from motcua.kernel.text import N_

log = structlog.get_logger("motcua.dossiers")


class NothingChosen(Invalid):
    code = "dossiers.nothing-chosen"
    message = N_("Choose the dossiers first, then say what to do with them.")


class TooManyChosen(Invalid):
    code = "dossiers.too-many-chosen"
    message = N_("Choose at most {most} dossiers at a time; do the others after these.")


class NobodyNamed(Invalid):
    code = "dossiers.nobody-named"
    message = N_("Say which colleague is to have the dossiers.")


class NoSuchRun(NotFound):
    code = "dossiers.no-such-run"
    message = N_("There is no such run of yours. Look through those you started.")


class NotUndoable(Conflict):
    code = "dossiers.not-undoable"
    message = N_("This run cannot be undone, or it was undone already.")


class StillAtWork(Conflict):
    code = "dossiers.run-still-at-work"
    message = N_("This run is still at work. Wait until it has finished, then take it back.")


class TakenBack(Conflict):
    code = "dossiers.run-taken-back"
    message = N_("This run was taken back. Begin a new one with the dossiers you still want in it.")


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What to do with which dossiers.

    ``holders`` says who is to have each; a run that gives dossiers to colleagues names all.
    """

    what: What
    codes: Sequence[str]
    holders: Mapping[str, str] = field(default_factory=dict)


def check_may_run(by: Actor) -> None:
    """
    Check that the actor works on dossiers, whichever those of a run may be.

    :raises NotYourStep: if their post does not
    """
    if by.agency is None or not by.serves(by.agency, *WORKERS):
        raise NotYourStep(step="bulk")


@one_transaction
def begin_bulk(asked: Asked, key: UUID, *, by: Actor, at: datetime) -> int:
    """
    Note what is to be done, let a job do it, and return the run's number.

    Asked again with the same ``key``, the run that there is already is returned. What is
    no dossier of the actor's agency is left out, and the run names it.

    :raises NotYourStep: if the actor's post does not work on dossiers
    :raises NothingChosen: if there is no dossier to do it to
    :raises TooManyChosen: if there are more than a run takes
    :raises NobodyNamed: if dossiers are to be given to nobody
    :raises NobodyInTheirPlace: if somebody named is away and nobody stands in for them
    """
    check_may_run(by)
    known = Bulk.objects.filter(key=key, by=by.id).values_list("pk", flat=True).first()
    if known is not None:
        return known
    codes = list(dict.fromkeys(asked.codes))
    if len(codes) > MOST:
        raise TooManyChosen(most=MOST)
    if asked.what is What.ASSIGN and any(not asked.holders.get(code) for code in codes):
        raise NobodyNamed(problems=[{"at": "nguoi", "message": NobodyNamed.message}])
    if named := {holder for holder in asked.holders.values() if holder}:
        check_somebody_there(by.agency or "", named, by=by, at=at)
    found = _ids(codes, by=by)
    left = [LeftOut(code, Why.UNKNOWN) for code in codes if code not in found]
    if not found:
        raise NothingChosen(problems=problems_of(left))
    items = [(found[code], asked.holders.get(code, "")) for code in codes if code in found]
    return _begin(asked.what, key, items, by=by, at=at, left=left)


@one_transaction
def undo_bulk(run: int, key: UUID, *, by: Actor, at: datetime) -> int:
    """
    Give the dossiers of a run back to who had them, as a run of its own; return its number.

    :raises NotYourStep: if the actor's post does not work on dossiers any more
    :raises NoSuchRun: if it is not the actor's
    :raises NotUndoable: if it did something else, was undone already, or gave nothing yet
    :raises StillAtWork: if some of its dossiers are still to be given
    """
    check_may_run(by)
    bulk = _mine(run, by=by)
    again = Bulk.objects.filter(undoes=bulk).values_list("pk", "key").first()
    if again is not None and again[1] == key:
        return again[0]
    done = bulk.items.filter(state="done").order_by("pk").values_list("dossier", "before")
    if again is not None or What(bulk.what) not in UNDOABLE or not done:
        raise NotUndoable
    if bulk.items.filter(state="waiting").exists():
        raise StillAtWork
    return _begin(What.ASSIGN, key, list(done), by=by, at=at, undoes=bulk)


@one_transaction
def retry_bulk(run: int, *, by: Actor) -> int:
    """
    Try once more what was refused in a run; return how many dossiers that are.

    :raises NotYourStep: if the actor's post does not work on dossiers any more
    :raises NoSuchRun: if it is not the actor's
    :raises TakenBack: if it was undone
    """
    check_may_run(by)
    bulk = _mine(run, by=by)
    if Bulk.objects.filter(undoes=bulk).exists():
        raise TakenBack
    again = bulk.items.filter(state="refused").update(state="waiting", why=None, at=None)
    if again:
        jobs.configure_task("dossiers.bulk").defer(run=run)
    return again


@one_transaction
def do_next(run: int, *, at: datetime) -> bool:
    """
    Do the next dossier of a run, in the name of who asked and with the posts they hold now.

    Each is done once, however many workers come by and whenever one dies: what was done and that
    it was done are written together.

    :return: whether there was one to do
    """
    waiting = BulkItem.objects.filter(bulk=run, state="waiting").select_related("bulk", "dossier")
    item = waiting.select_for_update(skip_locked=True, of=("self",)).order_by("pk").first()
    if item is None:
        return False
    bulk = item.bulk
    by = acting_as(bulk.by, bulk.by_name, agency=bulk.agency, at=at)
    try:
        with transaction.atomic():
            _do(item, by=by, at=at)
    except Refusal as refusal:
        item.state, item.why = "refused", _told(refusal)
    except DatabaseTrouble:
        raise
    except Exception:
        log.exception("bulk.fault", run=run, dossier=item.dossier.code)
        item.state, item.why = "refused", _told(OurFault())
    else:
        item.state, item.why = "done", None
    item.at = at
    item.save(update_fields=["state", "why", "before", "at"])
    return True


def _do(item: BulkItem, *, by: Actor, at: datetime) -> None:
    what, code = What(item.bulk.what), item.dossier.code
    if what is What.ASSIGN:
        item.before = assign(code, item.holder, by=by, at=at, was=_given_then(item))
    elif what is What.FORWARD:
        forward_to(code, item.holder, by=by, at=at)
    else:
        take_step(code, STEP_OF[what], by=by, at=at)


def _given_then(item: BulkItem) -> str | None:
    """Return who got the dossier by the run that is taken back: it is taken from nobody else."""
    if item.bulk.undoes_id is None:
        return None
    return BulkItem.objects.get(bulk=item.bulk.undoes_id, dossier=item.dossier_id).holder


def _begin(
    what: What,
    key: UUID,
    items: Sequence[tuple[int, str]],
    *,
    by: Actor,
    at: datetime,
    undoes: Bulk | None = None,
    left: Sequence[LeftOut] = (),
) -> int:
    bulk = Bulk.objects.create(
        key=key,
        agency=by.agency or "",
        what=what,
        by=by.id,
        by_name=by.name,
        undoes=undoes,
        left_out=kept(left),
        at=at,
    )
    BulkItem.objects.bulk_create(
        BulkItem(bulk=bulk, dossier_id=dossier, holder=holder) for dossier, holder in items
    )
    begun = BulkBegun(
        subject=str(bulk.pk), what=what.value, agency=bulk.agency, dossiers=len(items)
    )
    announce(begun, by=by, at=at)
    jobs.configure_task("dossiers.bulk").defer(run=bulk.pk)
    return bulk.pk


def _ids(codes: Sequence[str], *, by: Actor) -> dict[str, int]:
    if by.agency is None:
        return {}
    found = Dossier.objects.filter(agency=by.agency, code__in=codes)
    return dict(found.values_list("code", "pk"))


def _mine(run: int, *, by: Actor) -> Bulk:
    mine = Bulk.objects.filter(pk=run, by=by.id, agency=by.agency or "")
    bulk = mine.select_for_update().first()
    if bulk is None:
        raise NoSuchRun
    return bulk


def _told(refusal: Refusal) -> dict[str, Any]:
    facts = {name: str(fact) for name, fact in refusal.facts.items() if not isinstance(fact, list)}
    return {"message": refusal.message, "facts": facts}
